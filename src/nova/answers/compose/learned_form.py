"""How a tuned model was asked while it learned and was judged: a question and the passages that answer it in, the same messages out.

A model that learned in one form and is asked in another is none that anybody judged, so Luna's prompt stays out of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from nova.answers.check.verify import Source
from nova.answers.compose.prompt import CHARS_PER_TOKEN
from nova.language.inert import inert
from nova.language.lines import unbroken
from nova.ports import ChatMessage
from nova.records import Passage


@dataclass(frozen=True, slots=True)
class Form:
    """What stood before each question ("": nothing), the tokens of question and answer together, and those of an answer at most."""

    system: str
    length: int
    answer: int


def messages(form: Form, question: str, cited: Iterable[Passage], sources: Sequence[Source]) -> tuple[list[ChatMessage], list[Source]]:
    """The question with numbered passages, as many as have room; and these, named by their numbers.

    `cited` are those that an answer composed of the documents would cite: of answers that people let a model learn from, the passages
    are those that they cite (`seed_rooms.sql`, `training`).
    """
    asked, known = inert(question), {source.chunk_id: source for source in sources}
    room = int((form.length - form.answer) * CHARS_PER_TOKEN) - len(form.system) - len(asked)
    shown, used = "", list[Source]()
    for chunk_id, text in {passage.chunk_id: passage.text for passage in cited}.items():
        line = f"\n[{len(used) + 1}] {inert(unbroken(text.strip()))}"
        if chunk_id in known and len(shown) + len(line) <= room:
            shown += line
            used.append(replace(known[chunk_id], token=str(len(used) + 1)))
    said = [ChatMessage("user", asked + shown)]
    return ([ChatMessage("system", form.system), *said] if form.system else said), used
