"""The rules of the house, each with a planted fault that it catches."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from jobcentre.casework.identity import parse_identity
from jobcentre.casework.registries import (
    activity_steps,
    approval_kinds,
    case_panels,
    closing_steps,
    consent_steps,
    deadline_kinds,
    event_kinds,
    group_companies,
    group_steps,
    interruption_steps,
    job_facts,
    meeting_steps,
    moving_steps,
    opening_steps,
    staff_times,
)

ROOT = Path(__file__).resolve().parents[2]
OURS = ("jobcentre", "intake", "activityplans", "referrals", "employers", "reporting")
LABELS = (
    *("audit", "accounts", "notices", "casework"),
    *("intake", "activityplans", "referrals", "employers", "reporting"),
)
# The order of the apps; a foreign key points to the same or an earlier one.
LEVEL = {
    "audit": 0, "accounts": 1, "notices": 2, "casework": 3, "intake": 4, "activityplans": 5,
    "referrals": 6, "employers": 6, "reporting": 7,
}  # fmt: skip


def sources(*folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def code() -> list[tuple[str, str]]:
    return [(str(path.relative_to(ROOT)), path.read_text()) for path in sources(*OURS)]


def our_models():
    return [model for label in LABELS for model in apps.get_app_config(label).get_models()]


# --- imports inside functions --------------------------------------------------------------------
def inner_imports(text: str) -> list[int]:
    """Lines with an import inside a function, but in AppConfig.ready."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name != "ready":
            found += [
                inner.lineno
                for inner in ast.walk(node)
                if isinstance(inner, ast.Import | ast.ImportFrom)
            ]
    return found


def test_no_import_hides_in_a_function():
    assert {name: lines for name, text in code() if (lines := inner_imports(text))} == {}


def test_a_hidden_import_is_found():
    assert inner_imports("def f():\n    import os\n") == [2]


# --- who writes a status -------------------------------------------------------------------------
WRITERS = re.compile(
    r"(^|/)transitions(/|\.py$)|approvals/writer\.py$|notices/tasks\.py$|reporting/tasks\.py$"
)


def status_writes(text: str) -> list[int]:
    """Lines that assign `.state` or `.status`, or update a row's."""
    found = []
    for node in ast.walk(ast.parse(text)):
        targets = node.targets if isinstance(node, ast.Assign) else []
        found += [
            target.lineno
            for target in targets
            if isinstance(target, ast.Attribute) and target.attr in ("state", "status")
        ]
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "update"
        ):
            found += [node.lineno for key in node.keywords if key.arg in ("state", "status")]
    return found


def test_only_transitions_write_a_status():
    wrong = {
        name: lines
        for name, text in code()
        if not WRITERS.search(name) and (lines := status_writes(text))
    }
    assert wrong == {}


def test_a_status_written_elsewhere_is_found():
    assert status_writes("case.status = 'closed'\n") == [1]
    assert status_writes("Case.objects.filter(pk=1).update(status='closed')\n") == [1]


# --- words that are not used ---------------------------------------------------------------------
FORBIDDEN = re.compile(
    r"\.raw\(|\.extra\(|csrf_exempt|\beta=|countdown=|django\.dispatch|@receiver|\bpost_save\b"
)


def test_no_forbidden_call():
    assert {name for name, text in code() if FORBIDDEN.search(text)} == set()


@pytest.mark.parametrize("line", ["Case.objects.raw('x')", "@csrf_exempt", "task(countdown=3)"])
def test_a_forbidden_call_is_found(line):
    assert FORBIDDEN.search(line)


# --- templates -----------------------------------------------------------------------------------
INLINE = re.compile(
    r"\s(style|on[a-z]+|hx-on[^=\s]*)=[\"']|\|\s*safe\b|<style\b|<script\b(?![^>]*\bsrc=)",
    re.IGNORECASE,
)


def templates() -> list[Path]:
    return [path for path in (ROOT / "templates").rglob("*.html") if "print" not in path.parts]


def test_templates_hold_no_inline_style_script_or_safe():
    assert [str(p.relative_to(ROOT)) for p in templates() if INLINE.search(p.read_text())] == []


@pytest.mark.parametrize(
    "text",
    [
        '<p style="x">', '<a onclick="x()">', "{{ text|safe }}", "<style>p {}</style>",
        "<script>x()</script>", '<script nonce="n">x()</script>',
    ],
)  # fmt: skip
def test_an_inline_style_is_found(text):
    assert INLINE.search(text)


def test_a_script_of_a_file_is_none():
    assert not INLINE.search('<script src="/static/x.js" defer></script>')


# --- models --------------------------------------------------------------------------------------
def says_nothing(model) -> bool:
    """Whether the docstring is the one that Django makes of the fields."""
    return model.__doc__.startswith(f"{model.__name__}(") and not model._meta.auto_created


def silent_constraints(model) -> list[str]:
    """Constraints without a sentence of their own."""
    return [
        constraint.name
        for constraint in model._meta.constraints
        if constraint.violation_error_message == constraint.default_violation_error_message
    ]


def fields_upwards(model) -> list[str]:
    """Foreign keys to a layer above; who did it is a user in every layer."""
    wrong = []
    for field in model._meta.get_fields():
        target = getattr(field, "related_model", None)
        if not field.concrete or target is None or target._meta.app_label not in LEVEL:
            continue
        own, other = model._meta.app_label, target._meta.app_label
        if LEVEL[other] > LEVEL[own] and other != "accounts":
            wrong.append(f"{model.__name__}.{field.name}")
    return wrong


