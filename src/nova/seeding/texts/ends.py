"""What stands around a text: ticket tags, hashtags, who is addressed, who signs.

A copy may lack it, but a tag or name that only one of two copies has is kept.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.seeding.texts.facts import codes_of, folded

_CLOSING = (
    r"(?:(?:mit )?(?:freundlichen?|vielen?|besten?|herzlichen?|schoenen?|lieben?|sonnigen?) gruessen?|"
    r"gru(?:ss|esse|essen)|hochachtungsvoll|mfg|lg|vg|bg|(?:with )?(?:kind|best|warm|kindest) (?:regards|wishes)|regards|"
    r"yours (?:sincerely|faithfully|truly)|"
    r"sincerely|cheers|(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|groet(?:en|jes)?|mvg)"
)
_NAME = r"\p{L}[\p{L}.'-]*(?:[ ,]+\p{L}[\p{L}.'-]*){0,3}"
_TEAM = r"(?:ihr|ihre|euer|eure|your|uw) (?:[\p{L}-]*(?:team|stadtwerke|kundenservice|kundendienst|service|klantenservice))"
_SIGNED = rf"(?:[\s.,;!?)]{_CLOSING}[\s,.!:-]+|[.!?\n]\s*{_TEAM} )((?:i\. ?[av]\. )?{_NAME})[\s.!]*$"
_HAS_CLOSING = (
    r"gru(?:ss|ess)|\b(?:mfg|lg|vg|bg|mvg)\b|regards|wishes|sincerely|faithfully|cheers|groet|achtungsvoll|"
    r"(?:ihre?|eure?|your|uw) [a-z-]*(?:team|service|stadtwerke|kundendienst)"
)
_TITLE = r"(?:herrn?|hr|frau|fr|familie|fam|mr|mrs|ms|miss|mevrouw|mevr|meneer|heer|dhr)"
_ADDRESSED = (
    rf"^\W*(?:sehr geehrter?|sehr geehrtes?|liebe[rs]?|hallo|guten (?:tag|morgen|abend)|moin|hi|hello|dear|good (?:morning|afternoon)|"
    rf"geachte|beste|goedendag)[\s,]+({_TITLE}\.? (?:dr\.? |prof\.? )*\p{{L}}[\p{{L}}-]*(?: \p{{L}}[\p{{L}}-]*)?)\s*[,!\n]"
)
_TAG_BEFORE = r"^\s*(?:(?:re|aw|wg|fwd?|antw)\s*:\s*)*\[\s*((?:ticket|case|vorgang|fall|zaak)?\s*[:#]?\s*(?:[a-z]{1,6}-?)?\d+)\s*\]\s*:?"
_ANSWER = r"^\s*(?:(?:re|aw|wg|fwd?|antw)\s*:\s*)+"
_TAG_AFTER = r"[\[(]\s*((?:ticket|case|vorgang|fall|zaak)?\s*[:#]\s*(?:[a-z]{1,6}-?)?\d+)\s*[\])]\s*$"
_HASHTAGS = r"(?:\s+#[\p{L}_][\p{L}\d_]*)+\s*$"
_OWN = (
    r"\b(?:ihr|ihre|euer|eure|das|dein|your|the|uw|kundenservice|kundendienst|serviceteam|service|customer|team|support|klantenservice|stadtwerke|von|"
    r"meinem|mobil|danke|dank|vielen|thanks|bedankt)\b|[^\p{L}]"
)
_NOTHING = -1
_SILENT = (_NOTHING,) * 3


@dataclass(frozen=True)
class Ends:
    """`texts` folded and without what stands around them; `said`: a row for tag, addressee and signature, -1 where a text has none."""

    texts: pl.Series
    said: NDArray[np.int64]

    def covers(self, kept: int, removed: int) -> bool:
        """Whether the kept text has the tag, addressee and signature that the removed one has."""
        said, other = self._rows[kept], self._rows[removed]
        return other in (_SILENT, said) or all(b in (_NOTHING, a) for a, b in zip(said, other, strict=True))

    @cached_property
    def _rows(self) -> list[tuple[int, ...]]:
        return list(zip(*self.said.tolist(), strict=True))

    def may_meet(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.bool_]:
        """For pairs of rows: false where both have a tag, an addressee or a signature, and another one."""
        first, second = self.said[:, left], self.said[:, right]
        meets: NDArray[np.bool_] = ((first == second) | (first == _NOTHING) | (second == _NOTHING)).all(axis=0)
        return meets

    def count(self) -> NDArray[np.int64]:
        """How many of the three each text has."""
        counts: NDArray[np.int64] = (self.said != _NOTHING).sum(axis=0)
        return counts


def parted(texts: pl.Series) -> Ends:
    """Texts, and what stands around them."""
    plain = pl.DataFrame({"text": texts}).select(folded(pl.col("text").cast(pl.String).fill_null("")))["text"]
    said = np.full((3, len(plain)), _NOTHING, dtype=np.int64)
    plain, told = _taken(plain, plain.str.contains("[", literal=True), _TAG_BEFORE)
    plain, after = _taken(plain, plain.str.contains(r"[\])]\s*$"), _TAG_AFTER)
    said[0] = codes_of(told.fill_null(after).str.replace_all(r"\D", "").replace("", None))
    answered = plain.str.contains(_ANSWER)
    plain = _put(plain, answered, plain.filter(answered).str.replace(_ANSWER, ""))
    tagged = plain.str.contains("#", literal=True)
    plain = _put(plain, tagged, plain.filter(tagged).str.replace(_HASHTAGS, ""))
    plain, told = _taken(plain, plain.str.contains(rf"^.{{0,24}}\b{_TITLE}\b"), _ADDRESSED)
    said[1] = codes_of(told.str.replace_all(r"[^\p{L}]", "").replace("", None))
    plain, told = _taken(plain, plain.str.contains(_HAS_CLOSING), _SIGNED)
    said[2] = codes_of(told.str.replace_all(_OWN, "").replace("", None))
    return Ends(plain, said)


def _taken(texts: pl.Series, where: pl.Series, pattern: str) -> tuple[pl.Series, pl.Series]:
    """Texts without what the pattern finds, and its group of each; null where it finds nothing."""
    some = texts.filter(where)
    found = some.str.extract(pattern)
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(texts))
    return _put(texts, where, some.str.replace(pattern, "")), _put(nothing, where, found)


def _put(texts: pl.Series, where: pl.Series, some: pl.Series) -> pl.Series:
    return texts.clone().scatter(where.arg_true(), some) if len(some) else texts
