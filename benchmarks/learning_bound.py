"""How much what was learned may count: weights in, what wrong and right preferences do to known questions on the sample laws out.

    python benchmarks/learning_bound.py

`fremd`: three random candidates that do not answer are preferred with 0.9, as if the lessons of another topic had come to this question by
mistake. `geheilt`: where something wrong stands first, the answer is preferred and the first avoided with 0.6, as about a dozen judgements
bring about. nDCG@10 in points over the questions of `benchmarks/questions` that the samples answer.
"""

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from nova.answers.replay import sections
from nova.answers.search.rank import WEIGHTS, Ranker
from nova.answers.search.retrieve import CANDIDATES
from nova.answers.search.weigh import ndcg
from nova.answers.understand.concepts import understand
from nova.records import Passage, Scope
from tests.rooms.answers.shelf import ANALYSER, house

TRIED = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0)
FILES = ("answerable", "second-author-tune", "second-author-final")
HERE = Path(__file__).parent
Asked = tuple[str, frozenset[UUID]]


def questions(held: Mapping[UUID, Passage]) -> list[Asked]:
    """Questions whose section stands in the samples."""
    places: dict[tuple[str, str], set[UUID]] = {}
    for passage in held.values():
        if passage.norm:
            places.setdefault((passage.norm.partition(":")[0], passage.label), set()).add(passage.section_id)
    rows = [json.loads(line) for name in FILES for line in (HERE / "questions" / f"{name}.jsonl").read_text("utf-8").splitlines()]
    found = [(row["question"], frozenset(places.get((row["law"], row["section"]), ()))) for row in rows if row.get("law")]
    return [one for one in found if one[1]]


def main() -> None:
    """Measure every weight."""
    samples = sorted((HERE.parent / "docs" / "samples").glob("*.md"))
    context = house(*((path.stem, path.read_text("utf-8")) for path in samples))
    asked = questions(context.shelf.held)  # type: ignore[attr-defined]
    print(f"{len(asked)} Fragen")
    print("Gewicht   ohne  fremd  geheilt (von denen, wo Falsches zuerst stand)")
    for weight in TRIED:
        ranker = Ranker(ANALYSER, {**WEIGHTS, "learned": weight})
        plain, foreign, healed, before = [], [], [], []
        for text, right in asked:
            question = understand(text, ANALYSER, context.vocabulary())
            hits = context.index.search(question.vector, Scope(), CANDIDATES)
            scores = {hit.chunk_id: hit.score for hit in hits}
            passages = [_scored(one, scores[one.chunk_id]) for one in context.shelf.passages(list(scores), Scope())]
            order = ranker.rank(question, passages)
            value = ndcg(sections(order), (right,))
            plain.append(value)
            foreign.append(ndcg(sections(ranker.rank(question, passages, None, _foreign(text, order, right))), (right,)))
            mine = next((one.chunk_id for one in order if one.section_id in right), None)
            if order[0].section_id not in right and mine is not None:
                before.append(value)
                learned = {mine: 0.6, order[0].chunk_id: -0.6}
                healed.append(ndcg(sections(ranker.rank(question, passages, None, learned)), (right,)))
        gain = f"{_mean(before):5.1f} -> {_mean(healed):5.1f} ({len(healed)})"
        print(f"{weight:7.2f}  {_mean(plain):5.1f}  {_mean(foreign):5.1f}  {gain}")


def _foreign(text: str, order: Sequence[Passage], right: frozenset[UUID]) -> Mapping[UUID, float]:
    wrong = [one.chunk_id for one in order if one.section_id not in right]
    return dict.fromkeys(random.Random(text).sample(wrong, min(3, len(wrong))), 0.9)


def _scored(passage: Passage, score: float) -> Passage:
    from dataclasses import replace

    return replace(passage, score=score)


def _mean(values: Sequence[float]) -> float:
    return 100 * sum(values) / len(values) if values else 0.0


if __name__ == "__main__":
    main()
