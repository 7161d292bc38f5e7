"""Two `Texts` engines in, one out: the built-in readers for the kinds they know, a Tika server for the others."""

from collections.abc import Mapping
from typing import Any

from nova.engines.extract.foreign import FOREIGN, foreign
from nova.engines.texts.builtin import BuiltinTexts
from nova.engines.texts.tika import READS, TikaTexts
from nova.errors import NovaError, UnsupportedFile
from nova.records import Document


class ChainedTexts:
    """Implements `nova.ports.Texts`. While the server is away, the built-in readers go on."""

    def __init__(self, builtin: BuiltinTexts, tika: TikaTexts) -> None:
        self._builtin, self._tika = builtin, tika

    def sniff(self, head: bytes, filename: str) -> str:
        """The media type by content, without asking the server; UnsupportedFile with all that is accepted."""
        kind = foreign(head, filename)
        if kind is not None:
            return kind
        try:
            return self._builtin.sniff(head, filename)
        except UnsupportedFile as error:
            raise UnsupportedFile(f"{error.message} {READS}", data=error.data) from None

    def extract(self, data: bytes, media_type: str, filename: str) -> Document:
        """The document's text by whoever reads its kind; UnreadableFile, TooLarge, ServerAbsent or Busy."""
        reader = self._tika if media_type in FOREIGN else self._builtin
        return reader.extract(data, media_type, filename)

    def page_image(self, data: bytes, number: int, width: int) -> bytes:
        """A PDF page (from 1) as PNG, `width` pixels wide."""
        return self._builtin.page_image(data, number, width)

    def page_marks(self, data: bytes, number: int, quote: str) -> Mapping[str, Any]:
        """Where a quote stands on a PDF page."""
        return self._builtin.page_marks(data, number, quote)

    def health(self) -> Mapping[str, Any]:
        """As the built-in readers say; `tika` is the server's version, or `tika_error` why it does not answer."""
        found = dict(self._builtin.health())
        try:
            tika = self._tika.health()
        except NovaError as error:
            return found | {"tika_error": error.message}
        return found | {"tika": tika["version"], "accepts": [*found["accepts"], *tika["accepts"]]}

    def close(self) -> None:
        """Let go of the server's connections and the child processes."""
        self._tika.close()
        self._builtin.close()
