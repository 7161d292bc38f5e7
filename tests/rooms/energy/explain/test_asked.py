"""How many of the questions that an office asks are read as they are meant; those held out are counted apart."""

import re

import pytest

from nova.energy.cheapest import USUAL_HOURS
from nova.energy.explain.parse.asked import Question, Refusal
from nova.energy.explain.parse.question import read
from nova.energy.period import describe
from nova.energy.source import Meter
from tests.rooms.energy.explain.questions import HELD_OUT, KNOWN, OF_DOCUMENTS, WHEN
from tests.rooms.energy.explain.test_question import METERS, NOW

NAMES = {"HH-001": "H1", "HH-002": "H2", "HH-003": "H3", "BIZ-1": "B", "PV-9": "PV"}
RIGHT = 0.9  # of what is held out


def meant(text: str) -> str:
    """A line of the table with its periods in words."""
    return re.sub(r"@(\w+)", lambda match: WHEN[match[1]], text)


def named(meters: tuple[Meter, ...]) -> str:
    """Meters as the table calls them."""
    return "+".join(NAMES[one] for meter in meters for one in (meter.parts or (meter.meter_id,))) or "-"


def part(asked: Question) -> str:
    """A question as a line of the table."""
    ask: str = asked.ask
    if asked.top is not None:
        what = {"cheapest": "price", "dearest": "price", "mean": "energy"}.get(ask, ask)
        ask = f"{what}{'<' if asked.top.least else '>'}{asked.top.count}{asked.top.unit}"
    if ask == "window":
        ask = f"window:{asked.hours or USUAL_HOURS:g}"
    who = named(asked.among or ((asked.meter,) if asked.meter and ask != "forecast" else ()))
    how = "!why" if asked.why else "!usual" if asked.usual else "!now" if asked.now else ""
    soon = asked.ask == "window" and asked.period.start == int(NOW.timestamp()) // 900 * 900
    when = "now" if soon else describe(asked.period)
    against = f" / {describe(asked.against)}" if asked.against else ""
    return f"{ask}{how} {who}{'~' + named((asked.rival,)) if asked.rival else ''} {when}{against}"


def reading(question: str) -> str:
    """What a question is read as."""
    found = read(question, NOW, METERS)
    if found is None:
        return "documents"
    return "refused" if isinstance(found, Refusal) else "; ".join(part(one) for one in found)


@pytest.mark.parametrize(("question", "expected"), KNOWN.items())
def test_a_question_of_an_office_is_read(question: str, expected: str) -> None:
    assert reading(question) == meant(expected)


def test_most_of_what_is_held_out_is_read() -> None:
    wrong = {question: reading(question) for question, expected in HELD_OUT.items() if reading(question) != meant(expected)}
    share = 1 - len(wrong) / len(HELD_OUT)
    print(f"right {len(HELD_OUT) - len(wrong)} of {len(HELD_OUT)}, wrong {wrong}")
    assert share >= RIGHT


def test_what_only_documents_tell_is_left_to_them() -> None:
    assert [question for question in OF_DOCUMENTS if reading(question) != "documents"] == []
