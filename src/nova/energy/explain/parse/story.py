"""A message that tells something before it asks in, its question out: what is told names days, too, that nobody asks for."""

import re
from collections.abc import Sequence
from datetime import datetime

from nova.energy.explain.parse import periods
from nova.energy.explain.parse.lexis import ASKS
from nova.energy.explain.parse.relevance import folded
from nova.energy.explain.parse.which import named_places
from nova.energy.period import Unclear
from nova.energy.source import Meter

_END = re.compile(r"(?<=[?!])\s+|(?<=[^\W\d]\.)\s+|(?<=[a-zA-Z]\d\.)\s+")
_FEWEST = 3  # words of a question


def asked_in(message: str, now: datetime, meters: Sequence[Meter], *, surely: bool) -> str:
    """The last sentence that asks, with the meters that the others name, where it says itself of when it asks; else the whole message.

    So does one of which nobody knows `surely` that it is for data: its words are weighed as a whole.
    """
    sentences = _END.split(message)
    asking = [one for one in sentences if len(one.split()) >= _FEWEST and ASKS.search(folded(one, meters))]
    if not surely or len(sentences) < 2 or not asking or not _is_dated(folded(asking[-1], meters), now, meters):
        return message
    question = asking[-1]
    if named_places(folded(question, meters), meters):
        return question
    told = folded(message, meters)
    return " ".join((question, *(told[start:end] for start, end in named_places(told, meters))))


def _is_dated(text: str, now: datetime, meters: Sequence[Meter]) -> bool:
    try:
        return bool(periods.find(text, now, named_places(text, meters)))
    except Unclear:
        return False
