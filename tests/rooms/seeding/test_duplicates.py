import polars as pl
import pytest

from benchmarks.seeding_pairs import generated, measured
from nova.errors import InvalidInput
from nova.seeding.steps.exact import Exact
from nova.seeding.steps.fuzzy import Fuzzy

SAME = [
    (
        "Ihre Rechnung Nr. 4711 über 1.234,56 € ist am 01.03.2026 fällig.",
        "Ihre Rechnung Nummer 4711 über 1234,56 EUR ist am 1. März 2026 fällig.",
    ),
    ("Zähler 1EMH0012345678 Stand 12.345 kWh am 05.01.2026", "Zaehler 1 EMH 0012345678 Stand 12345 kWh am 2026-01-05"),
    ("Herr Müller, Hauptstr. 12 a, 45127 Essen", "Herr Mueller, Hauptstraße 12a, 45127 Essen"),
    ("Der Strom ist seit 8:00 Uhr ausgefallen.", "Der Strom ist seit 08:00 Uhr ausgefalen."),
    ("Guten Tag, meine Heizung wird nicht warm. Bitte um Rückruf.", "Meine Heizung wird nicht warm, bitte um Rückruf. Guten Tag"),
    ("Bitte schicken Sie mir die Abschlagsrechnung erneut.", "Bitte schicken Sie mir die Abschlagsrechnug erneut. Mit freundlichen Grüßen"),
    ("Your invoice 88123 of £1,250.00 is due on 3 April 2026.", "Your invoice 88123 of £1250 is due on April 3, 2026."),
    ("De meterstand is 4.567 kWh op 1 maart 2026.", "De meterstand is 4567 kWh op 01-03-2026. Met vriendelijke groet"),
    ("Zählerstand 4500 gemeldet", "Zähler stand 4500 gemeldet"),
    ("Der Techniker war da. Die Heizung im Keller läuft wieder.", "Die Heizung im Keller läuft wieder. Der Techniker war da."),
]
OTHER = [
    ("Rechnung 4711 über 1.234,56 €", "Rechnung 4711 über 1.234,65 €"),
    ("Zähler 123 Stand 500 kWh, Zähler 456 Stand 700 kWh", "Zähler 123 Stand 700 kWh, Zähler 456 Stand 500 kWh"),
    ("Umspannwerk Nord wird gewartet", "Umspannwerk Süd wird gewartet"),
    ("Lindenweg 5, Essen", "Lindenallee 5, Essen"),
    ("Der Preis wird zum 01.01.2026 erhöht", "Der Preis wird zum 01.01.2026 gesenkt"),
    ("Der Abschlag ist zu hoch", "Der Abschlag ist nicht zu hoch"),
    ("Hauptstraße 5, 45127 Essen", "Hausstraße 5, 45127 Essen"),
    ("Frau Meier, Ring 3", "Frau Meyer, Ring 3"),
    ("Peter Hofmann, Ring 5, Bonn", "Peter Hoffmann, Ring 5, Bonn"),
    ("Ihre Anmeldung zum 1. Mai 2026", "Ihre Abmeldung zum 1. Mai 2026"),
    ("Bergstraße 12, Hagen", "Burgstraße 12, Hagen"),
    ("Müllerweg 4, 50667 Köln", "Möllerweg 4, 50667 Köln"),
    ("Hauptstr. 12a, Essen", "Hauptstr. 12b, Essen"),
    ("Strom von Essen nach Bonn", "Strom von Bonn nach Essen"),
    ("The request was approved", "The request was not approved"),
    ("De stroom is aan", "De stroom is uit"),
    ("Kundennummer KD-4711", "Kundennummer KB-4711"),
    ("Die Zahlung vom 1.2.2026 ist da", "Die Zählung vom 1.2.2026 ist da"),
    ("Guten Tag", "Vielen Dank"),
    ("Netzgebiet Nordost", "Netzgebiet Nordwest"),
    ("Gasstörung Mühlweg", "Gasstörung Mühlenweg"),
    ("Bad Homburg", "Bad Hamburg"),
    ("Frau Schulze-Berg", "Frau Schulze-Burg"),
    ("Familie Bauer, Weg 1", "Familie Baur, Weg 1"),
    ("Der Kunde ist bekannt", "Der Kunde ist unbekannt"),
    ("Zähler im Keller", "Zähler im Keller links"),
    ("1. Mahnung zu Rechnung 88", "2. Mahnung zu Rechnung 88"),
    ("Voorschot verhoogd", "Voorschot verlaagd"),
]  # fmt: skip


