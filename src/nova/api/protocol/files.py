"""Bytes of a document in, a response that cannot run anything out."""

from collections.abc import Iterator
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

from nova.knowledge.items import StoredFile
from nova.language.inert import inert_name

PDF = "application/pdf"
PIECE = 64 * 1024
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def as_download(file: StoredFile, *, inline: bool = False) -> Response:
    """The file as a download, read as the reader takes it; only a PDF may be shown inline, in a sandbox."""
    known, name = file.media_type == PDF, quote(inert_name(file.filename), safe="")
    headers = {
        "Content-Disposition": f"{'inline' if inline and known else 'attachment'}; filename*=UTF-8''{name}",
        "Content-Security-Policy": SANDBOX,
        "Cache-Control": "private, max-age=3600",
        "Content-Length": str(file.size),
    }
    first = file.part(0, min(PIECE, file.size))  # what is missing shows here, before anything is sent
    return StreamingResponse(_pieces(first, file), media_type=PDF if known else "application/octet-stream", headers=headers)


def _pieces(first: bytes, file: StoredFile) -> Iterator[bytes]:
    yield first
    for start in range(len(first), file.size, PIECE):
        yield file.part(start, min(PIECE, file.size - start))


def attachment(data: bytes, name: str, media_type: str) -> Response:
    """A file that was made just now, to be saved; it is for nobody else and is not kept on the way."""
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"Content-Disposition": disposition, "Content-Security-Policy": SANDBOX, "Cache-Control": "no-store"}
    return Response(data, media_type=media_type, headers=headers)


def as_png(data: bytes) -> Response:
    """A page image; versions never change, so the browser may keep it."""
    return Response(data, media_type="image/png", headers={"Cache-Control": "private, max-age=86400", "Content-Security-Policy": SANDBOX})
