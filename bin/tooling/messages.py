"""The Swedish catalogues: compiled when they changed, checked against code and pages, refreshed.

English wordings stand in the code as msgids. Each app has a catalogue with their Swedish; what
belongs to no app (settings, pages outside `templates/<app>/`) is in the catalogue of `jobcentre.ui`.
Django merges the catalogues when it runs, so a wording has to have one Swedish text in all of them.
"""

import argparse
import ast
import io
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUE = Path("locale") / "sv" / "LC_MESSAGES" / "django.po"
# The place of wordings that no app owns.
SHARED = Path("jobcentre") / "ui"
PLURAL_FORMS = "nplurals=2; plural=(n != 1);"
# A msgid that is nowhere in code or pages, but overrides one of a library, is kept by this comment.
KEEP = "keep:"
KEYWORDS = [
    "_",
    *(
        f"{kind}gettext{ending}"
        for kind in ("", "n", "p", "np")
        for ending in ("", "_lazy", "_noop")
    ),
]
TEMPLATE_ENDINGS = {".html", ".txt", ".svg", ".xml"}
NAMED_VALUE = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")

Key = tuple[str | None, str]


@dataclass(frozen=True)
class Wording:
    """One text of the interface: its English, how it looks in the plural, where it stands."""

    context: str | None
    singular: str
    plural: str | None
    place: str

    @property
    def key(self) -> Key:
        """What the catalogues look it up by."""
        return (self.context, self.singular)


def _wording(function: str, texts: list[str | None], place: str) -> Wording | None:
    """The wording that a call of `function` with the literal `texts` stands for, if any."""
    context = plural = None
    if "pgettext" in function:
        context, *texts = texts
        if context is None:
            return None
    if function.startswith("n") and len(texts) > 1:
        plural = texts[1]
    return Wording(context, texts[0], plural, place) if texts and texts[0] else None


