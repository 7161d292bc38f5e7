"""The checks that a profile asks of every record of a kind: where one fails, how much that lowers the record, and what to tell.

An expression looks at a column as it came (`roh:`, as text), as it was read, or at what was counted in a text (`wort:`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from nova.seeding.judge.consistency import Relation
from nova.seeding.judge.profile import Fence, KindProfile, Profile, Usual
from nova.seeding.judge.reading import (
    CHECKS,
    EMAIL,
    MARKUP,
    MOJIBAKE,
    REPEATED,
    WORD_ALONE,
    blank,
    name_of,
    readings_of,
    shapes,
    text_of,
    unread,
)
from nova.seeding.judge.words import LANGUAGES

RAW: Final = "roh:"
BLANK: Final = "leer:"
WORDS: Final = "wort:"
FAILED: Final = "fehl:"
_SIGNS: Final = r"(?i)\b[bcdfghjklmnpqrstvwxz]{6,}|[aeiouäöü]{6,}"
_MILD, _HARD, _GRAVE = 0.12, 0.45, 0.6
_FEW: Final = 0.4


@dataclass(frozen=True, slots=True)
class Check:
    """Where `broken` is true quality falls by the share `quality`, confidence by `confidence`; `reason` is a text, `rule` a relation."""

    broken: pl.Expr
    quality: float
    confidence: float
    reason: pl.Expr
    rule: str | None = None


def prepared(frame: pl.DataFrame, profile: Profile, kind: KindProfile) -> pl.DataFrame:
    """A frame of what the checks look at, a row a record."""
    columns: list[pl.Series] = []
    for one in kind.columns:
        if one.sort == "leer" and one.column not in frame.columns:
            continue
        values = frame[one.column] if one.column in frame.columns else pl.Series(one.column, [None] * len(frame), dtype=pl.String)
        columns += _views(values, one)
    made = pl.DataFrame(columns) if columns else pl.DataFrame({"§": [None] * len(frame)})
    if _speaks(kind):
        made = made.hstack(profile.words.read(frame["text"].cast(pl.String), WORDS))
    return made


def _views(values: pl.Series, one: Usual) -> Iterator[pl.Series]:
    name = one.column
    if unread(values):
        values = pl.Series(name, [None] * len(values), dtype=pl.String)
    empty = blank(values)
    raw = text_of(values)
    raw = raw.set(empty, None)
    yield empty.alias(BLANK + name)
    yield raw.alias(RAW + name)
    yield readings_of(values, raw, one.sort, one.notation).alias(name)
    if one.check is not None:
        yield (~CHECKS[one.check](raw) & raw.is_not_null()).alias(FAILED + name)
    if one.shapes:
        short = raw.str.slice(0, 60)
        yield shapes(short, runs=one.runs).is_in(list(one.shapes)).not_().alias(f"form:{name}")


def _speaks(kind: KindProfile) -> bool:
    return any(one.column == "text" and one.sort == "text" for one in kind.columns)


def checks(kind: KindProfile, profile: Profile) -> list[Check]:
    """All checks of a kind, in the order in which reasons are told."""
    found = [check for one in kind.columns for check in _of(one, profile)]
    found += [_related(relation) for relation in kind.relations]
    if _speaks(kind):
        found += _wording(kind)
    return found


def _of(one: Usual, profile: Profile) -> Iterator[Check]:
    yield from _missing(one)
    if one.sort == "leer":
        return
    yield from _written(one)
    if one.sort in ("zahl", "tag"):
        yield from _measured(one, profile)
    if one.sort == "mail":
        yield _check(one, ~pl.col(RAW + one.column).str.contains(EMAIL), _HARD, "{} „{}“ ist keine E-Mail-Adresse", one.fits)
    if one.values:
        seen = pl.col(one.column).cast(pl.String).is_in(list(one.values))
        yield _check(one, ~seen, {"auswahl": _HARD, "zahl": _MILD}.get(one.sort, 0.25), "{} „{}“ kommt sonst nicht vor")
    if one.shapes:
        yield _check(
            one,
            pl.col(f"form:{one.column}"),
            _HARD if any("9" in shape for shape in one.shapes) else 0.3,
            "{} „{}“ hat eine andere Form als sonst",
            one.fits,
        )
    if one.check is not None:
        yield _check(one, pl.col(FAILED + one.column), _GRAVE, f"{{}} „{{}}“: die Prüfziffer ({one.check}) stimmt nicht")
    if one.sort in ("text", "name"):
        yield from _letters(one)


def _missing(one: Usual) -> Iterator[Check]:
    if not one.expected:
        return
    weight = _HARD * strength(one.fill)
    yield Check(pl.col(BLANK + one.column), weight, weight, pl.lit(f"{name_of(one.column)} fehlt"))


def _written(one: Usual) -> Iterator[Check]:
    raw = pl.col(RAW + one.column)
    if one.sort in ("zahl", "tag"):
        told = "{} „{}“ ist keine Zahl" if one.sort == "zahl" else "{} „{}“ ist kein Tag, den es gibt"
        yield _check(one, pl.col(one.column).is_null() & raw.is_not_null(), _GRAVE, told, one.fits)
        return
    if one.sort not in ("auswahl", "code") or not one.shapes:
        yield _check(one, raw.str.contains(MOJIBAKE), _HARD, "{} „{}“ enthält falsch gelesene Zeichen")
        yield _check(one, raw.str.contains(MARKUP), 0.3, "{} „{}“ enthält Reste von Auszeichnung")


def _measured(one: Usual, profile: Profile) -> Iterator[Check]:
    value, bounds = pl.col(one.column), one.fence
    if one.sort == "tag":
        yield _check(one, (value < -25_567) | (value > 47_482), _GRAVE, "{} „{}“ liegt außerhalb der Jahre 1900 bis 2099")
        if profile.today is not None and not one.future:
            yield _check(one, value.cast(pl.Int32, strict=False).cast(pl.Date) > profile.today, _HARD, "{} „{}“ liegt in der Zukunft")
    if bounds is None:
        return
    told = "{} „{}“ liegt weit außerhalb des Üblichen" if one.sort == "zahl" else "{} „{}“ liegt weit von den anderen Tagen"
    yield _check(one, _outside(value, bounds), _HARD, told)
    if one.sort == "zahl" and bounds.usual[0] >= 0:
        yield _check(one, value < 0, _HARD, "{} „{}“ ist negativ")


def _outside(value: pl.Expr, bounds: Fence) -> pl.Expr:
    """The outermost numbers, but for zero where zero is usual."""
    out = (value < bounds.low) | (value > bounds.high)
    return out & (value != 0) if bounds.zero else out


def _letters(one: Usual) -> Iterator[Check]:
    raw = pl.col(RAW + one.column)
    yield _check(one, raw.str.to_lowercase().str.contains(REPEATED), _HARD, "{} „{}“ wiederholt ein Zeichen")
    letters, words = raw.str.count_matches(r"\p{L}"), raw.str.count_matches(WORD_ALONE)
    yield _check(one, (letters < 0.4 * raw.str.len_chars()) & (words < 2), _HARD, "{} „{}“ enthält kaum Buchstaben")
    if one.sort == "name":
        yield _check(one, raw.str.contains(_SIGNS), 0.3, "{} „{}“ ist kein lesbares Wort")
    if one.length is not None:
        size = raw.str.len_chars()
        yield _check(one, size < one.length.low, 0.35, "{} „{}“ ist auffallend kurz")
        yield _check(one, size > one.length.high, 0.2, "{} „{}“ ist auffallend lang")
    if one.sort == "text" and one.ends >= 0.85:
        yield _check(one, ~raw.str.contains(r"[.!?…)\]:»”\"']\s*$"), 0.35, "{} „{}“ bricht ab", one.ends)


def _wording(kind: KindProfile) -> Iterator[Check]:
    shown, words = _shown("text"), pl.col(WORDS + "words")
    if kind.known is not None:
        low = min(max(kind.known.low, _FEW * kind.known.usual[1]), 0.9)
        garbled = (words >= 3) & (pl.col(WORDS + "known") < low)
        yield Check(garbled, _HARD, _HARD, pl.format("text „{}“ besteht kaum aus bekannten Wörtern", shown))
    votes = {lang: pl.col(WORDS + lang) for lang in LANGUAGES}
    if not any(one.column == "lang" and one.sort != "leer" for one in kind.columns):
        return
    declared = pl.col(RAW + "lang").str.slice(0, 2).str.to_lowercase()
    for lang, own in votes.items():
        best = pl.max_horizontal([other for name, other in votes.items() if name != lang])
        broken = (declared == lang) & (best >= 2) & (best > 2 * own)
        yield Check(broken, _HARD, _HARD, pl.format("text „{}“ ist nicht in der Sprache {}", shown, pl.lit(lang)))


def _related(relation: Relation) -> Check:
    weight = _HARD * strength(relation.kept)
    return Check(relation.broken, weight, weight, relation.reason, relation.told)


def strength(kept: float) -> float:
    """How much a breach counts: whole where 95 of 100 records keep the rule, a fifth where 80 do."""
    return min(1.0, max(0.2, 1 - (0.95 - kept) / 0.15 * 0.8))


def _shown(column: str) -> pl.Expr:
    return pl.col(RAW + column).str.slice(0, 40)


def _check(one: Usual, broken: pl.Expr, weight: float, told: str, kept: float = 1.0) -> Check:
    weight *= strength(kept)
    return Check(broken, weight, weight, pl.format(told, pl.lit(name_of(one.column)), _shown(one.column)))


def unclear(kind: KindProfile) -> list[Check]:
    """Values that can be read in two ways: they lower confidence, not quality."""
    found = []
    for one in kind.columns:
        raw = pl.col(RAW + one.column)
        if one.ambiguous and one.sort == "zahl":
            found.append(
                _unclear(
                    one, raw.str.contains(r"^[+\-]?[1-9]\d{0,2}[.,]\d{3}(?:\s|$)"), "{} „{}“: Tausender oder Komma ist nicht zu erkennen"
                )
            )
        if one.ambiguous and one.sort == "tag":
            found.append(
                _unclear(
                    one,
                    raw.str.contains(r"^(?:0?[1-9]|1[0-2])/(?:0?[1-9]|1[0-2])/\d{4}"),
                    "{} „{}“: Tag und Monat sind nicht zu unterscheiden",
                )
            )
    return found


def _unclear(one: Usual, broken: pl.Expr, told: str) -> Check:
    return Check(broken, 0.0, 0.35, pl.format(told, pl.lit(name_of(one.column)), _shown(one.column)))
