"""A text in, the same in other writings and wordings out: no variant says another fact, and none loses or brings a word that tells one.

Rewritten are days and amounts, greetings and closings, words of the trade, the voice of frequent sentences, and the order of sentences
that do not lean on each other. Each variant is read again before it is given: every sentence's facts are those of a sentence of the
original, and beside the words that `wordings.yaml` exchanges the same words occur as often.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise

import numpy as np
import polars as pl

from nova import german
from nova.errors import InvalidInput
from nova.language.sentences import sentences
from nova.seeding.marks import marked
from nova.seeding.step import ID
from nova.seeding.synthetic.wordings import WORD, Wording, wording
from nova.seeding.texts.facts import tokens_of
from nova.seeding.values import DECIMAL, date_of, number_of

MOST = 20
_TRIES = 6
_DATE = re.compile(
    r"(?<![\w.,-])(?:\d{4}-\d\d-\d\d|\d{1,2}[.-]\d{1,2}[.-]\d{4}|\d{1,2}\.? [A-Za-zä]{3,9} \d{4}|[A-Z][a-z]{2,8} \d{1,2}, \d{4})(?![\w-])"
)
_NUMBER = r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_MONEY = re.compile(rf"(?<![\w.,])(?:(?:EUR ?|€ ?)(?P<a>{_NUMBER})|(?P<b>{_NUMBER}) ?(?:EUR|€|Euro|euro))(?![\w/]|[.,]\d)")
_ENERGY = re.compile(rf"(?<![\w.,])(?P<a>{_NUMBER}) ?(?:kWh|Kilowattstunden|kilowatt hours)(?!\w)")


def variants(text: str, count: int, language: str = "de", seed: int = 1) -> list[str]:
    """At most `count` different texts with the facts of this one, the same for the same seed; fewer where it can be said in fewer ways.

    InvalidInput for a language without a wording, or a count outside of 0 to 20.
    """
    if not 0 <= count <= MOST:
        raise InvalidInput(f"Von einem Text gibt es 0 bis {MOST} Varianten.")
    text, how, found = text.strip(), wording(language), list[str]()
    for begin in range(0, _TRIES * count, 2 * count or 1) if WORD.search(text) else ():
        told = [_varied(text, how, language, _dice(f"{seed}/{attempt}/{text}")) for attempt in range(begin, begin + 2 * count)]
        found = list(dict.fromkeys([*found, *_true(text, told, language)]))
        if len(found) >= count:
            break
    return found[:count]


def varied(frame: pl.DataFrame, count: int, seed: int = 1, text: str = "text", language: str = "lang") -> pl.DataFrame:
    """Variants of each record as records `id~v1`, marked, `_from` the record; all else is the record's own, whose it is, too.

    A record in a language that there is no wording of, or without a text, has none. InvalidInput where there is no such column.
    """
    if text not in frame.columns:
        raise InvalidInput(f"Die Daten haben keine Spalte „{text}“.")
    spoken = frame[language].cast(pl.String).fill_null("de") if language in frame.columns else pl.Series(["de"] * len(frame))
    pairs = zip(frame[text].cast(pl.String), spoken, strict=True)
    made = [variants(own, count, spoke, seed) if own and spoke in ("de", "en", "nl") else [] for own, spoke in pairs]
    told = frame.with_columns(pl.Series(text, made, dtype=pl.List(pl.String))).filter(pl.col(text).list.len() > 0)
    told = told.with_columns(pl.int_ranges(1, pl.col(text).list.len() + 1).alias("number"))
    told = told.explode(text, "number", empty_as_null=True, keep_nulls=True)
    return marked(told.with_columns(pl.format("{}~v{}", ID, "number").alias(ID)).drop("number"), told[ID])


def same_facts(one: str, other: str, language: str = "de") -> bool:
    """Whether two texts say the same facts sentence by sentence, and the same words beside those that may be exchanged."""
    before, after = _told([one, other], language)
    return before == after


def _true(text: str, others: Sequence[str], language: str) -> list[str]:
    """Those that differ from a text and tell what it tells."""
    fresh = [one for one in dict.fromkeys(others) if one != text]
    before, *after = _told([text, *fresh], language)
    return [one for one, said in zip(fresh, after, strict=True) if said == before]


def _told(texts: Sequence[str], language: str) -> list[tuple[list[list[str]], Counter[str]]]:
    """Of each text the facts of the sentences that have some, and the words that no rewriting may touch."""
    parted = [[text[start:end] for start, end in sentences(text)] for text in texts]
    facts = iter(_facts([sentence for parts in parted for sentence in parts], language))
    may = wording(language).vocabulary
    firm = [Counter(word for word in map(str.lower, WORD.findall(text)) if word not in may) for text in texts]
    return [(sorted(filter(None, islice(facts, len(parts)))), words) for parts, words in zip(parted, firm, strict=True)]


def _facts(said: list[str], language: str) -> list[list[str]]:
    """The facts of each sentence, sorted."""
    tokens = tokens_of(pl.Series(said, dtype=pl.String), pl.Series([language] * len(said), dtype=pl.String))
    words = tokens.words.to_list()
    return [sorted(words[code] for code in tokens.of(row) if tokens.is_fact[code]) for row in range(len(said))]


def _dice(name: str) -> np.random.Generator:
    return np.random.default_rng(int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()))


def _varied(text: str, how: Wording, language: str, rng: np.random.Generator) -> str:
    spans = sentences(text)
    gaps = [text[end:start] for (_, end), (start, _) in pairwise(spans)]
    parts = [_worded(_turned(text[start:end], how, rng), how, rng) for start, end in spans]
    parts = _ordered(parts, gaps, how, rng)
    joined = "".join(part + gap for part, gap in zip(parts, [*gaps, ""], strict=True)) if parts else text
    return _greeted(_written(joined, how, language, rng), how, rng)


def _turned(sentence: str, how: Wording, rng: np.random.Generator) -> str:
    """The sentence in another voice or order, every second time that there is one."""
    ways = [turn.form.format_map(how.groups(match)) for turn in how.turns if (match := turn.pattern.fullmatch(sentence))]
    return ways[int(rng.integers(len(ways)))] if ways and rng.random() < 0.5 else sentence


def _worded(sentence: str, how: Wording, rng: np.random.Generator) -> str:
    def other(match: re.Match[str]) -> str:
        ways = how.swaps[match[0]]
        return ways[int(rng.integers(len(ways)))] if rng.random() < 0.6 else match[0]

    return how.swap.sub(other, sentence)


def _ordered(parts: list[str], gaps: list[str], how: Wording, rng: np.random.Generator) -> list[str]:
    """Neighbours in one paragraph change places, every second time that neither leans on another."""
    for at, gap in enumerate(gaps):
        if "\n" not in gap and rng.random() < 0.5 and all(_stands_alone(part, how) for part in parts[at : at + 2]):
            parts = [*parts[:at], parts[at + 1], parts[at], *parts[at + 2 :]]
    return parts


def _stands_alone(sentence: str, how: Wording) -> bool:
    """A whole sentence with facts of its own and no word that points to another one."""
    words = WORD.findall(sentence)
    pointing = not words or words[0] in how.begins or not how.linked.isdisjoint(words) or words[0].lower() in how.linked
    return not pointing and sentence[-1] in ".!?" and any(map(str.isdigit, sentence)) and not how.greeting.match(sentence)


def _written(text: str, how: Wording, language: str, rng: np.random.Generator) -> str:
    """Days and amounts, each kind in one form."""
    date, money, energy = (forms[int(rng.integers(len(forms)))] for forms in (how.forms[kind] for kind in ("dates", "money", "energy")))
    grouped = bool(rng.integers(2))

    def day(match: re.Match[str]) -> str:
        iso = date_of(match[0])
        if iso is None:
            return match[0]
        year, month, of_month = map(int, iso.split("-"))
        return date.format(d=of_month, m=month, y=year, month=how.months[month - 1])

    def amount(match: re.Match[str], form: str) -> str:
        written = match["a"] or match["b"]
        value = number_of(written, DECIMAL[language])
        if value in (None, "1") or re.match("0[0-9]", written):
            return match[0]
        places = len(written) - 1 - max(written.rfind(","), written.rfind(".")) if "." in value else 0
        places = places or (2 if re.search(r"[.,]00$", written) else 0)
        return form.format(n=_number(float(value), places, DECIMAL[language], grouped=grouped))

    told = _DATE.sub(day, text) if rng.random() < 0.7 else text
    told = _MONEY.sub(lambda match: amount(match, money), told) if rng.random() < 0.7 else told
    return _ENERGY.sub(lambda match: amount(match, energy), told) if rng.random() < 0.7 else told


def _number(value: float, places: int, sign: str, *, grouped: bool) -> str:
    text = f"{value:,.{places}f}"
    return (text if grouped else text.replace(",", "")).translate(german.SWAPPED if sign == "," else {})


def _greeted(text: str, how: Wording, rng: np.random.Generator) -> str:
    """Another greeting and closing; one more where somebody speaks to somebody and has said none."""
    greeting, closing = (ways[int(rng.integers(len(ways)))] for ways in (how.greetings, how.closings))
    may_greet, may_close = (bool(rng.random() < 0.5) for _ in range(2))
    bare = _is_bare(text, how)
    if may_greet:
        text = f"{greeting}!\n{text}" if bare else how.greeting.sub(greeting, text)
    if may_close:
        text = f"{text}\n{closing}" if bare else how.closing.sub(closing, text)
    return text


def _is_bare(text: str, how: Wording) -> bool:
    """Whether whole sentences speak to somebody, not to all ("#"), without a greeting or a closing."""
    words = set(WORD.findall(text))
    small = {word.lower() for word in words}
    whole = text[0].isupper() and text[-1] in ".!?" and "#" not in text
    return whole and not how.speaks.isdisjoint(words | small) and how.signed.isdisjoint(small) and not how.greeting.match(text)
