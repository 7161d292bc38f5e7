"""How a tuned model was asked while it learned and was judged: a question and the passages that answer it in, the same messages out.

A model that learned in one form and is asked in another is none that anybody judged, so Luna's prompt stays out of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from nova.answers.check.cite import quotes
from nova.answers.check.verify import Source
from nova.answers.compose.prompt import CHARS_PER_TOKEN
from nova.answers.search.select import ScoredStatement
from nova.language.inert import inert
from nova.ports import ChatMessage


@dataclass(frozen=True, slots=True)
class Form:
    """What stood before each question ("": nothing), the tokens of question and answer together, and those of an answer at most."""

    system: str
    length: int
    answer: int


def messages(
    form: Form, question: str, chosen: Iterable[ScoredStatement], sources: Sequence[Source]
) -> tuple[list[ChatMessage], list[Source]]:
    """The question with the numbered passages that hold the chosen statements, as many as have room; and these, named by their numbers.

    Of answers that people gave their consent to learn from, the passages are those that they cite (`seed_rooms.sql`, `training`).
    """
    asked, known = inert(question), {source.chunk_id: source for source in sources}
    room = int((form.length - form.answer) * CHARS_PER_TOKEN) - len(form.system) - len(asked)
    shown, used = "", list[Source]()
    for chunk_id, text in _passages(chosen).items():
        line = f"\n[{len(used) + 1}] {text}"
        if chunk_id in known and len(shown) + len(line) <= room:
            shown += line
            used.append(replace(known[chunk_id], token=str(len(used) + 1)))
    said = [ChatMessage("user", asked + shown)]
    return ([ChatMessage("system", form.system), *said] if form.system else said), used


def _passages(chosen: Iterable[ScoredStatement]) -> dict[UUID, str]:
    """The passages in which statements stand, in their order."""
    found: dict[UUID, str] = {}
    for one in chosen:
        held = one.said.held
        base = held.text.start
        for place, _ in quotes(one.said):
            text = held.text.text[max(0, place.start - base) : max(0, place.end - base)]
            found.setdefault(place.chunk_id, inert(" ".join(text.split())))
    return found
