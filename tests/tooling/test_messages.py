"""The catalogues: what is taken from code and pages, what is found wrong, what a refresh keeps."""

import gettext
import os
from pathlib import Path

import pytest

from tooling import messages

PO = """msgid ""
msgstr ""
"Language: sv\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


@pytest.fixture
def project(tmp_path):
    """An app with one wording in code and one on a page, both with Swedish."""
    write(tmp_path / "intake" / "apps.py", "")
    write(tmp_path / "intake" / "models.py", "label = _('visit')\n")
    write(tmp_path / "templates" / "intake" / "desk.html", "<p>{% translate 'Who waits' %}</p>")
    write(
        tmp_path / "intake" / messages.CATALOGUE,
        PO + 'msgid "visit"\nmsgstr "besök"\n\nmsgid "Who waits"\nmsgstr "Vem väntar"\n',
    )
    return messages.Project(tmp_path)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def add(project: messages.Project, text: str, app: str = "intake") -> None:
    path = project.root / app / messages.CATALOGUE
    write(path, (path.read_text(encoding="utf-8") if path.exists() else PO) + "\n" + text)


def taken(wordings) -> list[tuple]:
    return [(wording.context, wording.singular, wording.plural) for wording in wordings]


def test_wordings_of_python():
    source = (
        "a = _('one' ' two')\n"
        "b = pgettext_lazy('month', 'May')\n"
        "c = ngettext('%(n)s day', '%(n)s days', n)\n"
        "d = npgettext('clock', 'hour', 'hours', n)\n"
        "e = f'{translation.gettext(\"inside\")}'\n"
        "f = _(variable)\n"
        "g = print('not a wording')\n"
    )
    assert taken(messages.from_python(source, "x.py")) == [
        (None, "one two", None),
        ("month", "May", None),
        (None, "%(n)s day", "%(n)s days"),
        ("clock", "hour", "hours"),
        (None, "inside", None),
    ]


def test_wordings_of_a_template():
    source = """
    <p title="it's">{% translate 'it is "so"' %}</p> " ' (
      {% blocktranslate trimmed count n=days with name=person.name %}
        {{ name }} has
        one day
      {% plural %}
        {{ name }} has {{ n }} days, isn't it
      {% endblocktranslate %}
   {% translate "May" context "month" as month %}{# a comment #}
    {% if text == _("Other") %}åäö{% endif %}
    {% blocktranslate %}100 % of {{ total }}{% endblocktranslate %}
    """
    assert taken(messages.from_template(source, "x.html")) == [
        (None, 'it is "so"', None),
        (None, "%(name)s has one day", "%(name)s has %(n)s days, isn't it"),
        ("month", "May", None),
        (None, "Other", None),
        (None, "100 %% of %(total)s", None),
    ]


def test_a_whole_catalogue_has_no_faults(project):
    assert messages.faults(project) == []


def test_a_planted_wording_without_swedish_is_found(project):
    write(project.root / "intake" / "views.py", "\nprint(_('Come in'))\n")
    write(project.root / "templates" / "base.html", "{% translate 'Skip' %}")
    assert messages.faults(project) == [
        'intake/views.py:2: "Come in" has no Swedish',
        'templates/base.html:1: "Skip" has no Swedish',
    ]


def test_an_empty_or_uncertain_swedish_is_none(project):
    write(project.root / "intake" / "views.py", "_('Come in'); _('Go out')")
    add(project, 'msgid "Come in"\nmsgstr ""\n\n#, fuzzy\nmsgid "Go out"\nmsgstr "Gå ut"\n')
    assert messages.faults(project) == [
        'intake/views.py:1: "Come in" has no Swedish',
        'intake/views.py:1: "Go out" has no Swedish',
    ]


def test_swedish_that_nobody_uses_is_found_unless_it_says_why_it_stays(project):
    add(project, 'msgid "gone"\nmsgstr "borta"\n')
    add(
        project,
        '# keep: plainer than Django\'s own\nmsgid "This field is required."\nmsgstr "Fyll i."\n',
    )
    assert messages.faults(project) == [f'intake/{messages.CATALOGUE}: "gone" is used nowhere']


def test_swedish_that_names_other_values_is_found(project):
    write(project.root / "intake" / "views.py", "_('%(name)s waits'); _('{count} left')")
    add(project, 'msgid "%(name)s waits"\nmsgstr "%(namn)s väntar"\n')
    add(project, 'msgid "{count} left"\nmsgstr "{count} kvar"\n')
    assert messages.faults(project) == [
        f"intake/{messages.CATALOGUE}: the Swedish of \"%(name)s waits\" names other values: ['namn']"
    ]


def test_a_plural_may_leave_the_number_out_but_not_be_missing(project):
    write(project.root / "intake" / "views.py", "ngettext('one day', '%(n)s days', n)")
    add(project, 'msgid "one day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "en dag"\nmsgstr[1] ""\n')
    assert messages.faults(project) == ['intake/views.py:1: "one day" has no Swedish']
    path = project.root / "intake" / messages.CATALOGUE
    path.write_text(path.read_text().replace('msgstr[1] ""', 'msgstr[1] "%(n)s dagar"'))
    assert messages.faults(project) == []


def test_two_apps_that_say_it_differently_are_found(project):
    write(project.root / "employers" / "apps.py", "_('visit')")
    add(project, 'msgid "visit"\nmsgstr "företagsbesök"\n', app="employers")
    (fault,) = messages.faults(project)
    assert fault.startswith('"visit" has different Swedish: ')
    assert '"besök" in intake/' in fault


def test_a_refresh_adds_keeps_and_drops(project):
    write(project.root / "intake" / "views.py", "_('Come in')")
    add(
        project,
        'msgid "gone"\nmsgstr "borta"\n\n# keep: plainer\nmsgid "Required."\nmsgstr "Fyll i."\n',
    )
    path = project.root / "intake" / messages.CATALOGUE
    assert messages.extract(project) == [path]
    entries = {
        key[1]: message for key, message in messages.messages_of(messages.read_catalogue(path))
    }
    assert {singular: message.string for singular, message in entries.items()} == {
        "visit": "besök",
        "Who waits": "Vem väntar",
        "Come in": "",
        "Required.": "Fyll i.",
    }
    assert messages.is_kept(entries["Required."])
    assert messages.extract(project) == []


def test_a_refresh_takes_the_swedish_that_another_app_has(project):
    write(project.root / "jobcentre" / "ui" / "apps.py", "")
    write(project.root / "templates" / "base.html", "{% translate 'visit' %}")
    messages.extract(project)
    assert messages.faults(project) == []
    shared = (project.root / messages.SHARED / messages.CATALOGUE).read_text(encoding="utf-8")
    assert 'msgid "visit"\nmsgstr "besök"' in shared


def test_a_file_that_is_no_python_is_not_passed_over(project):
    write(project.root / "intake" / "views.py", "def broken(:")
    with pytest.raises(SyntaxError):
        messages.faults(project)


def test_catalogues_are_compiled_when_they_changed(project):
    compiled = (project.root / "intake" / messages.CATALOGUE).with_suffix(".mo")
    assert messages.compile_changed(project) == 1
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("visit") == "besök"
    assert messages.compile_changed(project) == 0
    add(project, 'msgid "gone"\nmsgstr "borta"\n')
    os.utime(compiled, (1, 1))
    assert messages.compile_changed(project) == 1