def test_every_model_says_what_a_row_means():
    assert [model.__name__ for model in our_models() if says_nothing(model)] == []


def test_every_constraint_says_why_it_refuses():
    assert [name for model in our_models() for name in silent_constraints(model)] == []


def test_foreign_keys_point_down():
    assert [name for model in our_models() for name in fields_upwards(model)] == []


@isolate_apps()
def test_a_model_without_words_is_found():
    class FollowUp(models.Model):
        class Meta:
            app_label = "reporting"

    class Silent(models.Model):
        days = models.IntegerField()
        follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT)

        class Meta:
            app_label = "casework"
            constraints = [models.CheckConstraint(condition=models.Q(days__gt=0), name="quiet")]

    assert says_nothing(Silent)
    assert silent_constraints(Silent) == ["quiet"]
    assert fields_upwards(Silent) == ["Silent.follow_up"]


# --- size ----------------------------------------------------------------------------------------
def too_long(text: str, limit: int) -> bool:
    return len(text.splitlines()) > limit


def test_files_are_short():
    limits = {**dict.fromkeys(sources(*OURS), 600), **dict.fromkeys(sources("tests"), 800)}
    long = [str(p.relative_to(ROOT)) for p, n in limits.items() if too_long(p.read_text(), n)]
    assert long == []


def test_a_long_file_is_found():
    assert too_long("x\n" * 601, 600)


# --- personal numbers ----------------------------------------------------------------------------
NUMBER = re.compile(r"(?<![\w.-])((?:19|20)?\d{6}[-+]?\d{4})(?![\w-])")
SKIPPED = re.compile(r"requirements|\.woff2$|\.png$|\.svg$|vendor/|icons\.py$")
PUBLISHED_IN = "tests/casework/test_identity.py"


def foreign_numbers(text: str) -> list[str]:
    """Valid personal numbers in the text that are not of the official test series."""
    found = []
    for written in NUMBER.findall(text):
        try:
            identity = parse_identity(written)
        except ValueError:
            continue
        is_series = 1976 <= identity.birth_date.year <= 2013 and identity.number[8:11] in (
            "238",
            "239",
        )
        if not is_series and identity.number not in _published():
            found.append(written)
    return found


def _published() -> set[str]:
    return set(re.findall(r"\"(\d{12})\"", (ROOT / PUBLISHED_IN).read_text()))


def test_only_official_test_numbers_stand_in_the_repository():
    names = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    wrong = {}
    for name in names:
        path = ROOT / name
        if SKIPPED.search(name) or not path.is_file() or name == PUBLISHED_IN:
            continue
        numbers = foreign_numbers(path.read_text(errors="ignore"))
        if numbers:
            wrong[name] = numbers
    assert wrong == {}


def test_a_foreign_number_is_found():
    nine = "850301" + "111"
    total = sum(
        (int(d) * (2 - i % 2) - 9 if int(d) * (2 - i % 2) > 9 else int(d) * (2 - i % 2))
        for i, d in enumerate(nine)
    )
    assert foreign_numbers(f"19{nine}{-total % 10}") != []


# --- registries ----------------------------------------------------------------------------------
def test_the_registries_are_what_the_architecture_says():
    document = (ROOT / "docs" / "architecture.md").read_text()
    for registry in (
        deadline_kinds,
        approval_kinds,
        closing_steps,
        moving_steps,
        opening_steps,
        interruption_steps,
        group_companies,
        group_steps,
        meeting_steps,
        staff_times,
        job_facts,
    ):
        for key in [kind.key for kind in registry]:
            assert f"`{key}`" in document, key
    assert set(deadline_kinds.keys()) == {
        "cap", "plan", "approval", "review", "activity_end", "placement_answer", "placement_end",
        "referral_answer", "first_meeting", "monthly_report", "follow_up", "job_check", "progress",
        "absence_talk", "statement", "activity_midway", "order_waiting", "order_question",
        "order_pause", "order_proposal", "af_package", "order_offer", "final_report",
        "report_completion", "new_plan",
    }  # fmt: skip
    assert approval_kinds.keys() == ["plan"]
    assert set(closing_steps.keys()) == {
        "orders", "placements", "plan", "meetings", "group_places", "follow_ups", "methods",
        "courses",
    }  # fmt: skip
    assert moving_steps.keys() == ["group_places"]
    assert opening_steps.keys() == ["referral_in", "outreach"]
    assert interruption_steps.keys() == ["sessions"]
    assert activity_steps.keys() == ["orders"]
    assert consent_steps.keys() == ["orders"]
    assert meeting_steps.keys() == ["referral_in"]
    assert staff_times.keys() == ["group_meetings"]
    assert group_steps.keys() == ["plan_sessions"]
    assert group_companies.keys() == ["employers"]
    assert job_facts.keys() == ["follow_ups"]
    assert {panel.key for panel in case_panels} >= {"overview", "mapping", "plan", "orders"}
    assert len(event_kinds.keys()) == len(set(event_kinds.keys()))


def test_a_key_is_registered_once():
    with pytest.raises(ValueError, match="twice"):
        closing_steps.register(closing_steps["plan"])
