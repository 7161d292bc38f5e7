"""A text that somebody wrote anew word by word is a copy; one with a word exchanged, added or denied is not."""

import polars as pl
import pytest

from nova.seeding.steps.fuzzy import Fuzzy
from nova.seeding.steps.semantic import Semantic

COPIES = (
    (
        "Seit gestern 20:10 Uhr ist in der Lindenstraße 14 der Strom weg, alles dunkel",
        "seit gestern 20:10 in der lindenstr. 14 der strom weg alles dunkel",
    ),
    ("Die Ablesung am Montagabend war um 22 Uhr zu Ende", "Ablesung am Montag Abend war um 22 Uhr zu Ende"),
    (
        "Bitte senden Sie die Rechnung für den Zeitraum Januar bis März 2024",
        "Bitte senden Sie die Rechnung f. den Zeitraum Januar bis März 2024",
    ),
    (
        "Replaced the water meter at unit 12, old reading 388 m3, sealed and checked",
        "Replaced watermeter at unit 12, old reading 388 m3, sealed and checked",
    ),
)
TWINS = (
    ("Die Anmeldung für den Zähler 4711 in der Nordstraße liegt vor", "Die Abmeldung für den Zähler 4711 in der Nordstraße liegt vor"),
    ("Der Zähler 4711 im Keller läuft seit Montag wieder richtig", "Der Zähler 4711 im Keller läuft seit Montag nicht wieder richtig"),
    ("Ich ziehe zum 1.3.2024 mit zwei Personen in die Nordstraße ein", "Ich ziehe zum 1.3.2024 mit zwei Personen in die Südstraße ein"),
    ("Der Abschlag für Strom beträgt ab Mai 85 Euro im Monat", "Der Abschlag für Gas beträgt ab Mai 85 Euro im Monat"),
    ("Alter Stand 388, neuer Stand 12, Monteur Weber war da", "Alter Stand 12, neuer Stand 388, Monteur Weber war da"),
    ("Frau Hofmann aus der Nordstraße 4 hat die Rechnung bezahlt", "Frau Hoffmann aus der Nordstraße 4 hat die Rechnung bezahlt"),
)


def removed(step: Fuzzy | Semantic, first: str, second: str) -> int:
    frame = pl.DataFrame({"id": ["a", "b"], "lang": ["de", "de"], "text": [first, second]})
    return len(step(frame).removed)


@pytest.mark.parametrize(("first", "second"), COPIES)
def test_short_forms_slips_and_words_joined_make_no_other_text(first: str, second: str) -> None:
    assert removed(Fuzzy(), first, second) == 1


@pytest.mark.parametrize(("first", "second"), TWINS)
def test_a_word_exchanged_added_or_denied_does(first: str, second: str) -> None:
    assert removed(Fuzzy(), first, second) == 0
    assert removed(Semantic(), first, second) == 0


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Der Empfänger schaltet um 22 Uhr ein und um 6 Uhr aus.", "Um 22 Uhr schaltet der Empfänger aus, um 6 Uhr schaltet er ein."),
        (
            "Please send all future bills to my solicitor Mr Aldridge, not to me.",
            "pls send all future bills to me, not to my solicitor Mr. Aldridge!",
        ),
    ],
)
def test_what_is_switched_when_and_who_is_meant_keep_their_order(first: str, second: str) -> None:
    assert removed(Semantic(), first, second) == 0
