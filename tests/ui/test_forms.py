"""The markup of forms: what is read out, what a link of the error summary goes to."""

from datetime import date, time
from html.parser import HTMLParser

import pytest
from django import forms
from django.forms import formset_factory
from django.forms.renderers import TemplatesSetting
from django.template import Context, Template

from jobcentre.ui.renderers import PlainFirst
from jobcentre.ui.samples import SampleForm


class Elements(HTMLParser):
    def __init__(self, html: str):
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def ids(self) -> list[str]:
        return [attrs["id"] for _tag, attrs in self.found if "id" in attrs]

    def with_name(self, name: str) -> list[dict]:
        return [attrs for _tag, attrs in self.found if attrs.get("name") == name]


def rendered(source: str, **context) -> str:
    return Template("{% load crispy_forms_tags %}" + source).render(Context(context))


def wrong() -> SampleForm:
    return SampleForm({"name": "", "starts_on": "37/12", "hours": "50", "track": "direct"})


def test_each_link_of_the_summary_goes_to_a_field():
    page = Elements(rendered("{{ form|crispy }}", form=wrong()))
    links = [attrs["href"][1:] for tag, attrs in page.found if tag == "a"]
    assert len(links) == 5
    assert set(links) <= set(page.ids())
    assert len(page.ids()) == len(set(page.ids()))


def test_a_wrong_field_points_at_its_hint_and_its_error():
    page = Elements(rendered("{{ form|crispy }}", form=wrong()))
    (name,) = page.with_name("name")
    assert name["aria-invalid"] == "true"
    assert name["aria-describedby"].split() == ["id_name_helptext", "id_name_error"]
    assert set(name["aria-describedby"].split()) <= set(page.ids())


def test_a_group_is_a_fieldset_that_points_at_its_error():
    page = Elements(rendered("{{ form|crispy }}", form=wrong()))
    groups = [attrs for tag, attrs in page.found if tag == "fieldset"]
    described = [attrs.get("aria-describedby", "") for attrs in groups]
    assert "id_contact_helptext id_contact_error" in described
    assert sum(tag == "legend" for tag, _attrs in page.found) == len(groups) == 2


def test_what_is_optional_is_marked_and_what_is_required_is_not():
    html = rendered("{{ form.note|as_crispy_field }}", form=SampleForm())
    assert "ei-optional" in html
    html = rendered("{{ form.name|as_crispy_field }}", form=SampleForm())
    assert "ei-optional" not in html
    assert "asterisk" not in html


def test_the_hint_stands_before_the_field_and_autocomplete_is_kept():
    html = rendered("{{ form.name|as_crispy_field }}", form=SampleForm())
    assert html.index("id_name_helptext") < html.index("<input")
    assert 'autocomplete="off"' in html


def test_a_summary_on_top_is_not_said_twice():
    html = rendered("{% error_summary form %}{{ form|crispy }}", form=wrong())
    assert html.count('id="error-summary"') == 1


def test_a_summary_without_errors_is_nothing():
    assert rendered("{% error_summary form %}", form=SampleForm()).strip() == ""


def test_the_errors_of_a_formset_are_in_the_summary():
    formset = formset_factory(SampleForm, extra=0)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-track": "direct"}
    )
    html = rendered("{% error_summary formset %}", formset=formset)
    assert 'href="#id_form-0-name"' in html


def test_what_a_user_wrote_is_escaped_in_the_summary():
    form = SampleForm({"name": "a", "track": "<img src=x>"})
    html = rendered("{{ form|crispy }}", form=form)
    assert "<img" not in html


@pytest.mark.parametrize(
    "data", [None, {}, {"name": '"><b>', "note": "</textarea>", "hours": "50"}]
)
def test_widgets_drawn_without_a_template_are_as_djangos(data):
    form = SampleForm(data)
    drawn = [str(field) for field in form]
    form.renderer = TemplatesSetting()
    assert drawn == [str(field) for field in form]
    assert any("<textarea" in each for each in drawn)
    assert any("<option" in each for each in drawn)


def test_a_list_with_groups_is_drawn_as_by_its_template():
    choices = [("", "Välj"), ("Fordon", [("a&b", "A <b>"), ("c", "C")])]
    field = forms.ChoiceField(choices=choices)
    context = field.widget.get_context("x", "c", {"id": "id_x", "required": True})
    name = "django/forms/widgets/select.html"
    drawn = PlainFirst().render(name, context)
    assert drawn == TemplatesSetting().render(name, context).strip()
    assert '<optgroup label="Fordon"><option value="a&amp;b">A &lt;b&gt;</option>' in drawn


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.DateInput(), date(2026, 11, 2)),
        (forms.TimeInput(), time(9, 30)),
        (forms.TelInput(), '070 "1'),
        (forms.URLInput(), "https://a.se/?b=1&c"),
        (forms.CheckboxInput(), True),
        (forms.CheckboxInput(), False),
        (forms.DateInput(), None),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_box_is_drawn_as_by_its_template(widget, value):
    drawn = [
        widget.render("x", value, {"id": "id_x"}, each)
        for each in (PlainFirst(), TemplatesSetting())
    ]
    assert drawn[0] == drawn[1].strip()
