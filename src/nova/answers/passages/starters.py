"""Headings of the held documents in, German questions Luna can answer out."""

import re
from collections.abc import Sequence
from itertools import chain, islice, zip_longest
from typing import Any

from nova.answers.passages.name import bare_heading, short_title, shortened
from nova.language.inert import inert_name

COUNT = 4
_DULL = re.compile(
    r"anwendungsbereich|begriffsbestimmung|inkrafttreten|übergang|ermächtigung|inhaltsübersicht|weggefallen|aufgehoben|eingangsformel|schlussformel"
    r"|^zweck|^anlage|^anhang|festlegung|berlin|ordnungswidrig|bußgeld|evaluierung|bericht|allgemeine|grundsatz|grundsätze",
    re.IGNORECASE,
)
_GOOD = re.compile(
    r"vertrag|kündig|abrechn|rechnung|anschluss|zähler|mess|liefer|wechsel|frist|kosten|preis|zahlung|steuer|haftung|pflicht|anspruch|zutritt|ablesung"
    r"|sicherheit|unterbrech|einspeis|förder|ladepunkt|heiz|energieausweis",
    re.IGNORECASE,
)


def heading_question(label: str, title: str, document: str, norm: str | None) -> str | None:
    """A question about one section: "Was regelt § 17 StromGVV zu „Zahlung, Verzug“?"; None where there is nothing to ask."""
    heading = inert_name(bare_heading(label, title))
    name = inert_name(short_title(document))
    if norm:
        label = inert_name(label)
        return f"Was regelt {label} {name} zu „{heading}“?" if heading else f"Was regelt {label} {name}?"
    if not heading or heading == name:
        return f"Worum geht es in „{shortened(name)}“?" if name else None
    return f"Was steht in „{shortened(name)}“ zu „{heading}“?"


def in_words(question: str) -> str:
    """The same, as one would say it: "Was steht in § 17 StromGVV zu „Zahlung, Verzug“?"."""
    return question.replace("Was regelt ", "Was steht in ", 1) if question.startswith("Was regelt ") else question


def starters(headings: Sequence[dict[str, Any]], count: int = COUNT) -> list[str]:
    """Up to `count` questions, one a document first, from headings that people ask about; the same headings give the same questions."""
    ranked: dict[str, list[tuple[int, int, str]]] = {}
    for at, row in enumerate(headings):
        question = heading_question(row["label"], row["title"], row["document"], row["norm"])
        if question and not _DULL.search(bare_heading(row["label"], row["title"])):
            ranked.setdefault(row["document"], []).append((_rank(row["title"]), at, question))
    queues = sorted(map(sorted, ranked.values()), key=lambda rows: rows[0])
    rounds = chain.from_iterable(zip_longest(*queues))
    return list(islice((one[2] for one in rounds if one), count))


def _rank(title: str) -> int:
    """0 for a short heading about what people ask for, 1 for one that is only one of both, 2 for the others."""
    rank = 0 if _GOOD.search(title) else 1
    return rank if len(title) < 70 else rank + 1
