"""Files' bytes -> `Document`s, read by built-in parsers in a child process with limits.

Media types are judged by content against an allow-list. Blocks in a document are small: each list item and each table row
stands for itself. Markdown and plain text keep the file's own characters, so that offsets are those of the file.
"""

import hashlib
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nova.engines.extract import sniff as kinds
from nova.engines.extract.foreign import EML, foreign
from nova.engines.extract.sandbox.runner import Children, Limits
from nova.engines.extract.wire import unpack
from nova.errors import TooLarge, UnsupportedFile
from nova.records import Document

READING = Limits(outside_s=90.0)  # the time that reading scans may take on top

WITH_TIKA = "Mit einem Apache-Tika-Server (NOVA_TIKA_URL) liest Nova auch diese Art."


class BuiltinTexts:
    """The embedded `Texts` engine. `children` may be shared with other CPU-heavy work; `close` ends them.

    `private` names files and folders that `health` lets a child try to open, which must fail.
    """

    def __init__(
        self,
        children: Children | None = None,
        *,
        limits: Limits | None = None,
        max_bytes: int = 100 * 1024**2,
        private: Sequence[Path] = (),
    ) -> None:
        self.children = children or Children()
        self._limits = limits or READING
        self._max_bytes = max_bytes
        self._private = [str(path.absolute()) for path in private]
        self._lock = threading.Lock()
        self._closed: Mapping[str, bool] | None = None

    def sniff(self, head: bytes, filename: str) -> str:
        """The media type by content; UnsupportedFile (a German message with what is accepted) when none fits."""
        unread = foreign(head, filename)
        try:
            if unread == EML:  # which is text, with its attachments as letters without sense
                raise kinds.refuse(filename, "eine E-Mail")
            return kinds.sniff(head, filename)
        except UnsupportedFile as error:
            if unread is None:
                raise
            raise UnsupportedFile(f"{error.message} {WITH_TIKA}", data=error.data) from None

    def extract(self, data: bytes, media_type: str, filename: str) -> Document:
        """The document's text with blocks, pages and facts; UnreadableFile with the reason, also for limits and crashes."""
        if len(data) > self._max_bytes:
            raise TooLarge(f"„{filename}“ ist größer als {self._max_bytes // 1024**2} MiB.")
        value, text = self.children.run(
            "nova.engines.extract:extract_task",
            {"media_type": media_type, "filename": filename},
            data,
            name=filename,
            limits=self._limits,
            own=_fingerprint(data),
        )
        return unpack(value, text, media_type)

    def page_image(self, data: bytes, number: int, width: int) -> bytes:
        """A PDF page (from 1) as PNG, `width` pixels wide; InvalidInput, UnreadableFile."""
        args = {"page": number, "width": width}
        return self.children.run(
            "nova.engines.extract.render:page_task", args, data, name="Seite", limits=self._limits, own=_fingerprint(data)
        )[1]

    def page_marks(self, data: bytes, number: int, quote: str) -> Mapping[str, Any]:
        """Where a quote stands on a PDF page; no boxes when it is not found (a scan, say)."""
        args = {"page": number, "quote": quote}
        marks: Mapping[str, Any] = self.children.run(
            "nova.engines.extract.render:marks_task", args, data, name="Seite", limits=self._limits, own=_fingerprint(data)
        )[0]
        return marks

    def health(self) -> Mapping[str, Any]:
        """`ocr` tells whether Tesseract is there, `ocr_languages` what it reads.

        `confined` is True when a child reaches no foreign file, network or process, "partly" or False where the kernel lacks what that
        needs; `open` then names what it reaches.
        """
        from nova.engines.extract.scan import languages

        known = languages()
        closed = self._confinement()
        return {
            "name": "builtin",
            "ocr": bool(known),
            "ocr_languages": sorted(known),
            "accepts": list(kinds.ACCEPTED),
            "confined": all(closed.values()) or ("partly" if any(closed.values()) else False),
            "open": sorted(name for name, shut in closed.items() if not shut),
        }

    def _confinement(self) -> Mapping[str, bool]:
        """What a child found closed when it tried; asked once, as the kernel stays the same."""
        with self._lock:
            if self._closed is None:
                args = {"private": self._private}
                self._closed = self.children.run("nova.engines.extract.sandbox.confine:report_task", args, name="Prüfung")[0]
            return self._closed

    def close(self) -> None:
        """End the child processes."""
        self.children.close()


def _fingerprint(data: bytes) -> str:
    """What a child that read this file is known by."""
    return hashlib.sha256(data).hexdigest()
