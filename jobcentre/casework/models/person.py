import uuid
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobcentre import text
from jobcentre.accounts.models import Unit
from jobcentre.casework import likeness, sounds
from jobcentre.casework.access import queries
from jobcentre.casework.enums import NumberKind, Protection, Sex
from jobcentre.casework.identity import full_years, mask
from jobcentre.replay import moment_now


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        return queries.visible_persons(self, user)

    def matching(self, query: str):
        """Persons whose name, number or phone contains every term of `query`."""
        found = self
        for term in text.terms(query):
            found = found.filter(search_text__contains=term)
        return found

    def resolve(self, ref):
        """The person with this reference; of a merged one, the person who was kept. None: nobody."""
        person = self.filter(ref=ref).first()
        while person is not None and person.merged_into_id is not None:
            person = self.model._base_manager.get(pk=person.merged_into_id)
        return person

    def bulk_create(self, objs, *, numbers: Mapping[uuid.UUID, str] | None = None, **kwargs):
        """As Django's, with the derived columns; `numbers` are those that the persons, by their
        `ref`, are given next."""
        for person in objs:
            number = (numbers or {}).get(person.ref)
            person.fill_derived([number] if number else [])
        return super().bulk_create(objs, **kwargs)


class Person(models.Model):
    """A human who has been to a job centre or is referred to one.

    Registered at the front desk or by a referral in; outlives its cases; removed only by the
    records plan. `ref` is the only reference that leaves the system (addresses, audit).
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    given_name = models.CharField(_("given name"), max_length=200)
    family_name = models.CharField(_("family name"), max_length=200, blank=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    street = models.CharField(_("street address"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("post town"), max_length=100, blank=True)
    first_language = models.CharField(_("first language"), max_length=60, blank=True)
    other_languages = models.CharField(_("other languages"), max_length=200, blank=True)
    interpreter_language = models.CharField(_("interpreter in"), max_length=60, blank=True)
    protection = models.CharField(
        _("protection"), max_length=15, choices=Protection.choices, default=Protection.NONE
    )
    registered_unit = models.ForeignKey(
        Unit, verbose_name=_("registered at"), on_delete=models.PROTECT, related_name="+"
    )
    # Set on a second registration of the same human, which is never shown again.
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged with"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
    )
    # Derived on save and in bulk paths; the same on both databases.
    search_text = models.CharField(max_length=text.MAX_SEARCHED, editable=False)
    sort_key = models.CharField(max_length=400, editable=False)
    sound_key = models.CharField(max_length=sounds.MAX_KEY, default="", editable=False)
    phone_key = models.CharField(max_length=20, default="", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=moment_now)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["sort_key", "id"]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="person_sort"),
            models.Index(fields=["sound_key"], name="person_sound"),
            models.Index(fields=["phone_key"], name="person_phone"),
            models.Index(fields=["birth_date"], name="person_birth"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="person_is_not_merged_with_itself",
                violation_error_message=_("A merge is of two different registrations."),
            ),
            models.CheckConstraint(
                condition=~Q(given_name=""),
                name="person_has_a_name",
                violation_error_message=_("Enter the person's name."),
            ),
            models.CheckConstraint(
                condition=Q(protection__in=Protection.values),
                name="person_protection_is_known",
                violation_error_message=_("Choose a level of protection."),
            ),
            models.CheckConstraint(
                condition=Q(protection=Protection.NONE) | Q(street="", postcode="", city=""),
                name="person_protected_has_no_address",
                violation_error_message=_("No address is kept for a protected person."),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.fill_derived()
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_protected(self) -> bool:
        return self.protection != Protection.NONE

    @property
    def needs_interpreter(self) -> bool:
        return bool(self.interpreter_language)

    def age_on(self, day) -> int | None:
        """Full years on `day`, or None when the birth date is not known."""
        return None if self.birth_date is None else full_years(self.birth_date, day)

    @property
    def latest_corrections(self):
        """What was put right while there was no case, the latest twenty, with who did it."""
        return self.corrections.select_related("corrected_by")[:20]

    def fill_derived(self, coming: Iterable[str] = ()) -> None:
        """Set the search and sort columns from the names, the phone and every number the person
        has or has had: an old letter or file still finds who it is about. `coming` are numbers of
        one who is not saved yet."""
        numbers = self.numbers.values_list("number", flat=True) if self.pk else coming
        self.search_text = text.bounded(
            text.search_text(
                self.given_name, self.family_name, *numbers, text.phone_digits(self.phone)
            )
        )
        self.sound_key = sounds.sound_key(self.given_name, self.family_name)
        self.phone_key = likeness.phone_key(self.phone)
        self.sort_key = text.sort_key(f"{self.family_name or self.given_name} {self.given_name}")


class IdentityNumber(models.Model):
    """A number that the person has or has had; one is current.

    A reserve number may become a coordination number and later a personal number.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="numbers")
    number = models.CharField(_("identity number"), max_length=12)
    kind = models.CharField(_("kind"), max_length=20, choices=NumberKind.choices)
    is_current = models.BooleanField(_("current"), default=True)
    added_at = models.DateTimeField(default=moment_now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("identity number")
        verbose_name_plural = _("identity numbers")
        ordering = ["-is_current", "-id"]
        # The unique one is of current numbers; former ones are looked for too.
        indexes = [models.Index(fields=["number"], name="number_ever")]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(is_current=True),
                name="number_is_current_for_one_person",
                violation_error_message=_("Another person already has this number."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_current=True),
                name="person_has_one_current_number",
                violation_error_message=_("The person already has a current number."),
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{8}[0-9T][0-9]{3}$"),
                name="number_has_twelve_characters",
                violation_error_message=_("An identity number is stored with 12 characters."),
            ),
        ]

    def __str__(self):
        return self.masked

    @property
    def masked(self) -> str:
        """Six digits of the birth time; the last four are hidden."""
        return mask(self.number)

    @property
    def formatted(self) -> str:
        return f"{self.number[:8]}-{self.number[8:]}"


def details_in_words(names: list[str] | str) -> str:
    """The labels of fields of a person, in the reader's language; words are left as they are."""
    if isinstance(names, str):
        return names
    return ", ".join(str(Person._meta.get_field(name).verbose_name) for name in names)


class PersonCorrection(models.Model):
    """Details put right of a person who had no case to tell it in: which, by whom, when; never what
    stood there. Written by the correction, never changed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="corrections")
    fields = models.JSONField(_("details"))
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    corrected_at = models.DateTimeField(default=moment_now)

    class Meta:
        verbose_name = _("correction of a person")
        verbose_name_plural = _("corrections of persons")
        ordering = ["-corrected_at", "-id"]

    @property
    def labels(self) -> str:
        """What was put right, in the reader's language."""
        return details_in_words(self.fields)


class CircleMember(models.Model):
    """One of the few named users who may see a protected person, whatever their role."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="circle")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of the circle")
        verbose_name_plural = _("members of the circle")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "user"],
                condition=Q(ends_before__isnull=True),
                name="circle_member_once",
                violation_error_message=_("The user is already in the circle."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="circle_ends_after_it_starts",
                violation_error_message=_("The last day must be after the first."),
            ),
        ]


class ConflictOfInterest(models.Model):
    """A declared relation between a user and a person (own, household, other): hides the case."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conflicts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_on = models.DateField(_("declared"))

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "user"],
                name="conflict_once",
                violation_error_message=_("The conflict of interest is already declared."),
            )
        ]
