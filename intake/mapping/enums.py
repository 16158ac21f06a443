from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StatementSource(TextChoices):
    """Whose words an area of the mapping holds."""

    PERSON = "person", _("the person")
    COACH = "coach", _("the coach")


class PartyKind(TextChoices):
    """Another party who takes part in the mapping."""

    GUIDANCE = "guidance", _("study and vocational guidance")
    AF = "af", _("public employment service (AF)")
    FK = "fk", _("Social Insurance Agency (FK)")
    HEALTH = "health", _("health care")
    SOCIAL = "social", _("social services")
    SCHOOL = "school", _("school or SFI")
    EMPLOYER = "employer", _("earlier employer")
    OTHER = "other", _("somebody else")


class FactKind(TextChoices):
    """What one fact of the person's work and schooling is about."""

    WANTED = "occupation_wanted", _("occupation wanted")
    HELD = "occupation_held", _("occupation held")
    EDUCATION = "education", _("education")
    LANGUAGE = "language", _("language")
    SFI = "sfi", _("SFI")
    LICENCE = "licence", _("licence or certificate")


OCCUPATIONS = (FactKind.WANTED, FactKind.HELD)


class EducationLevel(TextChoices):
    """Levels in the order of the Swedish system, coarser than SUN."""

    NONE = "none", _("no schooling")
    PRIMARY_SHORT = "primary_short", _("compulsory school, less than nine years")
    PRIMARY = "primary", _("compulsory school, nine years")
    UPPER = "upper", _("upper-secondary school")
    VOCATIONAL = "vocational", _("vocational education after school")
    HIGHER_SHORT = "higher_short", _("university, less than three years")
    HIGHER = "higher", _("university, three years or more")


class LanguageLevel(TextChoices):
    """The levels of the Council of Europe, and the mother tongue."""

    A1 = "a1", _("A1, single words and phrases")
    A2 = "a2", _("A2, simple everyday matters")
    B1 = "b1", _("B1, manages at work")
    B2 = "b2", _("B2, fluent in most matters")
    C1 = "c1", _("C1, advanced")
    C2 = "c2", _("C2, like a native")
    NATIVE = "native", _("mother tongue")


class SfiCourse(TextChoices):
    """Courses of Swedish for immigrants."""

    NONE = "none", _("does not study SFI")
    A = "a", _("course A")
    B = "b", _("course B")
    C = "c", _("course C")
    D = "d", _("course D")
    PASSED = "passed", _("course D passed")


class LicenceClass(TextChoices):
    AM = "am", _("driving licence AM (moped)")
    A = "a", _("driving licence A (motorcycle)")
    B = "b", _("driving licence B (car)")
    BE = "be", _("driving licence BE (car and trailer)")
    C = "c", _("driving licence C (lorry)")
    CE = "ce", _("driving licence CE (lorry and trailer)")
    D = "d", _("driving licence D (bus)")
    YKB = "ykb", _("professional driver's competence (YKB)")
    TAXI = "taxi", _("taxi driver's licence")
    FORKLIFT = "forklift", _("forklift")
    ADR = "adr", _("dangerous goods (ADR)")
    HOT_WORK = "hot_work", _("hot work")
    LIFT = "lift", _("mobile lifting platform")
    GUARD = "guard", _("security guard")
    OTHER = "other", _("another")


class Rater(TextChoices):
    """Who rates the steps of progression."""

    PERSON = "person", _("the person")
    COACH = "coach", _("the coach")