def from_python(source: str, place: str) -> Iterator[Wording]:
    """The wordings that Python `source` asks gettext for. Raises SyntaxError."""
    calls = [node for node in ast.walk(ast.parse(source, place)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        function = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if function in KEYWORDS and call.args:
            values = [getattr(argument, "value", None) for argument in call.args]
            texts = [value if isinstance(value, str) else None for value in values]
            if wording := _wording(function, texts, f"{place}:{call.lineno}"):
                yield wording


def from_template(source: str, place: str) -> Iterator[Wording]:
    """The wordings of a template's translate tags, blocktranslate tags and _() arguments."""
    # Django turns the template into calls among rubbish; its indentation means nothing.
    calls = "\n".join(line.lstrip() for line in templatize(source, origin=place).splitlines())
    found = extract_python(io.BytesIO(calls.encode()), KEYWORDS, [], {"encoding": "utf-8"})
    for line, function, arguments, _ in found:
        texts = list(arguments) if isinstance(arguments, (tuple, list)) else [arguments]
        if wording := _wording(function, texts, f"{place}:{line}"):
            yield wording


class Project:
    """The source tree whose wordings and catalogues are looked after."""

    def __init__(self, root: Path = ROOT):
        self.root = root

    def apps(self) -> list[Path]:
        """The folders of all Django apps, from the root."""
        found = [*self.root.glob("*/apps.py"), *self.root.glob("jobcentre/*/apps.py")]
        return sorted(path.parent.relative_to(self.root) for path in found)

    def sources(self) -> Iterator[tuple[Path, Path]]:
        """Each Python file and template with the app that owns its wordings."""
        apps = self.apps()
        by_name = {app.name: app for app in apps}
        for app in apps:
            for path in sorted((self.root / app).rglob("*.py")):
                parts = path.relative_to(self.root / app).parts
                if "migrations" not in parts and "locale" not in parts:
                    yield app, path
            yield from self._templates(app, self.root / app / "templates")
        for pattern in ("jobcentre/*.py", "jobcentre/settings/*.py"):
            for path in sorted(self.root.glob(pattern)):
                yield SHARED, path
        for path in sorted((self.root / "templates").glob("*")):
            owner = by_name.get(path.name, SHARED)
            if path.is_dir():
                yield from self._templates(owner, path)
            elif path.suffix in TEMPLATE_ENDINGS:
                yield owner, path

    def _templates(self, app: Path, folder: Path) -> Iterator[tuple[Path, Path]]:
        for path in sorted(folder.rglob("*")):
            if path.suffix in TEMPLATE_ENDINGS:
                yield app, path

    def wordings(self) -> dict[Path, list[Wording]]:
        """All wordings by the app that owns them, in the order of files and lines."""
        found: dict[Path, list[Wording]] = defaultdict(list)
        for app, path in self.sources():
            source = path.read_text(encoding="utf-8")
            place = str(path.relative_to(self.root))
            take = from_python if path.suffix == ".py" else from_template
            found[app].extend(take(source, place))
        return found

    def catalogue_files(self) -> list[Path]:
        """Every catalogue of the project, also of other languages."""
        patterns = ("locale", "*/locale", "jobcentre/*/locale")
        return sorted(
            path for pattern in patterns for path in self.root.glob(f"{pattern}/*/LC_MESSAGES/*.po")
        )

    def swedish_files(self) -> list[Path]:
        return [path for path in self.catalogue_files() if path.parts[-3] == "sv"]


def read_catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="sv", domain="django")


def messages_of(catalogue: Catalog) -> Iterator[tuple[Key, Message]]:
    for message in catalogue:
        if message.id:
            singular = message.id[0] if isinstance(message.id, tuple) else message.id
            yield (message.context, singular), message


def texts_of(message: Message) -> tuple[str, ...]:
    """The Swedish forms of a message; empty texts where they are missing."""
    return tuple(message.string) if isinstance(message.string, tuple) else (message.string or "",)


def is_translated(message: Message) -> bool:
    return not message.fuzzy and all(texts_of(message))


def is_kept(message: Message) -> bool:
    return any(comment.startswith(KEEP) for comment in message.user_comments)


def named_values(text: str) -> set[str]:
    return {first or second for first, second in NAMED_VALUE.findall(text)}


# --- compile -------------------------------------------------------------------------------------
def compile_changed(project: Project) -> int:
    """Write the .mo beside each .po that is newer than it. Returns how many were written."""
    written = 0
    for path in project.catalogue_files():
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > path.stat().st_mtime_ns:
            continue
        catalogue = read_catalogue(path)
        # Written beside and renamed: a running site never reads half a catalogue.
        unfinished = target.with_suffix(f".{os.getpid()}")
        with unfinished.open("wb") as file:
            write_mo(file, catalogue)
        unfinished.replace(target)
        written += 1
    return written


# --- check ---------------------------------------------------------------------------------------
def faults(project: Project) -> list[str]:
    """Everything that is wrong with the catalogues, a sentence each; empty when all is well."""
    used: dict[Key, Wording] = {}
    for wordings in project.wordings().values():
        for wording in wordings:
            used.setdefault(wording.key, wording)
    swedish: dict[Key, dict[tuple[str, ...], Path]] = defaultdict(dict)
    found = []
    for path in project.swedish_files():
        name = path.relative_to(project.root)
        for key, message in messages_of(read_catalogue(path)):
            if key not in used and not is_kept(message):
                found.append(f'{name}: "{key[1]}" is used nowhere')
            if is_translated(message):
                swedish[key].setdefault(texts_of(message), name)
                found.extend(_wrong_values(key, message, name))
    for key, wording in used.items():
        texts = swedish.get(key)
        if not texts:
            found.append(f'{wording.place}: "{wording.singular}" has no Swedish')
        elif wording.plural and any(len(forms) < 2 for forms in texts):
            found.append(f'{wording.place}: "{wording.singular}" has no Swedish plural')
    for key, texts in swedish.items():
        if len(texts) > 1:
            told = ", ".join(f'"{forms[0]}" in {name}' for forms, name in texts.items())
            found.append(f'"{key[1]}" has different Swedish: {told}')
    return sorted(found)


def _wrong_values(key: Key, message: Message, name: Path) -> Iterator[str]:
    english = message.id if isinstance(message.id, tuple) else (message.id,)
    allowed = set().union(*(named_values(text) for text in english))
    for form, text in enumerate(texts_of(message)):
        # "1 day" may leave the number out in either language; nothing else may differ.
        source = english[min(form, len(english) - 1)]
        values, wanted = named_values(text), named_values(source)
        if values - allowed or (len(english) == 1 and values != wanted):
            yield f'{name}: the Swedish of "{key[1]}" names other values: {sorted(values)}'


# --- extract -------------------------------------------------------------------------------------
def refreshed(
    wordings: Iterable[Wording], old: Catalog | None, known: dict[Key, Message]
) -> Catalog:
    """A catalogue of exactly `wordings`, with the Swedish of `old` or else of another app's."""
    fresh = Catalog(locale="sv", domain="django", header_comment="", fuzzy=False)
    own = dict(messages_of(old)) if old is not None else {}
    plurals: dict[Key, Wording] = {}
    for wording in wordings:
        if wording.key not in plurals or wording.plural:
            plurals[wording.key] = wording
    for key, wording in plurals.items():
        before = own.get(key)
        if before is None or not is_translated(before):
            before = known.get(key, before)
        identity = (wording.singular, wording.plural) if wording.plural else wording.singular
        empty: str | tuple[str, str] = ("", "") if wording.plural else ""
        string, comments = empty, []
        if before is not None:
            texts = texts_of(before)
            if not wording.plural:
                string = texts[0]
            elif len(texts) == 2:
                string = texts
            comments = before.user_comments
        fresh.add(identity, string, context=wording.context, user_comments=comments)
    for key, message in own.items():
        if key not in plurals and is_kept(message):
            fresh.add(
                message.id,
                message.string,
                context=message.context,
                user_comments=message.user_comments,
            )
    return fresh


def written(catalogue: Catalog) -> bytes:
    """The text of a catalogue file. Nothing in it depends on when or where it was written."""
    body = io.BytesIO()
    write_po(body, catalogue, width=100, no_location=True, omit_header=True)
    header = (
        'msgid ""\nmsgstr ""\n"Language: sv\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURAL_FORMS}\\n"\n'
    )
    # The flag is a guess from the text; the check compares named values for every wording.
    text = re.sub(r"^#, python-(brace-)?format\n", "", body.getvalue().decode(), flags=re.MULTILINE)
    return f"{header}\n{text.strip()}\n".encode()


def extract(project: Project) -> list[Path]:
    """Bring every app's Swedish catalogue up to date. Returns the files that changed."""
    catalogues = {path: read_catalogue(path) for path in project.swedish_files()}
    known: dict[Key, Message] = {}
    for catalogue in catalogues.values():
        for key, message in messages_of(catalogue):
            if is_translated(message):
                known.setdefault(key, message)
    changed = []
    for app, wordings in sorted(project.wordings().items()):
        path = project.root / app / CATALOGUE
        if not wordings and path not in catalogues:
            continue
        content = written(refreshed(wordings, catalogues.get(path), known))
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            changed.append(path)
    return changed


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="bin/messages",
        description="Without an option: compile the catalogues that changed.",
    )
    act = parser.add_mutually_exclusive_group()
    act.add_argument(
        "--extract",
        action="store_true",
        help="add new wordings, keep their Swedish, drop those used nowhere",
    )
    act.add_argument(
        "--check", action="store_true", help="list what has no Swedish; exit code 1 if anything"
    )
    options = parser.parse_args(words)
    project = Project()
    if not settings.configured:
        settings.configure(USE_I18N=True)
    if options.extract:
        for path in extract(project):
            print(f"changed {path.relative_to(project.root)}")
    if options.check:
        found = faults(project)
        for fault in found:
            print(fault)
        if found:
            print(f"{len(found)} faults; bin/messages --extract adds what is new.", file=sys.stderr)
            return 1
        return 0
    compile_changed(project)
    return 0
