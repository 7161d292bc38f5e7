"""Questions for data are told from questions for documents, and read: what, which meter, which period."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nova.energy.explain.parse.asked import Question, Refusal
from nova.energy.explain.parse.question import parse, read
from nova.energy.period import describe
from nova.energy.source import Meter

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 21, 14, 22, tzinfo=UTC)
METERS = (
    Meter("HH-001", "Haushalt 1", "household"),
    Meter("HH-002", "Haushalt 2", "household"),
    Meter("HH-003", "Haushalt 3", "household", own=True),
    Meter("BIZ-1", "Bäckerei Sonnenschein", "business"),
    Meter("PV-9", "Dachanlage Nord", "pv"),
)
# The day-ahead price of yesterday at 18 h: the documents cannot tell it, data can.
FOR_DATA = {"un-004"}

ASKED = {
    "Wie viel Strom haben wir gestern verbraucht?": ("energy", "Haushalt 3", "am 20.11.2026", ""),
    "Wie hoch war der Verbrauch von Haushalt 1 letzte Woche?": ("energy", "Haushalt 1", "in KW 46/2026 (09.11.2026 bis 15.11.2026)", ""),
    "Wie hoch war der Verbauch von Hauhalt 2 gestern?": ("energy", "Haushalt 2", "am 20.11.2026", ""),
    "Wie hoch war der Lastgang von HH-002 am 24.12. um 18 Uhr?": ("energy", "Haushalt 2", "am 24.12.2025 von 18:00 bis 19:00 Uhr", ""),
    "Warum war der Verbrauch von Haushalt 2 im März so hoch?": ("energy", "Haushalt 2", "im März 2026", "why"),
    "Was war gestern mit dem Verbrauch von Haushalt 1 los?": ("energy", "Haushalt 1", "am 20.11.2026", "why"),
    "Wann war die Lastspitze im Oktober?": ("peak", "Haushalt 3", "im Oktober 2026", ""),
    "Wie hoch war die höchste Last der Bäckerei Sonnenschein letzte Woche?": (
        "peak", "Bäckerei Sonnenschein", "in KW 46/2026 (09.11.2026 bis 15.11.2026)", "",
    ),
    "Wie hoch war die Spitze von Bäckerei Sonenschein in KW 12?": (
        "peak", "Bäckerei Sonnenschein", "in KW 12/2026 (16.03.2026 bis 22.03.2026)", "",
    ),
    "Wie hoch war die mittlere Leistung von Haushalt 1 an Wochenenden im Oktober?": (
        "mean", "Haushalt 1", "im Oktober 2026 an Wochenenden", "",
    ),
    "Wie hoch war unsere Grundlast letzten Winter?": ("base", "Haushalt 3", "vom 01.12.2025 bis 28.02.2026", ""),
    "Wie viele Benutzungsstunden hatte die Bäckerei Sonnenschein 2025?": ("full_hours", "Bäckerei Sonnenschein", "im Jahr 2025", ""),
    "Was hat uns der Strom im Oktober gekostet?": ("cost", "Haushalt 3", "im Oktober 2026", ""),
    "Warum waren die Stromkosten am 12.11. so hoch?": ("cost", "Haushalt 3", "am 12.11.2026", "why"),
    "Warum ist die Rechnung von Haushalt 1 im Oktober so hoch, obwohl niemand zuhause war?": (
        "cost", "Haushalt 1", "im Oktober 2026", "why",
    ),
    "Wie teuer wäre der Spottarif im Oktober für Haushalt 1 gewesen?": ("cost", "Haushalt 1", "im Oktober 2026", ""),
    "Wie hoch ist der Strompreis gerade?": ("price", None, "am 21.11.2026", "now"),
    "Wann ist der Strom heute am günstigsten?": ("cheapest", None, "am 21.11.2026", ""),
    "Wann ist Strom morgen am billigsten?": ("cheapest", None, "am 22.11.2026", ""),
    "Wie viele negative Stunden gab es im Mai?": ("negative", None, "im Mai 2026", ""),
    "Was waren Base und Peak letzte Woche?": ("products", None, "in KW 46/2026 (09.11.2026 bis 15.11.2026)", ""),
    "Wie hoch war der Eigenverbrauch der Dachanlage Nord im Juni?": ("self_use", "Dachanlage Nord", "im Juni 2026", ""),
    "Wie autark waren wir letzten Sommer?": ("autarky", "Haushalt 3", "vom 01.06.2026 bis 31.08.2026", ""),
    "Wie viel hat die PV-Anlage am Sonntag erzeugt?": ("production", "Dachanlage Nord", "am 15.11.2026", ""),
    "Warum hat die PV-Anlage gestern so wenig erzeugt?": ("production", "Dachanlage Nord", "am 20.11.2026", "why"),
    "Gibt es Lücken in den Daten von HH-001 im Oktober?": ("quality", "Haushalt 1", "im Oktober 2026", ""),
    "Welche Messwerte fehlen bei Haushalt 2 in KW 40?": ("quality", "Haushalt 2", "in KW 40/2026 (28.09.2026 bis 04.10.2026)", ""),
    "Ist der Verbrauch von Haushalt 1 gestern ungewöhnlich hoch gewesen?": ("energy", "Haushalt 1", "am 20.11.2026", "usual"),
}  # fmt: skip
AGAINST = {
    "Hat Haushalt 1 im März mehr verbraucht als im Vorjahr?": ("im März 2026", "im März 2025"),
    "Verbraucht unser Zähler im Oktober mehr als im Vormonat?": ("im Oktober 2026", "im September 2026"),
    "Wie viel mehr hat Haushalt 2 im März verbraucht als im Februar?": ("im März 2026", "im Februar 2026"),
    "Haben wir gestern mehr verbraucht als am Vortag?": ("am 20.11.2026", "am 19.11.2026"),
    "Haben wir mehr verbraucht als letzte Woche?": (
        "vom 16.11.2026, 00:00 Uhr, bis 21.11.2026, 15:15 Uhr",
        "vom 09.11.2026, 00:00 Uhr, bis 14.11.2026, 15:15 Uhr",
    ),
}
REFUSED = {
    "Wie oft war die Last von Haushalt 1 gestern über 5 kW?": "Wie oft etwas vorkam",
    "Welcher Wochentag hat den höchsten Verbrauch bei Haushalt 1 im September?": "an welchen Wochentagen",
    "Wie hoch war der Verbrauch von Haushalt 1 gestern ohne die Nacht?": "Ausnehmen kann ich nichts",
    "Wie viel haben alle Haushalte außer Haushalt 2 gestern verbraucht?": "Ausnehmen kann ich nichts",
    "Wie viel kWh hat der Haushalt 7 gestern gebraucht?": "Einen Zähler „7“ kenne ich nicht. Es gibt: Haushalt 1",
    "Wie hoch war der Verbrauch von Haushalt 1 am 31.2.?": "Den Tag 31.02. gibt es nicht.",
    "Wie hoch sind unsere Kosten morgen?": "liegt in der Zukunft",
    "Wie hoch war der Verbrauch von Haushalt 1 und Haushalt 7 im März?": "Einen Zähler „7“ kenne ich nicht.",
    "Wie viel haben wir zwischen 17 und 20 Uhr verbraucht?": "An welchem Tag?",
}
FOR_DOCUMENTS = (
    "Wie lange ist die Kündigungsfrist?",
    "Wann muss ein Smart Meter eingebaut werden?",
    "Wie hoch war der Stromverbrauch in Deutschland 2021?",
    "Was bedeutet Lastspitze?",
    "Was kostet ein intelligentes Messsystem im Jahr?",
    "Darf der Netzbetreiber unseren Verbrauch von gestern speichern?",
    "Wie hoch ist die Stromsteuer 2025?",
    "Ab welchem Verbrauch im Jahr ist das Smart Meter Pflicht?",
    "Muss ich den Verbrauch von letzter Woche melden?",
    "Wie lese ich unseren Zähler ab?",
    "Hallo Luna!",
    "",
)


@pytest.mark.parametrize(("question", "expected"), ASKED.items())
def test_a_question_for_data_is_read(question: str, expected: tuple[str, str | None, str, str]) -> None:
    found = parse(question, NOW, METERS)
    assert isinstance(found, Question)
    how = "why" if found.why else "usual" if found.usual else "now" if found.now else ""
    assert (found.ask, found.meter and found.meter.name, describe(found.period), how) == expected


@pytest.mark.parametrize(("question", "expected"), AGAINST.items())
def test_a_comparison_has_two_periods(question: str, expected: tuple[str, str]) -> None:
    found = parse(question, NOW, METERS)
    assert isinstance(found, Question)
    assert found.against is not None
    assert (describe(found.period), describe(found.against)) == expected


@pytest.mark.parametrize(("question", "why"), REFUSED.items())
def test_what_cannot_be_told_is_refused_with_another_question(question: str, why: str) -> None:
    found = parse(question, NOW, METERS)
    assert isinstance(found, Refusal)
    assert why in found.text
    assert isinstance(parse(found.next_question, NOW, METERS), Question)


@pytest.mark.parametrize("title", ["Müller und Söhne", "Halle 2, Nord", "Werk Alle Neune", "Kosten & Last"])
def test_names_that_look_like_several_parts_stay_whole(title: str) -> None:
    meters = (*METERS[:2], Meter("X-1", title, "business"))
    found = read(f"Wie hoch war der Verbrauch von {title} gestern?", NOW, meters)
    assert isinstance(found, tuple)
    assert [(one.ask, one.meter and one.meter.meter_id) for one in found] == [("energy", "X-1")]
    both = read(f"Wie hoch waren Verbrauch und Spitze von {title} gestern?", NOW, meters)
    assert isinstance(both, tuple)
    assert [(one.ask, one.meter and one.meter.meter_id) for one in both] == [("energy", "X-1"), ("peak", "X-1")]


def test_a_place_is_no_meters_name() -> None:
    meters = (Meter("N-1", "Netz Thüringen", "grid"), *METERS)
    assert parse("Wie hoch war der Stromverbrauch in Thüringen 2021?", NOW, meters) is None


def test_more_meters_than_can_be_ranked_are_refused() -> None:
    many = tuple(Meter(f"M-{number}", f"Haushalt {number}", "household") for number in range(60))
    for question in ("Welcher Haushalt hat im Mai am meisten verbraucht?", "Welcher Haushalt hat im Mai mehr verbraucht?"):
        found = read(question, NOW, many)
        assert isinstance(found, Refusal)
        assert "höchstens 50 Zähler" in found.text


@pytest.mark.parametrize(
    ("day", "week", "monday"),
    [
        ("2025-12-30", 1, "29.12.2025"),  # the week of a new year begins in the old one
        ("2027-01-02", 53, "28.12.2026"),
        ("2026-12-27", 53, "28.12.2020"),
        ("2026-01-05", 1, "29.12.2025"),
        ("2026-11-21", 48, "24.11.2025"),
    ],
)
def test_a_week_without_a_year_is_the_last_that_has_begun(day: str, week: int, monday: str) -> None:
    found = parse(f"Wie hoch war der Strompreis in KW {week}?", datetime.fromisoformat(f"{day}T12:00:00+00:00"), METERS)
    assert isinstance(found, Question)
    assert f"({monday} bis" in describe(found.period)


def test_the_meter_is_never_guessed() -> None:
    strangers = METERS[:2]
    found = parse("Wie hoch war der Verbrauch gestern?", NOW, strangers)
    assert isinstance(found, Refusal)
    assert "Welchen Zähler meinen Sie: Haushalt 1 oder Haushalt 2?" in found.text
    none = parse("Wie hoch war unser Verbrauch gestern?", NOW, ())
    assert isinstance(none, Refusal)
    assert "noch keinen Zähler" in none.text
    only = parse("Wie hoch war der Verbrauch gestern?", NOW, METERS[:1])
    assert isinstance(only, Question)


@pytest.mark.parametrize("question", FOR_DOCUMENTS)
def test_what_only_documents_tell_is_not_for_data(question: str) -> None:
    assert parse(question, NOW, METERS) is None


def test_none_of_the_shared_questions_about_law_is_for_data(shared: Callable[[str], Path]) -> None:
    texts = [shared(f"eval/{name}.jsonl").read_text("utf-8") for name in ("questions-dev", "unanswerable-dev")]
    lines = [json.loads(line) for text in texts for line in text.splitlines()]
    squad = json.loads(shared("eval/xquad-de/xquad.de.json").read_text("utf-8"))
    questions = [line["question"] for line in lines if line["id"] not in FOR_DATA]
    questions += [one["question"] for text in squad["data"] for part in text["paragraphs"] for one in part["qas"]]
    assert len(questions) > 1200
    for meters in (METERS, METERS[:1], ()):
        assert [question for question in questions if parse(question, NOW, meters) is not None] == []


@pytest.mark.parametrize(
    "words",
    [
        "1. bis ",
        "vom 1.1.2025 ",
        "im Vergleich zum ",
        "höchste ",
        "von 17 Uhr ",
        "wann Auto laden ",
        "günstige Stunden am Stück ",
        "März und ",
        "wer hat ",
        "mehr als ",
        "am meisten ",
        "nach § 14a Absatz 1 ",
        "zwischen März und ",
    ],
)
def test_words_without_end_take_no_time(words: str) -> None:
    many = tuple(Meter(f"M-{number}", f"Haushalt {number}", "household") for number in range(300))
    begin = time.process_time()
    for length in (400, 50_000):
        parse(("Wie hoch war der Verbrauch gestern " + words * 8_000)[:length], NOW, many)
    assert time.process_time() - begin < 2
