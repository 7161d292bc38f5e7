"""Ranking on small made-up provisions."""

from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from nova.answers.search.rank import WEIGHTS, Ranker
from nova.answers.understand.concepts import Question, understand
from nova.answers.understand.vocabulary import Vocabulary
from nova.language.analyser import Analyser
from nova.language.spelling import Speller
from nova.records import Passage

SPACE = uuid5(NAMESPACE_URL, "nova")
ANALYSER = Analyser.builtin()
VOCABULARY = Vocabulary.load()


def passage(title: str, heading: str, text: str, score: float = 1.0, norm: str | None = None, number: int = 0) -> Passage:
    label = " ".join(heading.split()[:2])
    section = uuid5(SPACE, title + heading)
    chunk = uuid5(section, f"{text}{number}")
    return Passage(
        chunk,
        uuid5(SPACE, title),
        1,
        title,
        "regulation",
        (title, heading),
        label,
        section,
        heading,
        text,
        0,
        len(text),
        norm=norm,
        score=score,
    )


def asked(text: str) -> Question:
    return understand(text, ANALYSER, VOCABULARY, Speller.of(ANALYSER.counts.items()))


def best(question: str, *passages: Passage) -> str:
    return Ranker(ANALYSER).rank(asked(question), passages)[0].section_title


STROM = "Stromgrundversorgungsverordnung (StromGVV)"
GAS = "Gasgrundversorgungsverordnung (GasGVV)"
DEPOSIT = "Der Grundversorger kann in angemessener Höhe eine Sicherheitsleistung verlangen."
CUT = "Der Grundversorger darf die Versorgung vier Wochen nach Androhung unterbrechen."


def test_lay_words_reach_the_laws_words() -> None:
    right = passage(STROM, "§ 15 Sicherheitsleistung", DEPOSIT)
    assert (
        best("Darf der Versorger eine Kaution verlangen?", passage(STROM, "§ 19 Unterbrechung", CUT, 1.1), right)
        == "§ 15 Sicherheitsleistung"
    )


def test_the_twin_of_the_named_sector_wins() -> None:
    power, gas = (
        passage(STROM, "§ 15 Sicherheitsleistung", DEPOSIT, 1.0, "stromgvv:15"),
        passage(GAS, "§ 15 Sicherheitsleistung", DEPOSIT, 1.0, "gasgvv:15"),
    )
    ranker = Ranker(ANALYSER)
    assert ranker.rank(asked("Kaution für Gas?"), [power, gas])[0].norm == "gasgvv:15"
    assert ranker.rank(asked("Kaution für Strom?"), [gas, power])[0].norm == "stromgvv:15"


def test_the_named_law_and_provision_win() -> None:
    one, two = passage(STROM, "§ 19 Sperre", CUT, 1.0, "stromgvv:19"), passage(GAS, "§ 19 Sperre", CUT, 1.2, "gasgvv:19")
    assert Ranker(ANALYSER).rank(asked("Sperre nach der StromGVV"), [two, one])[0].norm == "stromgvv:19"
    assert Ranker(ANALYSER).rank(asked("§ 19 StromGVV"), [two, one])[0].norm == "stromgvv:19"


def test_definitions_are_preferred_when_asked_for() -> None:
    meaning = passage(STROM, "§ 2 Begriffsbestimmungen", "Minutenreserve: die Regelleistung, die binnen 15 Minuten bereitsteht.")
    use = passage(STROM, "§ 6 Beschaffung", "Die Minutenreserve wird als Regelleistung ausgeschrieben.")
    assert best("Was ist Minutenreserve?", use, meaning) == "§ 2 Begriffsbestimmungen"
    assert best("Wie wird Minutenreserve ausgeschrieben?", use, meaning) == "§ 6 Beschaffung"


def test_every_section_comes_once_before_any_comes_twice() -> None:
    first = [passage(STROM, "§ 15 Sicherheitsleistung", DEPOSIT, 1.0 - n / 10, number=n) for n in range(3)]
    other = passage(STROM, "§ 19 Unterbrechung", CUT, 0.2)
    order = [item.section_title for item in Ranker(ANALYSER).rank(asked("Kaution"), [*first, other])]
    assert order[:2] == ["§ 15 Sicherheitsleistung", "§ 19 Unterbrechung"]
    assert len(order) == 4


def test_nothing_found_is_nothing_ranked() -> None:
    assert Ranker(ANALYSER).rank(asked("Kaution"), []) == []


def test_the_order_given_does_not_matter() -> None:
    found = [passage(STROM, "§ 15 Sicherheitsleistung", DEPOSIT, 0.9), passage(STROM, "§ 19 Unterbrechung", CUT, 1.0)]
    ranker = Ranker(ANALYSER)
    question = asked("Wann darf der Strom abgestellt werden?")
    assert ranker.rank(question, found) == ranker.rank(question, found[::-1])


def test_every_weight_is_a_feature() -> None:
    (judged,) = Ranker(ANALYSER).judge(asked("Kaution"), [passage(STROM, "§ 15 Sicherheitsleistung", DEPOSIT)])
    assert set(judged.features) == set(WEIGHTS)


def test_a_changed_text_is_read_anew() -> None:
    ranker = Ranker(ANALYSER)
    old = passage(STROM, "§ 15 Sicherheitsleistung", DEPOSIT)
    new = replace(old, text=CUT)
    assert ranker.shelf.traits(old) != ranker.shelf.traits(new)


def test_a_body_that_answers_beats_a_heading_that_names_part_of_the_question() -> None:
    right = passage(STROM, "§ 15", DEPOSIT, 1.0)
    named = passage(STROM, "§ 4 Angemessene Höhe", "Der Preis bemisst sich nach dem Verbrauch.", 1.0)
    assert best("Sicherheitsleistung in angemessener Höhe", named, right) == "§ 15"


def test_a_heading_that_names_what_is_asked_decides_between_equal_texts() -> None:
    one, two = passage(STROM, "§ 4 Kündigung", DEPOSIT), passage(STROM, "§ 15 Sicherheitsleistung", DEPOSIT)
    assert best("Sicherheitsleistung", one, two) == "§ 15 Sicherheitsleistung"


def test_a_section_that_answers_in_pieces_wins() -> None:
    pieces = [
        passage(STROM, "§ 15", "Der Grundversorger kann eine Sicherheitsleistung verlangen.", 1.0, number=1),
        passage(STROM, "§ 15", "Barsicherheiten sind zum Basiszinssatz zu verzinsen.", 1.0, number=2),
    ]
    other = passage(STROM, "§ 16", "Der Grundversorger kann eine Sicherheitsleistung verlangen.", 1.0)
    assert best("Wie wird die Sicherheitsleistung verzinst?", other, *pieces) == "§ 15"


def test_what_is_said_first_counts_more() -> None:
    filler = "Der Grundversorger hat das Recht, Daten zu verarbeiten, soweit der Vertrag dies erfordert und Dritte zustimmen. " * 3
    late = passage(STROM, "§ 8", filler + DEPOSIT)
    early = passage(STROM, "§ 15", DEPOSIT + " " + filler)
    assert best("Sicherheitsleistung", late, early) == "§ 15"


def test_misspelt_words_are_understood() -> None:
    wrong, right = passage(STROM, "§ 19 Unterbrechung", CUT), passage(STROM, "§ 15 Sicherheitsleistung", DEPOSIT)
    assert best("Sicherheitsleistng", wrong, right) == "§ 15 Sicherheitsleistung"
