"""Where search suspects what a gap asks for, and the sections of several questions as one list."""

from uuid import UUID, uuid4

from nova.answers.again import NearSection
from nova.flows.gaps.asking_again import suspected
from nova.flows.gaps.places import merged
from nova.kpi.tickets.words import place_name

HERE, THERE, ELSE = (UUID(int=number) for number in (1, 2, 3))


def near(section_id: UUID, *, nearly: bool = False) -> NearSection:
    return NearSection(section_id, uuid4(), 1, 0, 9, "StromGVV", f"§ {section_id.int}", "", "", nearly, (), ())


def test_most_questions_have_to_come_near_the_same_section_and_more_than_one() -> None:
    assert suspected([]) is None
    assert suspected([[near(HERE, nearly=True)]]) is None
    assert suspected([[near(HERE, nearly=True)], [near(THERE, nearly=True)], [near(ELSE)]]) is None
    found = suspected([[near(HERE, nearly=True), near(THERE)], [near(HERE, nearly=True)], [near(ELSE)], []])
    assert found is not None and found.section == "§ 1"
    assert suspected([[near(HERE, nearly=True)]] * 2 + [[near(ELSE)]] * 3) is None


def test_what_stands_far_up_for_many_questions_comes_first() -> None:
    found = merged([[near(ELSE), near(HERE)], [near(THERE), near(HERE)], [near(HERE)]])
    assert found[0].section_id == HERE and len(found) == 3
    assert merged([[near(ELSE), near(THERE, nearly=True)]])[0].section_id == THERE


def test_how_a_section_is_called() -> None:
    assert place_name("§ 19 Absatz 2", "StromGVV") == "§ 19 Absatz 2 StromGVV"
    assert place_name("Führungen", "Preisblatt") == "„Preisblatt“, „Führungen“"
    assert place_name("Preisblatt", "Preisblatt") == place_name("", "Preisblatt") == "„Preisblatt“"
