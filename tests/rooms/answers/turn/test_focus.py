"""What a conversation is about is remembered for half an hour, for who asked alone, and can be forgotten."""

from dataclasses import fields
from threading import Thread
from uuid import UUID, uuid4

import pytest

from nova.answers.turn import focus as focusing
from nova.answers.turn.focus import KEPT_FOR_S, MOST_TOPICS, NOTHING, Focus, FocusStore, LawTopic

TALK, OWNER, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
LAW = Focus("law", law=(LawTopic(("stromsperre",), (), ("stromgvv:19",)),))


class Time:
    """A clock that is set by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_focus_is_kept_for_half_an_hour() -> None:
    time = Time()
    store = FocusStore(time)
    store.keep(TALK, OWNER, LAW)
    time.now += KEPT_FOR_S
    assert KEPT_FOR_S == 30 * 60
    assert store.of(TALK, OWNER) == LAW
    time.now += 1
    assert store.of(TALK, OWNER) == NOTHING


def test_each_turn_begins_the_half_hour_anew() -> None:
    time = Time()
    store = FocusStore(time)
    for _ in range(3):
        store.keep(TALK, OWNER, LAW)
        time.now += KEPT_FOR_S - 1
        assert store.of(TALK, OWNER) == LAW


@pytest.mark.parametrize("who", [OTHER, None])
def test_another_person_begins_anew_in_the_same_conversation(who: UUID | None) -> None:
    store = FocusStore(Time())
    store.keep(TALK, OWNER, LAW)
    assert store.of(TALK, who) == NOTHING
    store.keep(TALK, who, Focus("data"))
    assert (store.of(TALK, OWNER), store.of(TALK, who)) == (LAW, Focus("data"))


def test_what_nobody_is_known_to_have_asked_is_nobodys() -> None:
    store = FocusStore(Time())
    store.keep(TALK, None, LAW)
    assert store.of(TALK, OWNER) == NOTHING
    assert store.of(TALK, None) == LAW


def test_without_a_conversation_nothing_is_kept() -> None:
    store = FocusStore(Time())
    store.keep(None, OWNER, LAW)
    assert store.of(None, OWNER) == NOTHING
    assert store.of(TALK, OWNER) == NOTHING


def test_another_conversation_of_the_same_person_begins_anew() -> None:
    store = FocusStore(Time())
    store.keep(TALK, OWNER, LAW)
    assert store.of(uuid4(), OWNER) == NOTHING


def test_everything_of_a_person_is_forgotten_and_nothing_of_others() -> None:
    store, talks = FocusStore(Time()), [uuid4() for _ in range(3)]
    for talk in talks:
        store.keep(talk, OWNER, LAW)
        store.keep(talk, OTHER, LAW)
        store.keep(talk, None, LAW)
    store.forget(OWNER)
    assert [store.of(talk, OWNER) for talk in talks] == [NOTHING] * 3
    assert [store.of(talk, who) for talk in talks for who in (OTHER, None)] == [LAW] * 6
    store.forget(OWNER)


def test_of_too_many_conversations_the_longest_silent_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(focusing, "MOST", 3)
    store, talks = FocusStore(Time()), [uuid4() for _ in range(4)]
    for talk in talks[:3]:
        store.keep(talk, OWNER, LAW)
    store.keep(talks[0], OWNER, LAW)
    store.keep(talks[3], OWNER, LAW)
    assert [store.of(talk, OWNER) == LAW for talk in talks] == [True, False, True, True]


def test_no_more_conversations_are_held_than_are_allowed() -> None:
    store = FocusStore(Time())
    talks = [UUID(int=number) for number in range(focusing.MOST + 50)]
    for talk in talks:
        store.keep(talk, OWNER, LAW)
    assert sum(store.of(talk, OWNER) == LAW for talk in talks) == focusing.MOST
    assert store.of(talks[49], OWNER) == NOTHING
    assert store.of(talks[50], OWNER) == LAW


def test_threads_share_it() -> None:
    store = FocusStore()

    def talk(number: int) -> None:
        owner = UUID(int=number)
        for turn in range(200):
            store.keep(UUID(int=turn % 7), owner, LAW)
            store.of(UUID(int=turn % 5), owner)
            if turn % 50 == 49:
                store.forget(owner)

    threads = [Thread(target=talk, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)
    assert [store.of(UUID(int=1), UUID(int=number)) for number in range(6)] == [NOTHING] * 6


def test_the_newest_topic_of_law_leads_and_few_are_kept() -> None:
    topics = [LawTopic((f"thema-{number}",), (), (f"nav:{number}",)) for number in range(MOST_TOPICS + 3)]
    focus = NOTHING
    for topic in topics:
        focus = Focus("law", law=focus.with_law(topic))
    assert focus.law == tuple(reversed(topics))[:MOST_TOPICS]
    again = focus.with_law(topics[-2])
    assert (again[0], len(again), len(set(again))) == (topics[-2], MOST_TOPICS, MOST_TOPICS)


def test_a_focus_has_no_place_for_what_was_said() -> None:
    assert {one.name for one in fields(Focus)} == {"kind", "data", "law", "help", "asked_back"}
    assert {one.name for one in fields(LawTopic)} == {"topics", "rules", "norms"}
