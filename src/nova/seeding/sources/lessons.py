"""A record of the room `training` in, the same as a model may learn from it out: a question of a section's heading, a quote as its answer.

An answer that is made of a section is its first sentences as they stand there, in the passage that is given beside it.
"""

import json
import re
from collections.abc import Callable, Mapping

from nova.language.fold import fold
from nova.language.sentences import sentences

LAW = "regulation"
PASSAGE, QUOTE, LEAST = 1800, 420, 40
TEXTS = ("question", "answer", "rejected")
_DULL = re.compile(r"inhalts(?:uebersicht|verzeichnis)|weggefallen|aufgehoben|eingangsformel|schlussformel|^anlage|^anhang|impressum")
_SHORT = re.compile(r"\s*\((?P<short>[A-ZÄÖÜ][\w-]{1,15})(?:\s[^()]*)?\)\s*$")
_MARK = re.compile(r"^\s*(?:\(?\d+[a-z]?[.)]\s*|[a-z]\)\s*|#+\s*|[-–•*]\s+)+")
Clean = Callable[[str], str | None]
Row = Mapping[str, str | None]


def lesson(row: Row, clean: Clean) -> dict[str, str | None] | None:
    """A record with texts that `clean` left; None where one could not be checked, or a section says nothing that can be asked.

    Passages of laws are public and stay as they are.
    """
    context = [text if kind == LAW else clean(text) for kind, text in json.loads(row["context"] or "[]")]
    passages = [text for text in context if text is not None]
    if len(passages) < len(context):
        return None
    made = {name: value for name, value in row.items() if name not in ("label", "norm", "heading")} | {"template": ""}
    if row["source"] in ("document", LAW):
        return _of_section(row, made, passages[0])
    texts = _cleaned(row, clean)
    return None if texts is None else made | texts | {"context": json.dumps(passages, ensure_ascii=False)}


def _cleaned(row: Row, clean: Clean) -> dict[str, str | None] | None:
    texts = {name: clean(row[name] or "") for name in TEXTS}
    return None if None in texts.values() else texts


def _of_section(row: Row, made: dict[str, str | None], text: str) -> dict[str, str | None] | None:
    heading = (row["heading"] or "").strip()
    question = asked_of(row["label"] or "", heading, row["question"] or "", norm=bool(row["norm"]))
    passage = _whole(text, PASSAGE)
    quote = quote_of(passage, heading)
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
    return f"Was steht in „{name}“ zu „{heading}“?" if heading and heading != name else None


def quote_of(passage: str, heading: str = "") -> str | None:
    """The first whole sentences of a passage, word for word; None where none is one, or nothing but the heading is there."""
    spans = sentences(passage)
    first = next((at for at, (start, end) in enumerate(spans) if _says(passage[start:end], heading)), None)
    if first is None:
        return None
    start, end = spans[first]
    for _, further in spans[first + 1 :]:
        if further - start > QUOTE:
            break
        end = further
    mark = _MARK.match(passage[start:end])
    quote = passage[start + (mark.end() if mark else 0) : end]
    return quote if LEAST <= len(quote) <= 2 * QUOTE else None


def _says(sentence: str, heading: str) -> bool:
    """Whether a sentence is whole, and more than the heading once more."""
    said = _MARK.sub("", sentence).rstrip()
    return said.endswith((".", "!", "?", ";")) and fold(said) != fold(heading)


def _whole(text: str, most: int) -> str:
    """A text up to the last sentence that ends before so many characters."""
    if len(text) <= most:
        return text.strip()
    ends = [end for _, end in sentences(text[:most])][:-1]
    return text[: ends[-1] if ends else most].strip()
