"""A page with one line on it, as a PDF: what a person hands in, in the made-up municipality."""

from django.core.files.base import ContentFile


def one_page(line: str) -> ContentFile:
    """An A5 page with `line`, in letters of ISO 8859-1."""
    words = line.translate(str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"}))
    drawn = f"BT /F1 11 Tf 36 540 Td ({words}) Tj ET".encode("latin-1")
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R /Lang (sv) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    page, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(page))
        page += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    listed = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\n" % listed
    return ContentFile(page + table + b"startxref\n%d\n%%%%EOF\n" % len(page), name="papper.pdf")
