from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Column(TextChoices):
    """What a column of a list holds."""

    NAME = "name", _("whole name")
    GIVEN_NAME = "given_name", _("given name")
    FAMILY_NAME = "family_name", _("family name")
    NUMBER = "number", _("identity number")
    BIRTH_DATE = "birth_date", _("birth date")
    PHONE = "phone", _("phone")
    EMAIL = "email", _("e-mail")
    LANGUAGE = "first_language", _("first language")
    INTERPRETER = "interpreter_language", _("interpreter in")
    DISTRICT = "district", _("district")
    SOURCE = "source", _("referred by")
    GROUND = "ground", _("ground of the referral")
    STREET = "street", _("street address")
    POSTCODE = "postcode", _("postcode")
    CITY = "city", _("post town")
    SCHOOL = "school", _("school")
    LEFT_ON = "school_left_on", _("left the school on")
    GUARDIAN = "guardian", _("guardian and phone")


# What a list for the outreach register may hold, and a list of persons of a centre.
OF_YOUNG = (
    *(Column.NAME, Column.GIVEN_NAME, Column.FAMILY_NAME, Column.NUMBER, Column.PHONE),
    *(Column.EMAIL, Column.STREET, Column.POSTCODE, Column.CITY),
    *(Column.SCHOOL, Column.LEFT_ON, Column.GUARDIAN),
)
OF_PERSONS = (
    *(Column.NAME, Column.GIVEN_NAME, Column.FAMILY_NAME, Column.NUMBER, Column.BIRTH_DATE),
    *(Column.PHONE, Column.EMAIL, Column.LANGUAGE, Column.INTERPRETER, Column.DISTRICT),
    *(Column.SOURCE, Column.GROUND),
)


class ImportState(TextChoices):
    """How far a list has come. What is written in a row's values stays until the list is done."""

    READ = "read", _("the columns are to be matched")
    CHECKED = "checked", _("checked, nothing is registered yet")
    QUEUED = "queued", _("waits for its turn")
    RUNNING = "running", _("is being registered")
    DONE = "done", _("done")
    DROPPED = "dropped", _("thrown away")


class Verdict(TextChoices):
    """What the check said of a row."""

    NEW = "new", _("new person")
    KNOWN = "known", _("already registered")
    ENTERS = "enters", _("new in the outreach register")
    POSSIBLE = "possible", _("may be registered already")
    WRONG = "wrong", _("something is wrong")


class RowState(TextChoices):
    """What has become of a row."""

    WAITING = "waiting", _("waits")
    DONE = "done", _("registered")
    LEFT_OUT = "left_out", _("left out")
    FAILED = "failed", _("not registered")


class Choice(TextChoices):
    """What the user said of a row that may be of somebody known."""

    UNSAID = "", _("not answered")
    SAME = "same", _("the same person")
    SEPARATE = "separate", _("somebody else")
    SKIP = "skip", _("leave the row out")
