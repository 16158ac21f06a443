"""Reports as they were sent, contacts of a method, future plans and changes of a course budget are
written once: nobody changes or removes such a row."""

from django.db import migrations

from jobcentre.audit.append_only import append_only

TABLES = (
    *("providerreport", "reportedgoal", "reportreturn"),
    *("methodcontact", "futureplan", "coursebudgetchange"),
)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial"), ("audit", "0002_append_only")]
    operations = [append_only(f"referrals_{table}") for table in TABLES]
