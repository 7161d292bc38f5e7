"""Rows to learn from and to be measured by in, how the base is asked with what is cheaper than tuning out; and what each of these is worth.

A prompt says what form answers have, examples are rows to learn from that stand before the question, documents are passages beside a
question that has none of its own. Examples and passages are found by their rare words: a run has no index of Nova's, and what the dataset
holds stays what it was. A row on the side that measures gives a passage, but never its answer.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from nova.german import percent
from nova.language.fold import words
from nova.language.stems import is_stop, stem
from nova.training.config import Cures
from nova.training.gates import Gate
from nova.training.limits import Limits

Name = Literal["prompt", "examples", "document"]
NAMES: tuple[Name, ...] = ("prompt", "examples", "document")
TITLES = {"prompt": "Prompt", "examples": "Beispiele", "document": "Unterlagen"}
HELPS = {
    "prompt": ("Ein besserer Prompt hilft ebenso", "nehmen Sie den, er kostet nichts"),
    "examples": ("Beispiele vor der Frage helfen ebenso", "nehmen Sie die, sie machen nur die Frage länger"),
    "document": ("Unterlagen neben der Frage helfen ebenso", "pflegen Sie die, statt zu trainieren"),
}  # fmt: skip
NEVER, HAVE = "noch nicht versucht", "jede Frage hat ihre Fundstellen schon bei sich"
UNPROVEN = "Ob Billigeres ebenso hilft, ist nicht belegt."
CHOICE = 4
"""So many times as many as wanted are offered, as the longer ones may not fit into the model."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cure:
    """What a cheaper cure is worth beside the candidate, on the same questions. It was `given` to so many, `of` so many that lack it.

    `why` says why it counts as not tried; then there are no figures.
    """

    name: Name
    why: str = ""
    given: int = 0
    of: int = 0
    facts: float | None = None
    cand_facts: float | None = None
    win: Mapping[str, float | int | None] | None = None

    @property
    def tried(self) -> bool:
        """Whether it says anything."""
        return not self.why


class Nearest:
    """Texts by id, found by the rare words that they have in common with a question."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        held = {id_: _stems(text) for id_, text in texts.items()}
        self._by_word: dict[str, list[str]] = defaultdict(list)
        for id_, some in held.items():
            for word in some:
                self._by_word[word].append(id_)
        self._length, self._all = {id_: len(some) for id_, some in held.items()}, len(held)

    def to(self, question: str, most: int) -> list[str]:
        """The ids of what is most like it, the best first; of the same worth the smallest id."""
        score = Counter[str]()
        for word in sorted(_stems(question)):
            there = self._by_word.get(word, ())
            rare = math.log(1 + self._all / (1 + len(there)))
            score.update(dict.fromkeys(there, rare))
        worth = {id_: value / math.sqrt(self._length[id_]) for id_, value in score.items()}
        return sorted(worth, key=lambda one: (-round(worth[one], 9), one))[:most]


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words(text) if not is_stop(word)}


def asked_with(name: Name, cures: Cures, system: str, rows: Mapping[str, Sequence[Row]]) -> list[dict[str, Any]]:
    """The questions as a cure asks them; `rows` are `train`, `validation` and `test` of the dataset. What needs no cure is left out."""
    if name == "prompt":
        prompt = f"{system}\n{cures.prompt}".strip()
        return [{**row, "system": prompt} for row in rows["test"]]
    return _with_examples(rows, cures.examples) if name == "examples" else _with_passages(rows, cures.passages)


def _with_examples(rows: Mapping[str, Sequence[Row]], most: int) -> list[dict[str, Any]]:
    by_topic: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows["train"]:
        by_topic[row["topic"]][row["id"]] = row
    near = {topic: Nearest({id_: f"{row['question']} {row['answer']}" for id_, row in some.items()}) for topic, some in by_topic.items()}
    made = []
    for row in rows["test"]:
        own = by_topic.get(row["topic"], {})
        found = near[row["topic"]].to(row["question"], CHOICE * most) if own else []
        found = list(dict.fromkeys([*found, *sorted(own)]))[: CHOICE * most]  # others of the topic show the form as well
        offered = [{name: own[id_][name] for name in ("id", "question", "context", "answer")} for id_ in found]
        made.append({**row, "offered": offered, "most": most})
    return made


def _with_passages(rows: Mapping[str, Sequence[Row]], most: int) -> list[dict[str, Any]]:
    first: dict[str, str] = {}
    for row in sorted((row for some in rows.values() for row in some), key=lambda one: str(one["id"])):
        for text in row["context"]:
            first.setdefault(text, row["id"])
    texts = {str(at): text for at, text in enumerate(first)}
    near = Nearest(texts)
    return [
        {**row, "most": most,
         "offered": [{"id": first[texts[at]], "context": [texts[at]]} for at in near.to(row["question"], CHOICE * most)]}
        for row in rows["test"]
        if not row["context"]
    ]  # fmt: skip


def cheaper(cures: Sequence[Cure], limits: Limits) -> Iterator[Gate]:
    """Holds a candidate that is not clearly better than something cheaper, and one beside which too little of that was tried."""
    tried = [one for one in cures if one.tried]
    helping = [f"{HELPS[one.name][0]}: {_figures(one)}; {HELPS[one.name][1]}." for one in tried if _helps(one, limits)]
    enough = len(tried) >= limits.cures
    told = " ".join(helping) or f"{_beside(tried) if enough else UNPROVEN} {_untried(cures)}".strip()
    yield Gate("cheaper", min(map(_low, tried), default=None), limits.cure_low, enough and not helping, told)


def _beside(tried: Sequence[Cure]) -> str:
    return " ".join(f"Besser als {TITLES[one.name]}: {_figures(one)}." for one in tried)


def _untried(cures: Sequence[Cure]) -> str:
    return " ".join(f"{TITLES[one.name]}: {one.why}." for one in cures if not one.tried)


def _low(one: Cure) -> float:
    """The lower bound of how often the candidate wins against it."""
    return float((one.win or {}).get("low") or 0.0)


def _helps(one: Cure, limits: Limits) -> bool:
    return _low(one) <= limits.cure_low or (one.facts or 0.0) > (one.cand_facts or 0.0) + limits.cure_facts


def _figures(one: Cure) -> str:
    rate = float((one.win or {}).get("rate") or 0.0)
    facts = f"{percent(one.facts or 0.0)} der Fakten, das Modell {percent(one.cand_facts or 0.0)}"
    return f"{facts}; Gewinnrate des Modells {percent(rate)} (mindestens {percent(_low(one))})"
