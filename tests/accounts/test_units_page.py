"""The administrator's list of units: the tree, siblings by name as Swedish has them."""

from django.urls import reverse

from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Unit


def test_siblings_stand_by_name_below_the_unit_they_are_part_of(town, log_in):
    root = Unit.objects.get(parent=None)
    Unit.objects.exclude(pk=root.pk).update(is_active=False)
    made = {}
    for name, parent in (
        ("Östra", root), ("Ängen", root), ("Ånäs", root), ("Bergsjön", root), ("alby", root),
        ("Ö-disken", "Ånäs"), ("A-disken", "Ånäs"), ("Zornhallen", "alby"), ("Stängd", "alby"),
    ):  # fmt: skip
        above = made.get(parent, parent)
        made[name] = Unit.objects.create(name=name, kind=UnitKind.JOB_CENTRE, parent=above)
    Unit.objects.filter(name="Stängd").update(is_active=False)
    page = log_in(town.user(Role.ADMINISTRATOR)).get(reverse("accounts:units"))
    names = [row["unit"].name for row in page.context["rows"]]
    assert names == [
        root.name, "alby", "Zornhallen", "Bergsjön", "Ånäs", "A-disken", "Ö-disken", "Ängen",
        "Östra",
    ]  # fmt: skip
