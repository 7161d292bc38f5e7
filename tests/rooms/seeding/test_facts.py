from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.seeding.texts.facts import facts_of, tokens_of


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (("1.234,56 €", "1234,56 EUR", "EUR 1234.56", "€ 1,234.56", "1 234,56 Euro"), "de"),
        (("am 1. März 2026", "am 01.03.2026", "am 2026-03-01", "am 1.3.2026", "March 1, 2026", "1st of March 2026", "1 maart 2026"), "de"),
        (("1,5 MWh", "1.500 kWh", "1500 Kilowattstunden"), "de"),
        (("28,5 ct/kWh", "0,285 €/kWh", "285 EUR/MWh"), "de"),
        (("8 Uhr", "08:00 Uhr", "8:00"), "de"),
        (("DE89 3704 0044 0532 0130 00", "DE89370400440532013000"), "de"),
        (("0201/12 34 56", "0201 123456", "0201-123456", "+49 201 123456"), "de"),
        (("1,234 kWh", "1234 kWh"), "en"),
        (("1.234 m³", "1234 m3", "1.234 Kubikmeter"), "de"),
    ],
)
def test_one_fact_has_one_form_in_every_writing(texts, language):
    assert len({facts_of(text, language) for text in texts}) == 1
    assert len(facts_of(texts[0], language)) == 1


@pytest.mark.parametrize(
    ("left", "right", "language"),
    [
        ("1.234 kWh", "1,234 kWh", "de"),
        ("500 kWh", "500 kW", "de"),
        ("-5 °C", "5 °C", "de"),
        ("0012345", "12345", "de"),
        ("01.03.2026", "03.01.2026", "de"),
        ("100 €", "100 CHF", "de"),
        ("10:00 Uhr", "11:00 Uhr", "de"),
    ],
)
def test_other_facts_have_other_forms(left, right, language):
    assert facts_of(left, language) != facts_of(right, language)


def test_a_number_that_can_be_read_in_two_ways_is_read_as_its_neighbours_are():
    assert facts_of("1.234 kWh und 2,5 kWh", "en")[0] == "1234 kWh"
    assert facts_of("1.234 kWh", "en") == ("1.234 kWh",)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_a_day_is_the_same_in_every_usual_writing(day):
    writings = [f"{day:%d.%m.%Y}", day.isoformat(), f"{day.day}.{day.month}.{day.year}", f"{day.day}/{day.month}/{day.year}"]
    assert {facts_of(f"am {writing} um", "de") for writing in writings} == {(day.isoformat(),)}


@given(st.integers(100, 99_999_999))
def test_an_amount_is_the_same_in_german_and_english(cents):
    english = f"{cents / 100:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert (
        facts_of(f"Betrag {german} € fällig", "de")
        == facts_of(f"Betrag {english} EUR due", "en")
        == facts_of(f"{cents / 100:.2f} Euro", "de")
    )


@given(st.lists(st.text(alphabet="abc 123.,€-:/\näß", max_size=20), max_size=6))
def test_a_row_has_its_tokens_whatever_stands_beside_it(texts):
    together = tokens_of(pl.Series(texts, dtype=pl.String))
    for row, text in enumerate(texts):
        alone = tokens_of(pl.Series([text]))
        assert [together.words[code] for code in together.of(row)] == [alone.words[code] for code in alone.of(0)]
        assert together.key[row] == alone.key[0]