def records(*texts: str | None, **columns: list[object]) -> pl.DataFrame:
    data = {"id": [f"r{number}" for number in range(len(texts))], "text": pl.Series(texts, dtype=pl.String), **columns}
    return pl.DataFrame(data)


def both(frame: pl.DataFrame) -> pl.DataFrame:
    exact = Exact()(frame)
    return pl.concat([exact.removed, Fuzzy()(exact.kept).removed])


@pytest.mark.parametrize("pair", SAME)
def test_another_writing_is_a_duplicate(pair):
    language = "en" if "invoice" in pair[0] else "de"
    removed = both(records(*pair, lang=[language, language]))
    assert removed.select("id", "kept_id").rows() in ([("r1", "r0")], [("r0", "r1")])


@pytest.mark.parametrize("pair", OTHER)
def test_another_fact_is_no_duplicate(pair):
    assert both(records(*pair, lang=["de", "de"])).is_empty()


def test_no_fact_is_lost_among_records_of_an_energy_company():
    frame, truth = generated(6000, 4)
    found = measured(both(frame), frame, truth)
    assert found["facts_lost"] == 0
    assert found["recall"] >= 0.95


def test_the_same_records_in_another_order_give_the_same_removals():
    frame, _ = generated(2000, 8)
    forward, backward = both(frame), both(frame.reverse())
    assert forward.sort("id").equals(backward.sort("id"))
    assert len(forward) > 100


def test_every_record_is_kept_or_removed_once_for_a_kept_one():
    frame, _ = generated(3000, 9)
    done = Fuzzy()(frame)
    assert sorted([*done.kept["id"], *done.removed["id"]]) == sorted(frame["id"])
    assert set(done.removed["kept_id"]) <= set(done.kept["id"])
    assert done.kept.columns == frame.columns
    assert done.removed["score"].is_between(0, 1).all()


def test_a_removal_says_what_differs_in_its_words():
    done = Fuzzy()(records("Betrag 1.234,50 € für Zählerstand", "Betrag 1234,50 € für Zaehlerstand", lang=["de", "de"]))
    assert done.removed["differs"].to_list() == ["1.234,50/1234,50; Zählerstand/Zaehlerstand"]


@pytest.mark.parametrize("step", [Exact(), Fuzzy()])
def test_columns_must_agree_but_for_provenance(step):
    text = "Der Zähler wurde am 01.03.2026 getauscht."
    assert len(step(records(text, text, source=["crm", "mail"], amount=["5.5", "5.5"])).removed) == 1
    assert step(records(text, text, amount=["5.5", "5.6"])).removed.is_empty()
    assert step(records(text, text, amount=["-5", "5"])).removed.is_empty()
    assert step(records(text, text, due=["2026-03-01", "2026-04-01"])).removed.is_empty()
    assert step(records(text, text, amount=["1.5 kWh", "15 kWh"])).removed.is_empty()
    assert step(records(text, text, amount=[1.5, 15.0])).removed.is_empty()
    assert step(records(text, text, tags=[["a", "b"], ["a", "c"]])).removed.is_empty()
    assert len(step(records(text, text, tags=[["a", "b"], ["a", "b"]])).removed) == 1


def test_a_value_that_the_kept_text_says_is_not_lost():
    text, other = "Zähler 4711 am 01.03.2026 getauscht.", "Zaehler 4711 am 1. März 2026 getauscht."
    assert len(Fuzzy()(records(text, other, meter=["4711", None], day=[None, "2026-03-01"])).removed) == 1
    assert Fuzzy()(records(text, other, meter=["4711", None], day=[None, "2026-04-01"])).removed.is_empty()


