"""Tagged PDFs from templates: everything a person takes along and the committee reports.

WeasyPrint tags the document (pdf/ua-1); what it leaves out is added with pikepdf: the scope of
table headers. Checked by our own rules (language, title, tags), not certified by anybody.
"""

from io import BytesIO
from pathlib import Path

import pikepdf
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher


class ForeignAddress(FatalURLFetchingError):
    """A PDF asked for something that is not a file of ours."""


class OwnFilesOnly(URLFetcher):
    """Only our own static files and inline data; never the network."""

    def fetch(self, url, headers=None):
        root = (settings.BASE_DIR / "static").as_uri()
        own = url.startswith(f"{root}/") and ".." not in url
        if not own and not url.startswith("data:"):
            raise ForeignAddress(url)
        return super().fetch(url, headers)


def render_pdf(template: str, context: dict, *, language: str, title: str) -> bytes:
    """The template as a tagged PDF in `language` (sv or en) with the document title `title`.

    Slow (0.3 s a page): long documents belong to the worker. Raises ForeignAddress when the
    template asks for anything but our own static files.
    """
    static = settings.BASE_DIR / "static"
    with translation.override(language):
        html = render_to_string(
            template,
            {
                "language": language,
                "title": title,
                "municipality": settings.MUNICIPALITY_NAME,
                "accent": settings.MUNICIPALITY_ACCENT,
                **context,
            },
        )
    made = HTML(
        string=html, base_url=f"{Path(static).as_uri()}/", url_fetcher=OwnFilesOnly()
    ).write_pdf(pdf_variant="pdf/ua-1")
    return _with_scopes(made, title, language)


def _with_scopes(made: bytes, title: str, language: str) -> bytes:
    """Say what each header cell heads and which figures are none, and show the title."""
    out = BytesIO()
    with pikepdf.open(BytesIO(made)) as pdf:
        pdf.Root.Lang = language
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.docinfo["/Title"] = title
        if "/StructTreeRoot" in pdf.Root:
            _walk(pdf.Root.StructTreeRoot, in_head=False)
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _walk(element, in_head: bool) -> None:
    kind = str(element.get("/S", "")) if isinstance(element, pikepdf.Dictionary) else ""
    in_head = in_head or kind == "/THead"
    if kind == "/TH":
        # WeasyPrint gives header cells attributes (a colspan, or none at all), never a scope.
        attributes = element.get("/A", pikepdf.Dictionary(O=pikepdf.Name("/Table")))
        if "/Scope" not in attributes:
            attributes.Scope = pikepdf.Name("/Column" if in_head else "/Row")
        element.A = attributes
    children = _children(element)
    if kind == "/Figure" and "/Alt" not in element:
        _retag_figure(element, children)
    for child in children:
        _walk(child, in_head)


def _retag_figure(element, children: list) -> None:
    """A figure has a text in its place. HTML's figure (a drawing with its text, a caption and a
    table) is a part, and a drawing without a text is decoration: it is hidden from readers in
    HTML too, and a test of the templates sees to that."""
    if any("/S" in child for child in children):
        element.S = pikepdf.Name("/Div")
    else:
        element.S = pikepdf.Name("/Span")
        element.ActualText = pikepdf.String("")


def _children(element) -> list[pikepdf.Dictionary]:
    children = element.get("/K") if isinstance(element, pikepdf.Dictionary) else None
    if isinstance(children, pikepdf.Dictionary):
        return [children]
    if isinstance(children, pikepdf.Array):
        return [child for child in children if isinstance(child, pikepdf.Dictionary)]
    return []
