"""The marks by which an answer's text cites passages and data: what cleans a text leaves them alone."""

import re
from collections.abc import Callable

MARK = re.compile(r"(\[(?:chunk|data) [0-9a-f-]{36}\])")


def beside_marks(text: str, clean: Callable[[str], str]) -> str:
    """What stands beside the marks of an answer cleaned, the marks untouched: an id may look like a number of somebody's."""
    return "".join(part if MARK.fullmatch(part) or not part.strip() else clean(part) for part in MARK.split(text))


def parts(text: str) -> list[str]:
    """What stands beside the marks."""
    return [part for part in MARK.split(text) if not MARK.fullmatch(part)]
