"""Two pages of which the wrong one stands first, people who judge what they get, learning and taking it back: told step by step.

Orders are read as the API gives them: the passages that an answer was written from, best first.
"""

import math
import time
from collections.abc import Mapping, Sequence
from typing import Any

from nova import german
from nova.cli.rehearsal.people import THEMSELVES
from nova.cli.rehearsal.script import Topic
from nova.cli.rehearsal.stage import Person, Stage, StepReport, need
from nova.wiring.learning import LOOK_AGAIN_S

LEARNERS = 12  # of those who agreed to training themselves
DEEP, PASSAGES = 10, 30
SEEN_S = LOOK_AGAIN_S + 0.2  # a change of what was learned is seen within so long
BETTER, WORSE = 10.0, -1.0  # points of nDCG@10
BAD_AT_MOST = 80.0  # points from which on there would be nothing to learn
Order = list[tuple[str, str, str]]  # passage, document and heading, best first


def planting(stage: Stage) -> StepReport:
    """The two pages are taken in; on questions that nobody will have judged the wrong one stands first."""
    stage.write(stage.texts.pages)
    topics = [stage.texts.planted, *stage.texts.others]
    before = {text: _order(stage, text) for topic in topics for text in topic.held_out}
    stage.noted |= {"orders": before, "ndcg": [_mean(stage, topic, before) for topic in topics]}
    planted, others = stage.noted["ndcg"][0], stage.noted["ndcg"][1:]
    need(planted < BAD_AT_MOST, f"Die falsche Seite steht nicht vorn: nDCG@10 ist {points(planted)}.")
    asked = len(stage.texts.planted.held_out)
    text = f"zwei ähnliche Seiten, die falsche vorn: nDCG@10 {points(planted)} bei {asked} nie beurteilten Fragen."
    return StepReport(text, {"ndcg": planted, "others": others, "held_out": asked})


def learning(stage: Stage) -> StepReport:
    """People ask, judge and use; the job learns; what was planted ranks better, and nothing else worse."""
    judged = sum(_lives(stage, person, number) for number, person in enumerate(stage.people[: min(LEARNERS, THEMSELVES)]))
    result = stage.job(stage.client.post("/admin/learning/run")["job_id"])
    need(result.get("state") == "live", f"Das Gelernte wurde nicht übernommen: {result.get('reasons') or result.get('reason')}")
    time.sleep(SEEN_S)
    topics, before = [stage.texts.planted, *stage.texts.others], stage.noted["ndcg"]
    orders = {text: _order(stage, text) for topic in topics for text in topic.held_out}
    after = [_mean(stage, topic, orders) for topic in topics]
    gain, worst = after[0] - before[0], min(new - old for new, old in zip(after[1:], before[1:], strict=True))
    need(gain >= BETTER, f"Das Thema wurde nur um {points(gain)} Punkte besser ({points(before[0])} → {points(after[0])}).")
    need(worst >= WORSE, f"Ein anderes Thema wurde um {points(-worst)} Punkte schlechter.")
    text = (
        f"aus {judged} Urteilen von {LEARNERS} Menschen: nDCG@10 {points(before[0])} → {points(after[0])} (+{points(gain)});"
        f" andere Themen mindestens {points(worst, sign=True)}."
    )
    more = {"subjects": result["subjects"], "evidence": result["evidence"], "others": after[1:]}
    return StepReport(text, {"judged": judged, "ndcg_before": before[0], "ndcg_after": after[0], "worst_other": worst, **more})


def undoing(stage: Stage) -> StepReport:
    """Taken back, every order is the one before, passage by passage."""
    entry = stage.client.get("/admin/learning", kind="release", state="live")["entries"][0]
    stage.client.post(f"/admin/learning/{entry['entry_id']}/undo")
    time.sleep(SEEN_S)
    orders: Mapping[str, Order] = stage.noted["orders"]
    now = {text: _order(stage, text) for text in orders}
    other = [text for text, order in orders.items() if [one[0] for one in now[text]] != [one[0] for one in order]]
    need(not other, f"Bei {len(other)} von {len(orders)} Fragen ist die alte Reihenfolge nicht zurück.")
    passages = sum(map(len, orders.values()))
    return StepReport(
        f"{len(orders)} Fragen, {passages} Fundstellen: genau die Reihenfolge von vorher.", {"orders": len(orders), "passages": passages}
    )


def points(value: float, *, sign: bool = False) -> str:
    """Points as people read them."""
    return f"{value:+.1f}".replace(".", ",") if sign else german.plain(value)


def _lives(stage: Stage, person: Person, number: int) -> int:
    """Somebody asks about the topics, says whether the answer's source is right, and uses the right one where it is shown; judgements."""
    asked = [(stage.texts.planted, stage.texts.planted.asked[(number + 2 * step) % len(stage.texts.planted.asked)]) for step in range(3)]
    asked += [(topic, topic.asked[number % len(topic.asked)]) for topic in stage.texts.others]
    return sum(_judges(stage, person, topic, text) for topic, text in asked)


def _judges(stage: Stage, person: Person, topic: Topic, question: str) -> int:
    answer: dict[str, Any] = person.door.post("/rag/ask", {"question": question, "top_k": PASSAGES})
    if answer["status"] == "refused":
        return 0
    shown = _shown(person.door.get(f"/rag/answers/{answer['answer_id']}"))
    good = bool(shown) and _right(stage, topic, shown[0])
    judgement = {"question": question, "answer": answer["answer"], "answer_id": answer["answer_id"], "useful": good}
    person.door.post("/feedback/rag", judgement | ({} if good else {"reason": "quelle"}))
    used = next((one[0] for one in shown if _right(stage, topic, one)), None)
    if used:
        event = {"user_id": person.name, "type": "solve", "chunk_id": used, "meta": {"answer_id": answer["answer_id"]}}
        person.door.post("/events", event)
    return 1


def _order(stage: Stage, question: str) -> Order:
    answer = stage.client.post("/rag/ask", {"question": question, "top_k": PASSAGES})
    return _shown(stage.client.get(f"/rag/answers/{answer['answer_id']}"))


def _shown(record: Mapping[str, Any]) -> Order:
    return [(one["chunk_id"], one["item_id"], one["section"]) for one in record["passages"]]


def _right(stage: Stage, topic: Topic, place: tuple[str, str, str]) -> bool:
    return place[1] == stage.items[topic.document] and (not topic.section or place[2] == topic.section)


def _mean(stage: Stage, topic: Topic, orders: Mapping[str, Order]) -> float:
    return 100 * sum(_ndcg(stage, topic, orders[text]) for text in topic.held_out) / len(topic.held_out)


def _ndcg(stage: Stage, topic: Topic, order: Sequence[tuple[str, str, str]]) -> float:
    """nDCG@10 of the one right place among headings, each once; from 0 to 1."""
    places = list(dict.fromkeys((item, section) for _, item, section in order))[:DEEP]
    found = next((at for at, (item, section) in enumerate(places) if _right(stage, topic, ("", item, section))), None)
    return 0.0 if found is None else 1 / math.log2(found + 2)
