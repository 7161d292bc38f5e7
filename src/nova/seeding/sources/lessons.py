"""A record of the room `training` in, the same as a model may learn from it out: a question of a section's heading, a quote as its answer.

An answer that is made of a section is its first sentences as they stand there, in the passage that is given beside it. In one that was
given, what it cites stands as the passage's number (`[1]`), and what was proposed to be asked next is left out. So are the names of places
that Nova puts before what it quotes: a model that does not see them would learn to make some up.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence

from nova.language.fold import fold
from nova.language.lines import unbroken
from nova.language.sentences import sentences

LAW = "regulation"
PASSAGE, QUOTE, LEAST = 1800, 420, 40
TEXTS, SECTION = ("question", "answer", "rejected"), ("label", "norm", "heading")
_DULL = re.compile(r"inhalts(?:uebersicht|verzeichnis)|weggefallen|aufgehoben|eingangsformel|schlussformel|^anlage|^anhang|impressum")
_SHORT = re.compile(r"\s*\((?P<short>[A-ZÄÖÜ][\w-]{1,15})(?:\s[^()]*)?\)\s*$")
_MARK = re.compile(r"^\s*(?:\(?\d+[a-z]?[.)]\s+|[a-z]\)\s+|#+\s*|[-–•*]\s+)+")
_CITED = re.compile(r"\s?\[(?:chunk|data)\s+(?P<id>[0-9a-f-]{36})\]")
_NEXT = re.compile(r"\s*\n\s*Als Nächstes könnten Sie fragen: .*\Z", re.DOTALL)
_PLACE = r"(?:„[^“]*“|§|Art|Anlage|Anhang)(?:„[^“]*“|[^:„“\n])*?"
_FRAME = re.compile(rf"(?:(?<=^)|(?<=\] ))(?:Nach|Laut|Dazu) {_PLACE}: (?=\S)")
_SEE_ALSO = re.compile(r"(?<=\] )Siehe auch [^\n\[]+\.(?: \[\d+\])*\s*$")
GIVEN = ("answer", "review")
Clean = Callable[[str], str | None]
Row = Mapping[str, str | None]


def lesson(row: Row, clean: Clean) -> dict[str, str | None] | None:
    """A record with texts that `clean` left; None where one could not be checked, or a section says nothing that can be asked.

    Passages of laws are public and stay as they are.
    """
    given = json.loads(row["context"] or "[]")
    passages = _passages(given, clean)
    if passages is None:
        return None
    made = {name: value for name, value in row.items() if name not in SECTION} | {"template": ""}
    if row["source"] in ("document", LAW):
        return _of_section(row, made, passages[0], clean)
    texts = _cleaned(row, [one[2] for one in given], clean)
    return None if texts is None else made | texts | {"context": json.dumps(passages, ensure_ascii=False)}


def _passages(given: Sequence[Sequence[str]], clean: Clean) -> list[str] | None:
    found = [text if kind == LAW else clean(text) for kind, text, _ in given]
    return None if None in found else [unbroken(str(text)) for text in found]


def _cleaned(row: Row, ids: Sequence[str], clean: Clean) -> dict[str, str | None] | None:
    told = {name: said(row[name] or "", ids) for name in TEXTS}
    if row["source"] in GIVEN:
        told["answer"] = _SEE_ALSO.sub("", _FRAME.sub("", told["answer"])).strip()
    texts = {name: clean(text) for name, text in told.items()}
    return None if None in texts.values() else texts


def said(answer: str, cited: Sequence[str]) -> str:
    """An answer as it is learned: what it cites by the number of the passage, of others and of figures nothing, and no next question."""
    numbers = {one: f" [{at}]" for at, one in enumerate(cited, 1)}
    return _CITED.sub(lambda match: numbers.get(match["id"], ""), _NEXT.sub("", answer))


def _of_section(row: Row, made: dict[str, str | None], text: str, clean: Clean) -> dict[str, str | None] | None:
    label = (row["label"] or "").strip()
    heading = (row["heading"] or "").strip().removeprefix(label).strip(" :.–-")
    asked = asked_of(label, heading, row["question"] or "", norm=bool(row["norm"]))
    question = asked if asked is None or row["source"] == LAW else clean(asked)
    passage = _whole(text, PASSAGE)
    quote = quote_of(passage, (heading, f"{label} {heading}"))
    if question is None or quote is None:
        return None
    context = json.dumps([passage], ensure_ascii=False)
    return made | {"question": question, "answer": quote, "context": context, "template": f"heading:{fold(heading or question)}"}


def asked_of(label: str, heading: str, document: str, *, norm: bool) -> str | None:
    """What a heading answers ("Was regelt § 17 StromGVV zu „Zahlung, Verzug“?"); None where there is nothing to ask."""
    if _DULL.search(fold(heading)) or _DULL.search(fold(label)):
        return None
    short = _SHORT.search(document)
    name = short["short"] if short else document.strip()
    if norm and label:
        return f"Was regelt {label} {name} zu „{heading}“?" if heading else f"Was regelt {label} {name}?"
    is_its_name = _SHORT.sub("", heading) in ("", name, _SHORT.sub("", document))
    return None if is_its_name else f"Was steht in „{name}“ zu „{heading}“?"


def quote_of(passage: str, headings: Sequence[str] = ()) -> str | None:
    """The first whole sentences of a passage, word for word, an enumeration whole; None where they are too long or none is there."""
    names = {fold(one) for one in headings}
    spans = [span for span in sentences(passage) if fold(_MARK.sub("", passage[slice(*span)])) not in names]
    ends = [end for at, (_, end) in enumerate(spans) if _ends(passage, spans, at)]
    return _quoted(passage, spans[0][0], ends) if ends else None


def _quoted(passage: str, start: int, ends: Sequence[int]) -> str | None:
    mark = _MARK.match(passage[start : ends[0]])
    start += mark.end() if mark else 0
    quote = passage[start : max([end for end in ends if end - start <= QUOTE], default=ends[0])]
    return quote if LEAST <= len(quote) <= 2 * QUOTE else None


def _ends(passage: str, spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether a sentence ends with a span: with its sign, more than an enumerator, and nothing goes on in small letters."""
    said = passage[slice(*spans[at])].rstrip()
    goes_on = at + 1 < len(spans) and passage[spans[at + 1][0]].islower()
    return not goes_on and said.endswith((".", "!", "?")) and len(said.split()) > 1


def _whole(text: str, most: int) -> str:
    """A text up to the last sentence that ends before so many characters."""
    if len(text) <= most:
        return text.strip()
    ends = [end for _, end in sentences(text[:most])][:-1]
    return text[: ends[-1] if ends else most].strip()
