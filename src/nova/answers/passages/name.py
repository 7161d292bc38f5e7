"""Documents and sections in, how Luna names them in German out: "§ 37 Absatz 2 MsbG", "„Anschlusshandbuch“, Abschnitt 3.1"."""

import re
from collections.abc import Sequence

from nova.answers.passages.analyse import AnalysedStatement
from nova.answers.passages.shelf import HeldSection
from nova.answers.passages.statements import Statement
from nova.language.inert import inert_name

_BRACKET = re.compile(r"\(([^()]{2,40})\)\s*$")
_YEAR = re.compile(r"\s+(?:19|20)\d\d$")
_LONGEST = 90


def short_title(document: str) -> str:
    """A law's abbreviation ("EnWG" of "Gesetz ... (EnWG 2005)"), else the title, cut where it is long."""
    bracket = _BRACKET.search(document)
    if bracket and re.search(r"[A-ZÄÖÜ].*[A-ZÄÖÜ]", bracket.group(1)):
        return _YEAR.sub("", bracket.group(1))
    return shortened(document)


def is_law(held: HeldSection) -> bool:
    """Whether a section is a provision of a law or regulation."""
    return held.text.norm is not None


def place_name(held: HeldSection, statement: Statement | None = None) -> str:
    """How an answer names a place: "§ 37 Absatz 2 MsbG", "Abschnitt 3.1 in „Handbuch“", "„Handbuch“, „Preise“" or "„Handbuch“"."""
    text, name = held.text, short_title(held.document)
    if is_law(held):
        absatz = f" Absatz {statement.absatz}" if statement and statement.absatz else ""
        return f"{inert_name(text.label)}{absatz} {inert_name(name)}"
    heading = bare_heading(text.label, text.title)
    if text.label:
        return f"Abschnitt {inert_name(text.label)} in „{inert_name(name)}“"
    return f"„{inert_name(name)}“, „{inert_name(heading)}“" if heading and heading != name else f"„{inert_name(name)}“"


def places(told: Sequence[AnalysedStatement]) -> str:
    """Several places in one listing, the Absätze of a provision together: "§ 6 Absatz 1 und 5 MessbG und § 3 StromStV"."""
    grouped: dict[str, tuple[AnalysedStatement, dict[str, None]]] = {}
    for said in told:
        _, numbers = grouped.setdefault(place_name(said.held), (said, {}))
        if said.statement.absatz:
            numbers[said.statement.absatz] = None
    return enumerated([_several(said, list(numbers)) for said, numbers in grouped.values()])


def _several(said: AnalysedStatement, numbers: Sequence[str]) -> str:
    if not numbers or not is_law(said.held):
        return place_name(said.held)
    ordered = sorted(numbers, key=lambda number: (int(re.sub(r"\D", "", number) or 0), number))
    return f"{inert_name(said.held.text.label)} Absatz {enumerated(ordered)} {inert_name(short_title(said.held.document))}"


def enumerated(words: Sequence[str]) -> str:
    """ "a, b und c"."""
    return f"{', '.join(words[:-1])} und {words[-1]}" if len(words) > 1 else "".join(words)


def bare_heading(label: str, title: str) -> str:
    """A heading's words without its label: "Informationspflichten des grundzuständigen Messstellenbetreibers"."""
    bare = title.removeprefix(label).strip(" .:–-\t")
    return shortened(bare)


def shortened(words: str) -> str:
    """Words cut at a word's end where they are long."""
    if len(words) <= _LONGEST:
        return words
    return words[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"
