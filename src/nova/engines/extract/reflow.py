"""Lines of a printed paragraph -> one running text: words hyphenated at a line's end are whole again."""

import re
from collections.abc import Sequence

_CUT = re.compile(r"\w[-\u00ad\u2010\x02]$")
_KEEPS_DASH = re.compile(r"(?:und|oder|bzw\.|beziehungsweise|sowie|bis|als|wie)\b|[,;)]")


def join_pair(left: str, right: str) -> str:
    """`Strom-` + `netz` gives `Stromnetz`; a dash before `und`, `oder` or a capital letter stays."""
    if not left or not right:
        return left or right
    if not _CUT.search(left):
        return f"{left} {right}"
    if _KEEPS_DASH.match(right):
        return f"{left[:-1]}- {right}"
    if right[0].islower():
        return left[:-1] + right
    return f"{left[:-1]}-{right}"


def join_lines(lines: Sequence[str]) -> str:
    """The paragraph in one line."""
    text = ""
    for line in lines:
        text = join_pair(text, line)
    return text
