"""What says the same, and what must stay together when rows are split."""

from collections.abc import Mapping

from nova.training.dataset.groups import apart, given_away, grouped, twins
from tests.rooms.training.lessons import asked

PRICE = ("Was kostet Strom im Tarif Basis?", "Der Arbeitspreis beträgt 31,5 ct/kWh, der Grundpreis 12,90 Euro im Monat.")


def row(id_: str, question: str, answer: str, **more: str) -> dict[str, str]:
    told = {"id": id_, "kind": "sft", "source": "answer", "person": "", "session": "", "template": ""}
    return told | {"question": question, "answer": answer} | more


def together(rows: list[dict[str, str]]) -> set[frozenset[str]]:
    named = grouped(rows)
    return {frozenset(id_ for id_, group in named.items() if group == one) for one in set(named.values())}


def test_what_editors_stand_for_stays_of_copies_and_then_the_smallest_id() -> None:
    question, answer = PRICE
    rows = [row("b", question, answer), row("a", question.lower(), answer), row("z", question, answer, source="curated")]
    assert {(one.id, one.kept, one.kind) for one in twins(rows)} == {("a", "z", "verbatim"), ("b", "z", "verbatim")}
    slip = row("c", question.replace("Strom", "Srtom"), answer)
    assert [(one.id, one.kind) for one in twins([row("a", question, answer), slip])] == [("c", "near")]


def test_other_numbers_and_other_kinds_are_no_copies() -> None:
    question, answer = PRICE
    other = row("b", question, answer.replace("31,5", "35,1"))
    pair = row("c", question, answer, kind="pair", source="preference")
    assert twins([row("a", question, answer), other, pair]) == []
    assert len(together([row("a", question, answer), other, pair])) == 1  # the question is the same


def test_people_sessions_templates_and_origins_hold_rows_together() -> None:
    some = [asked(at) for at in range(8)]
    rows = [
        row("a", *some[0], person="p"), row("b", *some[1], person="p", session="s"), row("c", *some[2], session="s"),
        row("d", *some[3], template="t"), row("e", *some[4], template="t"), row("curated:1", *some[5]), row("pair:1", *some[6]),
        row("f", *some[7]),
    ]  # fmt: skip
    assert together(rows) == {frozenset("abc"), frozenset("de"), frozenset({"curated:1", "pair:1"}), frozenset("f")}


def test_what_many_ask_does_not_make_one_group_of_all() -> None:
    rows = [row(str(at), "Und bei Gas?", asked(at)[1], person=f"p{at}") for at in range(20)]
    assert len(together(rows)) == 20
    assert len(together(rows[:4])) == 1


def test_a_groups_name_hangs_on_its_smallest_id_alone() -> None:
    rows = [row(str(at), *asked(at)) for at in range(4)]
    assert grouped(rows) == grouped(rows[::-1]) and grouped(rows)["2"] == grouped(rows[2:])["2"]


def test_what_is_found_on_two_sides_becomes_one_group() -> None:
    """Copies of each other that `grouped` might miss are joined once they stand on two sides."""
    question, answer = PRICE
    rows = [row(str(at), *asked(at)) for at in range(30)] + [row("x", question, answer), row("y", f"Bitte: {question}", answer)]

    def placed(named: Mapping[str, str]) -> dict[str, str]:
        groups = sorted(set(named.values()))
        return {id_: ("train", "test")[groups.index(group) % 2] for id_, group in named.items()}

    groups, places = apart(rows, placed)
    assert groups["x"] == groups["y"] and places["x"] == places["y"] and set(places) == {one["id"] for one in rows}


def test_rows_that_give_a_set_away_are_named() -> None:
    rows = [row("a", *PRICE), row("b", *asked(1))]
    assert given_away(rows, [{"id": "1", "question": PRICE[0], "answer": PRICE[1]}]) == {"a"}
    assert given_away(rows, [{"id": "1", "question": PRICE[0].upper(), "answer": "Das steht nirgends."}]) == {"a"}
    assert given_away(rows, []) == set()
