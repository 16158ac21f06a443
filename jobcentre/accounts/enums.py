from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    MUNICIPALITY = "municipality", _("municipality")
    COMMITTEE = "committee", _("committee")
    JOB_CENTRE = "job_centre", _("job centre")
    DISTRICT = "district", _("district")
    INCOME_SUPPORT = "income_support", _("income-support unit")
    PROVIDER = "provider", _("provider")
    YOUTH = "youth", _("youth unit")


class Role(TextChoices):
    """The roles of those who work in the system; a right is a role and a relation to the case."""

    RECEPTION = "reception", _("Reception")
    COACH = "coach", _("Coach")
    STUDY_COUNSELLOR = "study_counsellor", _("Study counsellor")
    SOCIAL_SECRETARY = "social_secretary", _("Social secretary")
    PROVIDER_STAFF = "provider_staff", _("Provider staff")
    BUSINESS_COORDINATOR = "business_coordinator", _("Business coordinator")
    YOUTH_COORDINATOR = "youth_coordinator", _("Youth coordinator")
    MANAGER = "manager", _("Manager")
    ADMINISTRATOR = "administrator", _("Administrator")


# The kinds of unit in which a membership of the role means something.
UNITS_OF_ROLE = {
    Role.RECEPTION: (UnitKind.JOB_CENTRE,),
    Role.COACH: (UnitKind.JOB_CENTRE,),
    Role.STUDY_COUNSELLOR: (UnitKind.JOB_CENTRE, UnitKind.MUNICIPALITY, UnitKind.COMMITTEE),
    Role.SOCIAL_SECRETARY: (UnitKind.INCOME_SUPPORT,),
    Role.PROVIDER_STAFF: (UnitKind.PROVIDER,),
    Role.BUSINESS_COORDINATOR: (UnitKind.JOB_CENTRE, UnitKind.MUNICIPALITY, UnitKind.COMMITTEE),
    Role.YOUTH_COORDINATOR: (UnitKind.YOUTH,),
    Role.MANAGER: (UnitKind.JOB_CENTRE, UnitKind.MUNICIPALITY, UnitKind.COMMITTEE),
    Role.ADMINISTRATOR: (UnitKind.MUNICIPALITY,),
}


class Theme(TextChoices):
    AUTO = "auto", _("As the computer")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Language(TextChoices):
    SWEDISH = "sv", "Svenska"
    ENGLISH = "en", "English"
