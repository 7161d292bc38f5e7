"""Folded text in, post-boxes with postcode and place out: where somebody's letters go. A company's or an office's own box is none.

A box without a postcode says as little as a street without a number, unless a word for an address leads to it.
"""

import re
from collections.abc import Iterator

from nova.privacy.places import cues

BOX = re.compile(
    r"(?<![^\W_])(?:(?:post(?:schlie(?:ß|ss))?-?f(?:ach|\.)|pf\.?|p\. ?o\. ?box)(?:[ -]?(?:nr|nummer|no)\.?)?[ :-]{1,3})"
    r"(?P<number>\d{1,3}(?:[ .]\d{2,3}){1,3}|\d{1,6})(?![^\W_]|[.,-]\d)",
    re.IGNORECASE,
)
CALLED = re.compile(r"post|p\. ?o", re.IGNORECASE)
OFFICIAL = re.compile(
    r"(?<![^\W_])(?:g?gmbh|mbh|ag|kg|kgaa|ohg|eg|e\. ?v|aör|(?:stadt|gemeinde|kreis)werke?\w*|\w*(?:gericht|amt|amtes|behörde|agentur|"
    r"ministerium|kammer|versicherung\w*|stelle|zentrale|kasse|bank|center|centrum|zentrum|verwaltung|dienst|service|anstalt|universität|"
    r"hochschule|verband|gesellschaft))(?: [^\W_]+(?:-[^\W_]+)*){0,3}[.)]?[ ,\n|/-]{1,4}(?:abt\w*\.? [^\n,]{1,24}[,\n] ?)?\Z",
    re.IGNORECASE,
)
WINDOW = 64


def post_boxes(text: str) -> Iterator[tuple[int, int]]:
    """Where a person's post-box stands, with the postcode and the place behind it."""
    for match in BOX.finditer(text):
        before = text[max(0, match.start() - WINDOW) : match.start()]
        if OFFICIAL.search(before):
            continue
        posted = cues.POSTCODE.match(text, match.end())
        if posted:
            yield match.start(), posted.end()
        elif cues.POSTCODE_BEFORE.search(before) or (CALLED.match(match.group()) and cues.NEAR_HOME.search(before.lower())):
            yield match.span()
