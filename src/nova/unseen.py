"""Text that somebody else wrote in, the same without signs that act unseen out: on a terminal, in a log, in a line of JSON, in a sheet.

Unseen are control characters (ESC and the C1 set drive terminals), the marks that turn the direction of writing, and those of no width.
"""

import re
from typing import Any

# A tab and a line break are seen. Inside a class: C0, DEL and C1, soft hyphen, Arabic letter mark, Mongolian separator, zero-width and
# direction marks, line and paragraph separators, embeddings and overrides, invisible operators and isolates, byte order mark,
# annotations, tags, halves of pairs.
_SIGNS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff"
)
UNSEEN = re.compile(f"[{_SIGNS}]")
# The same without those that JSON escapes anyway and without a joiner, which joins the parts of a picture of several.
_IN_JSON = re.compile(
    rb"\x7f|\xc2[\x80-\x9f\xad]|\xd8\x9c|\xe1\xa0\x8e|\xe2\x80[\x8b\x8e\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf|\xef\xbf[\xb9-\xbb]"
    rb"|\xf3\xa0[\x80\x81][\x80-\xbf]"
)
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]|\r\n?")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*(?:e[+-]?\d+)?\s?%?", re.IGNORECASE)


def without_unseen(text: str) -> str:
    """For people's eyes: unseen signs are gone, other line breaks are `\\n`."""
    return UNSEEN.sub("", _BREAKS.sub("\n", text))


def escaped(text: str) -> str:
    """For terminals and logs: unseen signs are written out (`\\x1b`), so that they show and do nothing."""
    return UNSEEN.sub(lambda found: found.group().encode("unicode_escape", "surrogatepass").decode("ascii"), text)


def escaped_json(written: bytes) -> bytes:
    """JSON in UTF-8 with unseen signs as escapes: it says the same to whoever reads it."""
    return _IN_JSON.sub(_as_escapes, written)


def _as_escapes(found: "re.Match[bytes]") -> bytes:
    units = found.group().decode("utf-8").encode("utf-16-be")
    return b"".join(b"\\u" + units[at : at + 2].hex().encode() for at in range(0, len(units), 2))


def cell(value: Any) -> Any:
    """A cell of a sheet that no spreadsheet takes for a formula: an apostrophe in front of such a text; numbers stay as they are."""
    if not isinstance(value, str) or not _FORMULA.match(value) or _NUMBER.fullmatch(value):
        return value
    return f"'{value}"