def test_a_column_may_hold_a_typo_but_no_other_name():
    text = "Der Zähler wurde am 01.03.2026 getauscht."
    assert len(Fuzzy()(records(text, text, street=["Hauptstraße 5", "Hauptstr. 5"])).removed) == 1
    assert len(Fuzzy()(records(text, text, note=["Rechnung fehlt", "Rechnnung fehlt"])).removed) == 1
    assert Fuzzy()(records(text, text, street=["Lindenweg 5", "Lindenallee 5"])).removed.is_empty()
    assert Fuzzy()(records(text, text, kind=["bill", "ticket"])).removed.is_empty()


@pytest.mark.parametrize("step", [Exact(), Fuzzy()])
def test_the_record_that_says_more_is_kept_and_two_that_each_say_more_are_both(step):
    text = "Der Zähler wurde am 01.03.2026 getauscht."
    done = step(records(text, text, meter=[None, "4711"]))
    assert done.removed.select("id", "kept_id").rows() == [("r0", "r1")]
    assert step(records(text, text, meter=[None, "4711"], due=["2026-01-01", None])).removed.is_empty()


def test_exact_ignores_case_spaces_and_the_signs_at_the_ends():
    done = Exact()(records("  Zähler   DEFEKT!", "zähler defekt", "Zähler-defekt"))
    assert done.removed.select("id", "kept_id", "score").rows() == [("r1", "r0", 1.0)]


def test_a_chain_of_empty_columns_ends_at_a_kept_record():
    done = Exact()(records("a b", "a b", "a b", "a b", x=["1", "1", None, None], y=["2", None, None, "2"]))
    assert done.kept["id"].to_list() == ["r0"]
    assert set(done.removed["kept_id"]) == {"r0"}


@pytest.mark.parametrize("step", [Exact(), Fuzzy()])
def test_records_without_text_are_not_duplicates_unless_all_else_is_said_and_equal(step):
    assert step(records(None, None, "", " ")).removed.is_empty()
    assert step(records(None, None, meter=["1", None])).removed.is_empty()
    assert len(Exact()(records(None, "", meter=["1", "1"])).removed) == 1
    assert step(pl.DataFrame(schema={"id": pl.String, "text": pl.String})).kept.is_empty()


def test_boilerplate_of_thousands_is_compared_with_few():
    rows = 6000
    names = (2 * chr(97 + n % 26) + 2 * chr(97 + n // 26 % 26) + 2 * chr(97 + n // 676) for n in range(rows))
    frame = records(*(f"Sehr geehrte Damen und Herren, Ihr Vertrag ist verlängert. {name}" for name in names))
    assert Fuzzy()(frame).removed.is_empty()
    assert len(both(records(*["Ihr Vertrag ist verlängert."] * rows))) == rows - 1


@pytest.mark.parametrize("step", [Exact(text="nope"), Fuzzy(text="nope")])
def test_a_frame_without_the_text_is_refused(step):
    with pytest.raises(InvalidInput):
        step(records("a"))


def test_a_threshold_is_a_share():
    with pytest.raises(InvalidInput):
        Fuzzy(threshold=1.5)


def test_two_that_differ_are_not_one_because_both_are_like_a_third_that_says_nothing() -> None:
    text = "Der Kunde Müller aus Essen bittet um Rückruf wegen der Rechnung"
    told = pl.DataFrame(
        {
            "id": ["a", "b", "c"],
            "text": [text, f"Guten Tag, {text}", f"{text}. Mit freundlichen Grüßen"],
            "strasse": ["Hauptstr. 5", None, "Hauptstraße 7"],
            "tarif": ["Basis", "Basis", None],
            "ort": ["Essen", "Essen", None],
        }
    )
    done = Fuzzy()(told)
    assert done.removed.select("id", "kept_id").rows() == [("b", "a")]
    assert done.kept["id"].to_list() == ["a", "c"]
