"""Learning without a database: what counts how much, how topics form, and when a candidate may go live."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.answers.search.rank import WEIGHTS
from nova.answers.understand.learned import RankingRelease, joining, preference, values
from nova.answers.understand.vocabulary import Vocabulary
from nova.kpi.learn import stored
from nova.kpi.learn.candidate import FEWEST_PEOPLE, HALF_LIFE, PERSON_MOST, learn
from nova.kpi.learn.evidence import OPERATOR, Consents, Judgement, Signal, signals
from nova.kpi.learn.gate import Case, verdict
from nova.kpi.learn.terms import Rephrasing, pairs
from nova.language.analyser import Analyser
from nova.language.topics import likeness, topic
from nova.ports.learning import LearnedTerm
from nova.records import Passage

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SPACE = UUID("6ba7b814-9dad-11d1-80b4-00c04fd430c8")
ANALYSER = Analyser.builtin()
QUESTIONS = ("Wie hoch ist der Abschlag?", "Wie kündige ich den Vertrag?", "Wann kommt die Rechnung?")


def chunk(name: str) -> UUID:
    return uuid5(SPACE, name)


def signal(
    subject: str = "a", question: str = QUESTIONS[0], name: str = "x", up: float = 1.0, down: float = 0.0, days: float = 1
) -> Signal:
    return Signal(NOW - timedelta(days=days), subject, question, chunk(name), up, down)


def judgement(kind: str = "feedback", **more: object) -> Judgement:
    row = {"id": chunk("row"), "at": NOW, "subject": "a", "question": QUESTIONS[0], "kind": kind, "useful": None, "reason": None}
    row |= {"dwell_ms": None, "chunk_id": None, "cited": (), "shown": ()}
    return Judgement(**(row | more))  # type: ignore[arg-type]


AGREED = Consents.of([("a", NOW - timedelta(days=9), True)])


def test_a_judgement_is_first_of_what_was_cited_first() -> None:
    found = signals([judgement(useful=True, cited=(chunk("1"), chunk("2")))], AGREED, NOW)
    assert [(one.up, one.down) for one in found] == [(1.0, 0.0), (0.5, 0.0)]


@pytest.mark.parametrize(("reason", "counts"), [("falsch", True), ("quelle", True), ("ton", False), (None, True)])
def test_a_tone_is_no_passages_fault(reason: str | None, counts: bool) -> None:
    assert bool(signals([judgement(useful=False, reason=reason, cited=(chunk("1"),))], AGREED, NOW)) is counts


def test_what_few_look_at_counts_more_and_what_stood_above_a_little_less() -> None:
    shown = tuple(chunk(str(number)) for number in range(6))
    first = signals([judgement("solve", chunk_id=shown[0], shown=shown)], AGREED, NOW)
    fifth = signals([judgement("solve", chunk_id=shown[4], shown=shown)], AGREED, NOW)
    assert len(first) == 1
    assert fifth[0].up > first[0].up
    assert [one.chunk_id for one in fifth[1:]] == list(shown[:3])
    assert all(one.down > 0 for one in fifth[1:])


def test_a_click_that_is_left_at_once_says_nothing() -> None:
    assert not signals([judgement("click", chunk_id=chunk("1"), dwell_ms=500)], AGREED, NOW)
    assert signals([judgement("click", chunk_id=chunk("1"), dwell_ms=9000)], AGREED, NOW)
    assert not signals([judgement("view", chunk_id=chunk("1"), dwell_ms=9000)], AGREED, NOW)


def test_consent_counts_at_the_time_and_now() -> None:
    said = Consents.of([("a", NOW - timedelta(days=5), True), ("b", NOW - timedelta(days=5), True), ("b", NOW, False)])
    assert said.allow("a", NOW)
    assert not said.allow("a", NOW - timedelta(days=6))
    assert not said.allow("b", NOW - timedelta(days=1))
    assert not said.allow("c", NOW)
    assert said.allow(OPERATOR, NOW)


def test_fewer_people_than_it_takes_teach_nothing() -> None:
    few = [signal(str(number)) for number in range(FEWEST_PEOPLE - 1)]
    assert learn(few, NOW, ANALYSER).topics == ()
    assert len(learn([*few, signal("z")], NOW, ANALYSER).topics) == 1


def test_a_word_of_one_person_is_in_no_topic() -> None:
    said = [signal(str(number)) for number in range(5)] + [signal("z", f"{QUESTIONS[0]} Schlumpfhausen")]
    found = learn(said, NOW, ANALYSER)
    own = set(topic("Schlumpfhausen", ANALYSER))
    assert not own & {term for one in found.topics for term, _ in one.terms}


def test_counts_decay_and_one_person_is_capped() -> None:
    people = [signal(str(number), days=0) for number in range(3)]
    fresh = learn(people, NOW, ANALYSER).topics[0].passages[0]
    old = learn(people, NOW + HALF_LIFE, ANALYSER).topics[0].passages[0]
    assert old.up == pytest.approx(fresh.up / 2, rel=1e-3)
    loud = learn([*people, *(signal("0", days=0) for _ in range(500))], NOW, ANALYSER).topics[0].passages[0]
    assert loud.up <= 2 + PERSON_MOST


@given(st.integers(0, 10_000), st.integers(0, 8))
def test_lessons_do_not_depend_on_the_order_and_forgetting_is_exact(seed: int, gone: int) -> None:
    dice = random.Random(seed)
    said = [
        signal(str(dice.randrange(9)), dice.choice(QUESTIONS), dice.choice("xyz"), dice.random(), dice.random(), dice.randrange(1, 90))
        for _ in range(40)
    ]
    without = [one for one in said if one.subject != str(gone)]
    kept = [one for one in said if one.subject != str(gone)]
    dice.shuffle(kept)
    assert stored.digest(learn(without, NOW, ANALYSER)) == stored.digest(learn(kept, NOW, ANALYSER))


def test_lessons_survive_being_stored() -> None:
    lessons = learn([signal(str(number)) for number in range(4)], NOW, ANALYSER, (), (LearnedTerm("strom", "Elektrizität", 6),))
    assert stored.from_json(stored.to_json(lessons)) == lessons


@given(st.floats(0, 1000), st.floats(0, 1000))
def test_a_preference_is_bounded_and_sure(up: float, down: float) -> None:
    value = preference(up, down)
    assert -1 < value < 1
    assert value == pytest.approx(-preference(down, up), abs=1e-9)
    assert value <= 0 or up > down
    assert preference(1, 1) == preference(0, 0) == 0


def test_a_paraphrase_profits_and_another_topic_does_not() -> None:
    said = [signal(str(number), "Wie hoch darf mein monatlicher Abschlag sein?") for number in range(8)]
    learned = RankingRelease("r", learn(said, NOW, ANALYSER).topics)
    assert learned.preferences("Ist mein Abschlag zu hoch?", ANALYSER)[chunk("x")] > 0.3
    assert learned.preferences("Wann wird der Zähler abgelesen?", ANALYSER) == {}
    assert RankingRelease().preferences("Ist mein Abschlag zu hoch?", ANALYSER) == {}


def passage(name: str, section: str) -> Passage:
    return Passage(chunk(name), chunk("i"), 1, "T", "document", (), "", chunk(section), "S", "Text", 0, 4, None, None, 1.0)


def test_a_preference_counts_as_far_as_the_section_speaks_of_what_is_asked() -> None:
    passages = [passage("a", "s"), passage("b", "s"), passage("c", "t")]
    wanted = {chunk("a"): 0.8, chunk("c"): -0.5}
    found = values(wanted, passages, {chunk("s"): 0.25, chunk("t"): 0.0})
    assert found == {chunk("a"): 0.4, chunk("b"): pytest.approx(0.28), chunk("c"): -0.5}
    assert values(wanted, passages, {chunk("s"): 0.0, chunk("t"): 0.0})[chunk("a")] == 0.0
    assert joining(wanted) == [chunk("a")]
    assert WEIGHTS["learned"] < WEIGHTS["norm"]  # no judgement outweighs the provision that is asked for by its name


def cases(gains: list[float], group: str = "g", name: str = "t") -> list[Case]:
    return [Case(group, name, 0.5, 0.5 + gain) for gain in gains]


def test_the_gate() -> None:
    assert verdict(cases([0.1, 0.0, 0.2])).good
    assert verdict(cases([0.0] * 10)).good
    assert not verdict([]).good and not verdict(cases([0.5] * 2)).good  # two questions prove nothing
    lost = verdict(cases([0.1] * 30) + cases([-0.05] * 3, name="other"))
    assert not lost.good
    assert "Thema g · other" in lost.reasons[0]
    assert not verdict(cases([-0.001] * 30)).good  # little, but surely
    assert verdict(cases([0.1] * 20, name="a") + cases([-0.2], name="b")).good  # one question alone says nothing of a topic
    assert not verdict(cases([-0.2, -0.3, 0.1, 0.0], name="")).good


def test_pairs_of_terms_need_people_and_a_word_of_the_documents() -> None:
    rows = [Rephrasing(NOW, str(number), "Kann ich mein Schlumpfgeld senken?", "Kann ich meinen Abschlag senken?") for number in range(6)]
    agreed = Consents.of([(str(number), NOW - timedelta(days=1), True) for number in range(6)])
    found = pairs(rows, agreed, NOW, ANALYSER)
    assert [(one.term, one.subjects) for one in found] == [("abschlag", 6)]
    assert pairs(rows[:4], agreed, NOW, ANALYSER) == ()
    assert pairs(rows, agreed, NOW, ANALYSER, frozenset({"0", "1"})) == ()
    widened = RankingRelease("r", (), found).widened(Vocabulary.load())
    assert found[0].term in [one.term for one in widened.expand("Schlumpfgeld zu hoch?", ANALYSER)]


def test_tokens_of_people_are_in_no_topic() -> None:
    assert topic("Abschlag [NAME_7KQ2MX] [TELEFON]", ANALYSER) == topic("Abschlag", ANALYSER)
    assert likeness(topic("Abschlag", ANALYSER), topic("Abschlag ändern", ANALYSER)) > 0.5
