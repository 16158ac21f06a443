"""How an uploaded file is stored: checked by the form (`DocumentForm`), under a random name outside
the web root, with its size and hash; and how it is handed out, always as a download."""

import hashlib

from django.core.files.base import File
from django.http import FileResponse

LONGEST_NAME = 80


def store(document, file: File) -> None:
    """Fill in `size` and `sha256` of an unsaved row and write its `file`; the row has a `ref`."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    document.size, document.sha256 = file.size, digest.hexdigest()
    suffix = file.name.rsplit(".", 1)[-1].lower() if "." in file.name else "bin"
    document.file.save(f"{document.ref}.{suffix[:5]}", file, save=False)


def download(document) -> FileResponse:
    """The file under its title, for whoever may have it; the view has looked at that."""
    suffix = document.file.name.rsplit(".", 1)[-1]
    return FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=f"{document.title[:LONGEST_NAME]}.{suffix}",
        content_type=document.content_type,
    )
