from datetime import date

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import UNITS_OF_ROLE, Language, Role, Theme, UnitKind


class UserManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username):
        return self.get(email=str(username).strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """One human who works in the system: one person, one account, never shared.

    Created by an administrator, ended by `is_active = False`, never deleted (the audit points
    here). Rights come only from memberships that are valid today.
    """

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.SWEDISH
    )
    theme = models.CharField(_("theme"), max_length=5, choices=Theme.choices, default=Theme.AUTO)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the code lists"), default=False)
    date_joined = models.DateTimeField(_("created"), default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    # The membership the user acts in during this request; set by ActingMiddleware or `act_as`.
    acting: "Membership | None" = None

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(email=""),
                name="user_has_an_email",
                violation_error_message=_("Enter an e-mail address."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        self.email = self.email.lower()

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split(" ")[0]


class UnitQuerySet(models.QuerySet):
    def within(self, unit: "Unit"):
        """The unit itself and every unit below it."""
        return self.filter(path__startswith=unit.path)

    def active(self):
        return self.filter(is_active=True)


class Unit(models.Model):
    """A part of the organisation, or an outside provider, placed in one tree per municipality.

    Created by an administrator; ended by `is_active = False`. `path` holds the ids from the root
    to the unit ("1.4.17.") so that everything below a unit is one prefix.
    """

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    income_support_unit = models.ForeignKey(
        "self",
        verbose_name=_("income-support unit of the district"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="districts",
        limit_choices_to={"kind": UnitKind.INCOME_SUPPORT},
    )
    path = models.CharField(max_length=200, editable=False, db_index=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("visiting address"), max_length=200, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    is_active = models.BooleanField(_("active"), default=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=UnitKind.values),
                name="unit_kind_is_known",
                violation_error_message=_("Choose a kind of unit."),
            ),
            models.CheckConstraint(
                condition=Q(kind=UnitKind.MUNICIPALITY) | Q(parent__isnull=False),
                name="unit_below_a_municipality",
                violation_error_message=_("Every unit but the municipality is part of another."),
            ),
            models.CheckConstraint(
                condition=Q(kind=UnitKind.DISTRICT) | Q(income_support_unit__isnull=True),
                name="unit_income_support_is_of_districts",
                violation_error_message=_("Only a district has an income-support unit."),
            ),
            models.UniqueConstraint(
                fields=["parent", "kind", "name"],
                name="unit_name_once_below_parent",
                violation_error_message=_("There is already a unit with that name."),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent else ''}{self.pk}."
        if path != self.path:
            old, self.path = self.path, path
            Unit.objects.filter(pk=self.pk).update(path=path)
            if old:
                for child in self.children.all():
                    child.save()

    def clean(self):
        super().clean()
        if self.parent and self.pk and self.parent.path.startswith(self.path):
            raise ValidationError({"parent": _("A unit cannot be part of itself.")})
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Write both coordinates, or neither.")})


class MembershipQuerySet(models.QuerySet):
    def valid_on(self, day: date):
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
            valid_from__lte=day,
            unit__is_active=True,
            user__is_active=True,
        )


class Membership(models.Model):
    """A role that a user has in a unit during a period.

    Half-open: valid from `valid_from` and no longer on `valid_to`. Granted and ended by an
    administrator; effective at the next request.
    """

    user = models.ForeignKey(
        User, verbose_name=_("user"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="memberships"
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("no longer valid on"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user__name", "role", "id"]
        indexes = [models.Index(fields=["unit", "role"], name="membership_unit_role")]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="membership_role_is_known",
                violation_error_message=_("Choose a role."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("The last day must be after the first."),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                condition=Q(valid_to__isnull=True),
                name="membership_once_at_a_time",
                violation_error_message=_("The user already has this role in the unit."),
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.unit}"

    def clean(self):
        super().clean()
        if self.role and self.unit_id and self.unit.kind not in UNITS_OF_ROLE[Role(self.role)]:
            raise ValidationError({"unit": _("That role cannot be held in a unit of this kind.")})


class SavedView(models.Model):
    """The filters of a list that a user has given a name; at most twelve for each list.

    Saved and removed by the user. `page` is the name of the list's URL, `query` its filters.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=300, blank=True)
    is_default = models.BooleanField(_("opens first"), default=False)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "page", "name"],
                name="saved_view_once_per_name",
                violation_error_message=_("You already have a view with that name."),
            ),
            models.UniqueConstraint(
                fields=["user", "page"],
                condition=Q(is_default=True),
                name="saved_view_one_opens_first",
                violation_error_message=_("Another view already opens first."),
            ),
        ]

    def __str__(self):
        return self.name
