"""What is put into a pattern is escaped exactly as Django does it."""

import pytest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from jobcentre.accounts.enums import Role
from jobcentre.ui.filling import fill, fill_each

VALUES = [
    "Åsa",
    "<script>alert('1')</script>",
    '" onclick="x',
    "a & b &amp; c",
    SafeString("<b>fet</b>"),
    gettext_lazy("coach"),
    Role.COACH,
    None,
    12.5,
    "",
]


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_a_value_is_what_django_makes_of_it(value):
    ours, django = fill('<a title="{}">{x}</a>', value, x=value), None
    django = format_html('<a title="{}">{x}</a>', value, x=value)
    assert ours == django
    assert hasattr(ours, "__html__")


def test_rows_follow_each_other():
    rows = [(value, "<") for value in VALUES]
    assert fill_each("<li>{}{}</li>", rows) == format_html_join("", "<li>{}{}</li>", rows)
