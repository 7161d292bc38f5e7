"""Characters in one writing: NFKC, HTML entities, invisible signs, mended mojibake, blanks. Facts stay: "5²" never becomes "52".

Sources: Unicode Standard Annex 15 (normalisation forms); the named entities of HTML 5 (`html.unescape`).
"""

import html
import re

import polars as pl

INVISIBLE = "[\u00ad\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
JOINER = "([\\p{L}\\p{N}])\u200d"
"""A joiner behind a letter; behind a picture it makes one of several."""
CONTROL = "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]"
ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
POWERS = {"⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9"}
FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
COMPATIBLE = (
    r"[^\x00-\x{024F}\x{2010}-\x{2027}\x{20AC}]"
    r"|[\x{00A0}\x{00A8}\x{00AA}\x{00AF}\x{00B2}-\x{00B5}\x{00B8}-\x{00BA}\x{00BC}-\x{00BE}\x{2024}-\x{2026}\x{2011}\x{2017}]"
)
"""What NFKC might change: anything beyond the letters of Europe's languages, and the signs among them that have another form."""
MOJIBAKE = "Ã[\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â(?:‚¬|€[™œ\u009d“”¦\u0093\u0094\u0099\u009c])|Â[\u00a0-¿]"

_RUNNING_BLANKS, _SHORT_BLANKS = r"[^\S\n]{2,}|[^\S\n]\n|\n[^\S\n]|\n{3,}|^\s|\s$|[^\S\n ]", r"\s{2,}|[^\S ]|^\s|\s$"
_RUNNING, _SHORT = (
    f"{blanks}|{INVISIBLE}|{CONTROL}|{JOINER}|{ENTITY}|{MOJIBAKE}|{COMPATIBLE}" for blanks in (_RUNNING_BLANKS, f"^$|{_SHORT_BLANKS}")
)
"""Whatever may change, in running text and in short values."""


PASSES = 6


def in_one_writing(values: pl.Series, *, running: bool, passes: int = PASSES) -> pl.Series:
    """A column in one writing; an empty value of a column that is no running text is null.

    What one rule makes may be for another to change (an entity that is a blank): what was changed is looked at again, up to `passes` times.
    """
    rows = values.str.contains(_RUNNING if running else _SHORT).arg_true()
    if rows.is_empty():
        return values
    new = values.gather(rows).alias("value").to_frame().select(_harmonised(pl.col("value"), running=running)).to_series()
    if passes > 1 and not new.equals(values.gather(rows), null_equal=True):
        new = in_one_writing(new, running=running, passes=passes - 1)
    length = len(values)
    place = pl.int_range(length, eager=True).scatter(rows, pl.int_range(length, length + len(rows), eager=True))
    return pl.concat([values, new.alias(values.name)]).gather(place)


def _harmonised(value: pl.Expr, *, running: bool) -> pl.Expr:
    mended = pl.when(value.str.contains(MOJIBAKE)).then(value.map_batches(_mend, return_dtype=pl.String)).otherwise(value)
    plain = pl.when(mended.str.contains(ENTITY)).then(mended.map_batches(_unescape, return_dtype=pl.String)).otherwise(mended)
    seen = plain.str.replace_all(f"{INVISIBLE}|{CONTROL}", "").str.replace_all(JOINER, "${1}")
    odd = seen.str.contains(COMPATIBLE)
    same = pl.when(odd).then(_compatible(seen)).otherwise(seen)
    spaced = _blanks(same, running=running)
    return spaced if running else pl.when(spaced != "").then(spaced)


def _compatible(value: pl.Expr) -> pl.Expr:
    kept = value
    for sign, digit in POWERS.items():
        kept = kept.str.replace_all(rf"(\d){sign}", f"${{1}}^{digit}")
    for sign, part in FRACTIONS.items():
        kept = kept.str.replace_all(rf"(\d) ?{sign}", f"${{1}}{part.replace('.', ',')}").str.replace_all(sign, f"0{part}".replace(".", ","))
    return kept.str.normalize("NFKC")


def _blanks(value: pl.Expr, *, running: bool) -> pl.Expr:
    """One blank for several; lines stay lines in running text."""
    if not running:
        return value.str.replace_all(r"\s+", " ").str.strip_chars()
    return value.str.replace_all(r"[^\S\n]+", " ").str.replace_all(r" ?\n ?", "\n").str.replace_all(r"\n{3,}", "\n\n").str.strip_chars()


def _unescape(values: pl.Series) -> pl.Series:
    """Entities as their signs."""
    found = re.compile(ENTITY)
    return pl.Series(
        values.name,
        [html.unescape(text) if text is not None and found.search(text) else text for text in values],
        dtype=pl.String,
    )


def _mend(values: pl.Series) -> pl.Series:
    """UTF-8 that was read as Windows-1252 ("StraÃŸe"), read as what it is; unchanged where that gives no text."""
    return pl.Series(values.name, [text and mended(text) for text in values], dtype=pl.String)


def mended(text: str) -> str:
    """A text in which UTF-8 was read as Windows-1252, read again; pieces in which that gives nothing stay."""
    return re.sub(r"(?:[\u00c2-\u00f4\u0192\u0160\u017d][\u0080-\u00bf\u0152-\u2122]{1,3})+", lambda match: _read_again(match[0]), text)


def _read_again(piece: str) -> str:
    raw = bytearray()
    for sign in piece:
        try:
            raw += sign.encode("cp1252")
        except UnicodeEncodeError:
            if ord(sign) > 0xFF:
                return piece
            raw.append(ord(sign))
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return piece


def rules_of(values: pl.Series, *, running: bool) -> pl.Series:
    """By which rules changed values were changed, such as `entities+blanks`; asked only for those that were."""
    value = pl.col("value")
    blanks = _RUNNING_BLANKS if running else _SHORT_BLANKS
    tells = {
        "mojibake": value.str.contains(MOJIBAKE),
        "entities": value.str.contains(ENTITY),
        "invisible": value.str.contains(f"{INVISIBLE}|{CONTROL}|{JOINER}"),
        "nfkc": value.str.contains(COMPATIBLE),
        "blanks": value.str.contains(blanks) | (value.str.strip_chars() == ""),
    }
    named = [pl.when(tell).then(pl.lit(name)) for name, tell in tells.items()]
    joined = pl.concat_str(named, separator="+", ignore_nulls=True)
    rule = pl.when(joined != "").then(joined).otherwise(pl.lit("nfkc")).alias("rule")
    return pl.DataFrame({"value": values}).select(rule)["rule"]
