"""Numbers by learned evidence: what the shipped weights say of numbers that no rule knows, and what stays."""

import math
import time

import pytest

from nova.privacy import find, redact, strict_scan
from nova.privacy.recognise.evidence import certain_cards, numbers, perhaps_numbers
from nova.privacy.recognise.evidence.runs import runs
from nova.privacy.recognise.evidence.signs import make, signs
from nova.privacy.recognise.evidence.weights import NUMBERS
from nova.privacy.recognise.labels import labels

pytestmark = pytest.mark.slow

GROWTH, SLACK_SECONDS = 8, 0.2


def _signs(text: str, value: str) -> list[str]:
    found = list(runs(text))
    return next(own for run, own in zip(found, signs(text, found), strict=True) if run.value == value)


def _found(text: str) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.kind) for span in find(text)]


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("Mein Stromvertragskürzel: 44-7712-80, danke.", "44-7712-80", "contract_no"),
        ("Vertragskontoangabe 700 118 223", "700 118 223", "contract_no"),
        ("Zählwerksident: 30 118 442", "30 118 442", "meter"),
        ("Zählerplatzkürzel: 33 447 118", "33 447 118", "meter"),
        ("Unter welchem Kundenkürzel laufe ich? 4471-882", "4471-882", "customer_no"),
    ],
)
def test_a_label_that_no_list_knows_speaks_by_its_pieces(text: str, value: str, kind: str) -> None:
    assert not list(labels(text))
    assert _found(text) == [(value, kind)]


def test_words_without_any_label_speak_too() -> None:
    assert _found("hallo, ich wollte 88-0031-7 kündigen") == [("88-0031-7", "contract_no")]


@pytest.mark.parametrize(
    "text",
    [
        "Mein Ticketkürzel: 44-7712-80, danke.",
        "Zu meinem Vertrag das Mahnkürzel: 44-7712-80",
        "Zähler im Keller, Stand 30 118 442",
        "Die Rechnungskennung 44-7712-80 kenne ich nicht.",
        "Der Zähler zeigt 118.447 kWh, im Vorjahr waren es 104.220.",
        "Nach Verordnung (EG) Nr. 1775/2005 ist der Vertrag zu prüfen.",
        "Die Zählerplätze prüfen wir am 12.03.2026 und am 2026-04-01.",
        "Vertragsstrafe: 4.000.000 EUR, fällig in 2027.",
    ],
)
def test_numbers_of_other_things_stay(text: str) -> None:
    assert not list(numbers(text))


def test_a_card_that_a_rule_calls_otherwise_is_a_card() -> None:
    text = "Abholung Ladekarte\nFührerschein-Nr.: K41RT08M221\nKfz: folgt"
    assert [span.kind for span in certain_cards(text)] == ["id_card"]
    assert _found(text) == [("K41RT08M221", "id_card")]


def test_letters_before_a_blank_belong_to_the_number_and_a_label_does_not() -> None:
    assert [text for text, _ in _found("Mein Vertragscode: SW 7718 0023, danke")] == ["SW 7718 0023"]
    assert [text for text, _ in _found("Mein Vertragskürzel: VK 7718 0023, danke")] == ["7718 0023"]


def test_no_token_and_no_number_behind_one_is_taken() -> None:
    for text in ("Mein Vertragskürzel: [VERTRAGSNUMMER], Zählwerksident [ZÄHLER_7KQ2MX] 2026", "Kundenkürzel [KUNDENNUMMER_000111]"):
        assert redact(text).text == text
        assert not strict_scan(text)


def test_redaction_of_what_only_evidence_finds_is_done_once() -> None:
    once = redact("Zählwerksident: 30 118 442, Vertragsakten-Kürzel: 55-1182-07, Stand 33 447 119.").text
    assert once.startswith("Zählwerksident: [ZÄHLER], Vertragsakten-Kürzel: [VERTRAGSNUMMER]")
    assert redact(once).text == once


def test_the_strict_scan_takes_what_is_less_likely() -> None:
    text = "Kennung 448812, bitte"
    assert not list(numbers(text))
    assert [span.kind for span in perhaps_numbers(text)] == ["customer_no"]
    assert [span.kind for span in strict_scan(text)] == ["customer_no"]


def test_the_weights_load_and_are_readable() -> None:
    told, values = NUMBERS.table
    assert len(values) == len(told) * len(NUMBERS.all)
    assert {"always", "bv=meter", "is=device", "n=8"} <= told.keys()
    assert all(map(math.isfinite, values))
    assert not any(
        char.isdigit() for sign in told if sign.startswith(("b=", "a=", "t=")) for char in sign.removeprefix("b=0").removeprefix("a=0")
    )


def test_likelihoods_add_up_by_the_definition() -> None:
    own = _signs("Zählwerksident: 30 118 442", "30 118 442")
    told, values = NUMBERS.table
    sums = [sum(values[told[sign] + place] for sign in set(own) if sign in told) for place in range(len(NUMBERS.all))]
    none = math.exp(sums[-1]) / sum(map(math.exp, sums))
    assert NUMBERS.likely(own) == ("meter", pytest.approx(1 - none))


def test_reasons_name_what_speaks_for_a_number() -> None:
    reasons = dict(NUMBERS.reasons(_signs("Zählernummer: 1ISK0087324410", "1ISK0087324410"), "meter", 40))
    assert reasons["is=device"] > 0
    assert reasons["bv=meter"] > 0


def test_signs_hold_the_make_of_a_value_and_never_the_value() -> None:
    own = _signs("Kundenkürzel K-448812, Ticket 5531", "K-448812")
    assert make("K-448812") == "A-96"
    assert not any("448812" in sign or "5531" in sign for sign in own)
    assert "b1=kundenkuerzel" in own


def test_another_number_between_a_label_and_a_number_is_told() -> None:
    assert "bv=meter|0" in _signs("Zähler 30118442", "30118442")
    assert "bv=meter|0#" in _signs("Zähler 30118442 alt 20118441", "20118441")
    assert "bv=meter|0#" in _signs("Zähler \ufffc\ufffc\ufffc alt 20118441", "20118441")


def test_who_speaks_is_no_label() -> None:
    text = "Agent: Wie lautet sie?\nKunde: 4471-8820"
    assert not any(sign.startswith("bv=") for sign in _signs(text, "4471-8820"))


@pytest.mark.parametrize(
    "text", ["Zählwerksident: 30 118 442, Kundenkürzel K-448812; ", "VERTRAGSKÜRZEL SW 7718 0023 UND ", "1-1 A1-", "7 "]
)
def test_time_is_linear_in_the_length_of_a_text(text: str) -> None:
    times = []
    for length in (20_000, 80_000):
        begun = time.process_time()
        list(numbers(text * (length // len(text))))
        times.append(time.process_time() - begun)
    assert times[1] < GROWTH * times[0] + SLACK_SECONDS
