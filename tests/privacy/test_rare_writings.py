"""Post-boxes, surnames behind an article, words whose letters stand apart; what only resembles them stays."""

import json
from pathlib import Path

import pytest

from nova.privacy import find, redact, strict_scan
from nova.privacy.spoken import spell_out
from tests.effort_of import grows_linearly


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Postfach 10 20 30, 34010 Kassel", "[ADRESSE]"),
        ("Gerda Holm\nPostfach 12 34\n34010 Kassel", "[NAME]\n[ADRESSE]"),
        ("Post bitte an PF 1203, 01069 Dresden.", "Post bitte an [ADRESSE]."),
        ("34010 Kassel, Postfach 10 20 30", "[ADRESSE]"),
        ("Meine Postanschrift: Postfach 10 20 30", "Meine Postanschrift: [ADRESSE]"),
        ("Im Postfach 3 Mails, Postfach 12 ist voll", "Im Postfach 3 Mails, Postfach 12 ist voll"),
        ("Stadtwerke Kirchau, Postfach 10 20 30, 34010 Kirchau", "Stadtwerke Kirchau, Postfach 10 20 30, 34010 Kirchau"),
        ("Amtsgericht Kassel, Postfach 12 34, 34010 Kassel", "Amtsgericht Kassel, Postfach 12 34, 34010 Kassel"),
    ],
)
def test_a_persons_post_box_is_an_address(text: str, expected: str) -> None:
    assert redact(text).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der Müller hat wieder angerufen.", "Der [NAME] hat wieder angerufen."),
        ("Mein Nachbar hat Strom, der Müller nicht.", "Mein Nachbar hat Strom, der [NAME] nicht."),
        ("Herr Schmidt war da. Der Wagner auch.", "Herr [NAME] war da. Der [NAME] auch."),
        ("Frag mal den Neumann.", "Frag mal den [NAME]."),
        ("Die Schmidt aus dem 2. OG", "Die [NAME] aus dem 2. OG"),
        ("Der Krüger und der Lehmann kamen", "Der [NAME] und der [NAME] kamen"),
        ("Der Koch kocht, der Bauer pflügt.", "Der Koch kocht, der Bauer pflügt."),
        ("Mein Nachbar ruft an, der Richter entschied.", "Mein Nachbar ruft an, der Richter entschied."),
        ("Die Kundin sagt, der Bosch ist kaputt.", "Die Kundin sagt, der Bosch ist kaputt."),
        ("Im Müller steht nichts.", "Im Müller steht nichts."),
    ],
)
def test_a_surname_behind_an_article_is_a_persons_where_people_are_spoken_of(text: str, expected: str) -> None:
    assert redact(text).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mein Name ist G i s e l a", "Mein Name ist [NAME]"),
        ("G i s e l a  M ü l l e r", "[NAME]"),
        ("Hier spricht G I S E L A   M Ü L L E R", "Hier spricht [NAME]"),
        ("Hier spricht G I S E L A M Ü L L E R", "Hier spricht [NAME]"),
        ("P e t e r s e n, Zähler defekt", "[NAME], Zähler defekt"),
        ("G.i.s.e.l.a hat angerufen", "[NAME] hat angerufen"),
        ("Das ist s e h r w i c h t i g", "Das ist s e h r w i c h t i g"),
        ("M A H N U N G  2", "M A H N U N G  2"),
        ("A C H T U N G ! Termin", "A C H T U N G ! Termin"),
    ],
)
def test_a_name_is_found_though_its_letters_stand_apart(text: str, expected: str) -> None:
    assert redact(text).text == expected


THINGS = (
    "Meine Matrikel ist 1234567",
    "Die Matrikel liegt bei",
    "Unsere Kubatur ist falsch.",
    "Die Reallast gilt weiter.",
    "Ihre Courtage wird fällig.",
    "Der Kunde sagt, der Schacht ist offen und der Tank wird undicht.",
)


@pytest.mark.parametrize("text", THINGS)
def test_a_thing_that_no_list_knows_is_no_person(text: str) -> None:
    assert find(text) == []


def test_a_family_and_an_unknown_surname_behind_an_article_stay_names() -> None:
    assert redact("Im Haus wohnen keine Grubers.").text == "Im Haus wohnen keine [NAME]."
    assert redact("Die Quaxendorf zahlt nie.").text == "Die [NAME] zahlt nie."
    assert strict_scan("Meine Quaxendorf ist da")


def test_spaced_letters_and_articles_are_read_in_linear_time() -> None:
    def read(times: int) -> None:
        assert find("der Müller hat G i s e l a, Postfach 10 20 30, am Müller, a b c d e " * times)

    assert grows_linearly(read, 10)


def test_nobody_is_found_where_nobody_is_named() -> None:
    folder = Path(__file__).parent
    lines = [line for file in sorted(folder.glob("plain-*.txt")) for line in file.read_text("utf-8").splitlines()[::20]]
    found = [json.dumps(line) for line in lines if any(span.kind in ("name", "address") for span in find(line))]
    assert len(found) <= len(lines) // 200, found


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("eins zwei dreimal dreimal sieben acht", "127778"),
        ("eins zwei doppel doppel sieben acht neun", "127789"),
        ("eins zwei zwei mal mal sieben acht neun", "122789"),
    ],
)
def test_who_says_twice_how_often_a_figure_comes_says_it_once(said: str, written: str) -> None:
    view = spell_out(said)
    assert view is not None
    assert view.text == written
    assert redact(f"Meine Kundennummer ist {said}.").text == "Meine Kundennummer ist [KUNDENNUMMER]."
