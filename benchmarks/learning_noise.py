"""What a release does to known questions when judgements are noise, habit or right: nDCG@10 before and after, and what the gate says.

    python -m benchmarks.learning_noise FOLDER [--questions 90]

FOLDER holds laws as Markdown (docs/samples does). Two hundred made-up people ask the questions of `benchmarks/questions` that these answer.
`noise`: thumbs and clicks are drawn. `habit`: mostly useful, clicks by rank alone. `right`: what answers is found useful and clicked;
`mostly` the same, a fifth turned round. `hostile`: all of them prefer what is wrong. The gate is asked with these questions as the
operator's own.
"""

import argparse
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from benchmarks.learning_bound import Asked, questions
from nova.answers.replay import orders, sections
from nova.answers.search.retrieve import Memory, Sources
from nova.answers.search.weigh import ndcg
from nova.answers.understand.learned import RankingRelease
from nova.kpi.learn.candidate import learn
from nova.kpi.learn.evidence import Consents, Judgement, signals
from nova.kpi.learn.gate import Case, verdict
from nova.records import Passage
from tests.rooms.answers.shelf import ANALYSER, house

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PEOPLE = [f"person-{number}" for number in range(200)]
AGREED = Consents.of([(one, NOW - timedelta(days=99), True) for one in PEOPLE])
RUNS = (
    *((kind, each, seed) for kind, each in (("noise", 3), ("noise", 8)) for seed in (1, 2)),
    *((kind, 8, 1) for kind in ("habit", "mostly", "right")),
    ("hostile", 4, 1),
)
Shown = Mapping[str, Sequence[Passage]]


def behaved(kind: str, shown: Sequence[Passage], right: frozenset[UUID], dice: random.Random) -> tuple[bool, UUID | None]:
    """Whether somebody finds an answer useful, and the passage they use."""
    good, answers = shown[0].section_id in right, next((one.chunk_id for one in shown if one.section_id in right), None)
    if kind == "noise":
        return dice.random() < 0.5, dice.choice(shown).chunk_id
    if kind == "habit":
        return dice.random() < 0.7, dice.choices(shown, [1 / rank for rank in range(1, len(shown) + 1)])[0].chunk_id
    if kind == "hostile":
        return not good, next((one.chunk_id for one in shown if one.section_id not in right), None)
    if kind == "mostly" and dice.random() < 0.2:
        return not good, dice.choice(shown).chunk_id
    return good, answers


def released(kind: str, each: int, seed: int, asked: Sequence[Asked], base: Shown) -> RankingRelease:
    """What is learned when each question is asked by so many people who behave like this."""
    dice, rows = random.Random(seed), []
    for text, right in asked:
        shown = base[text][:10]
        for who in dice.sample(PEOPLE, each) if shown else ():
            at = NOW - timedelta(days=30 * dice.random())
            useful, used = behaved(kind, shown, right, dice)
            ids = tuple(one.chunk_id for one in shown)
            rows.append(Judgement(uuid4(), at, who, text, "feedback", useful, None, None, None, ids[:3], ()))
            if used:
                rows.append(Judgement(uuid4(), at, who, text, "solve" if kind == "hostile" else "click", None, None, 9000, used, (), ids))
    return RankingRelease(f"{kind} {each} {seed}", learn(signals(rows, AGREED, NOW), NOW, ANALYSER).topics)


def main() -> None:
    """Measure every kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=int, default=90)
    wish = parser.parse_args()
    context = house(*((path.stem, path.read_text("utf-8")) for path in sorted(wish.folder.glob("*.md"))))
    asked = questions(context.shelf.held)  # type: ignore[attr-defined]
    random.Random(1).shuffle(asked)
    asked = asked[: wish.questions]
    sources = Sources(context.shelf, context.index, ANALYSER, context.vocabulary(), Memory())
    base = {text: orders(text, sources, [RankingRelease()])[0] for text, _ in asked}
    releases = [released(kind, each, seed, asked, base) for kind, each, seed in RUNS]
    cases: list[list[Case]] = [[] for _ in releases]
    for text, right in asked:
        before = ndcg(sections(base[text]), (right,))
        for found, order in zip(cases, orders(text, sources, releases), strict=True):
            found.append(Case("Eigene Fragen", "", before, ndcg(sections(order), (right,))))
    print(f"{len(asked)} Fragen, {len(context.shelf.held)} Passagen")  # type: ignore[attr-defined]
    for (kind, each, seed), found in zip(RUNS, cases, strict=True):
        said = "live" if verdict(found).good else "abgelehnt"
        before, after = (100 * sum(values) / len(found) for values in zip(*((one.before, one.after) for one in found), strict=True))
        print(f"{kind:8} {each} Urteile je Frage, Los {seed}: {before:.1f} -> {after:.1f}, {said}")


if __name__ == "__main__":
    main()
