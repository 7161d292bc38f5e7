"""Bytes of a document in, a response that cannot run anything out."""

from urllib.parse import quote

from starlette.responses import Response

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def as_download(data: bytes, media_type: str, filename: str, *, inline: bool = False) -> Response:
    """The file as a download; only a PDF may be shown inline, in a sandbox."""
    shown = inline and media_type == "application/pdf"
    headers = {
        "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(filename, safe='')}",
        "Content-Security-Policy": SANDBOX,
        "Cache-Control": "private, max-age=3600",
    }
    return Response(data, media_type="application/pdf" if media_type == "application/pdf" else "application/octet-stream", headers=headers)


def as_png(data: bytes) -> Response:
    """A page image; versions never change, so the browser may keep it."""
    return Response(data, media_type="image/png", headers={"Cache-Control": "private, max-age=86400", "Content-Security-Policy": SANDBOX})
