"""An answer and what was found for it in, the numbers that tell how well it is founded out: no words, so that they may always be kept."""

from collections.abc import Sequence
from typing import Any

from nova.answers.check.abstain import margin, signals
from nova.answers.search.retrieve import Retrieval
from nova.answers.search.select import ScoredStatement
from nova.language.analyser import Analyser
from nova.records import Answer

SentencePlaces = list[list[Any]]


def knew(
    found: Retrieval, chosen: Sequence[ScoredStatement], analyser: Analyser, answer: Answer, *, follows: bool = False, doubt: float = 0.0
) -> dict[str, Any]:
    """Numbers of one answer; `follows` and `doubt` as it was decided with: its question goes on, it rather wants something else.

    `best`: the index's best raw score. `concepts`: of how many things the question speaks, `cover`: the share of them (0 to 1, weighted by
    how telling they are) that the best three statements speak of. `margin`: how far above what an answer needs the signals and rules are
    (1: just enough). `direct`: whether the question named a provision that is there. `readings` and `read`: how many sections were read,
    and their characters. `said`: a list for each sentence: where it stands in the answer's text (from, to), its citations' numbers, how
    many facts of data it says, and 1 where it was proven.
    """
    known: dict[str, Any] = {
        "best": round(found.best_score, 4),
        "concepts": len(found.question.concepts),
        "readings": len(found.readings),
        "read": sum(len(reading.held.text.text) for reading, _ in found.readings),
        "direct": bool(found.direct),
        "said": said(answer),
    }
    if chosen:
        cover = signals(found, chosen, analyser)["cover"]
        reached = margin(found, chosen, analyser, follows=follows, doubt=doubt)
        known |= {"cover": round(cover, 4), "margin": round(reached, 4)}
    return known


def said(answer: Answer) -> SentencePlaces:
    """Where each sentence stands, and what it rests on."""
    at, spans = 0, []
    for sentence in answer.sentences:
        start = answer.text.find(sentence.text, at)
        if start < 0:  # never: the text is made of the sentences
            continue
        at = start + len(sentence.text)
        spans.append([start, at, list(sentence.citations), len(sentence.facts), int(sentence.checked)])
    return spans
