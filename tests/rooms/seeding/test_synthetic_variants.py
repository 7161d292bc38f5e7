"""Texts in other words: none says another fact, none loses a name, and a reader would find them right."""

import re
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.errors import InvalidInput
from nova.seeding.sample import make
from nova.seeding.synthetic.variants import same_facts, variants, varied
from nova.seeding.synthetic.wordings import wording
from nova.seeding.texts.facts import facts_of


@pytest.fixture(scope="module")
def tables() -> dict[str, pl.DataFrame]:
    return {name: make(120, seed=11).tables[name].head(25) for name in ("tickets", "briefe")}


def test_every_variant_holds_the_facts_and_names_of_its_text(tables):
    for table in tables.values():
        made = varied(table, 3, seed=2)
        told = made.join(table, left_on="_from", right_on="id", suffix="_before")
        assert len(told) == len(made) > 2 * len(table)
        for now, before in told.select("text", "text_before").iter_rows():
            assert now != before
            assert sorted(facts_of(now, "de")) == sorted(facts_of(before, "de"))
            names = re.findall(r"V-\d+|RE-\d+|1ESY\d+|Kirchau|Neudorf an der Elt|\w+(?:weg|straße|gasse|ring)\b", before)
            assert all(now.count(name) == before.count(name) for name in names)


def test_variants_are_marked_and_stay_the_persons(tables):
    table = tables["tickets"]
    made = varied(table, 2)
    assert made["id"].is_unique().all() and not made["id"].is_in(table["id"].implode()).any()
    assert set(made["_made"]) == {"synthetic"} and made["_from"].is_in(table["id"].implode()).all()
    own = made.join(table, left_on="_from", right_on="id", suffix="_before")
    assert own["kundennummer"].equals(own["kundennummer_before"])
    assert varied(table, 2).equals(made) and not varied(table, 2, seed=9)["text"].equals(made["text"])
    assert varied(table.sample(fraction=1.0, shuffle=True, seed=1), 2).sort("id").equals(made.sort("id"))


@given(st.integers(1000, 999_999), st.dates(date(2020, 1, 1), date(2029, 12, 31)), st.integers(100, 9_999_999), st.integers(0, 5))
@settings(max_examples=12, deadline=None)
def test_numbers_days_and_amounts_stay_what_they_are(reading, day, cents, seed):
    amount = f"{cents / 100:,.2f}"
    german = f"Die Rechnung RE-{reading} vom {day:%d.%m.%Y} über {amount.translate(str.maketrans(',.', '.,'))} EUR ist höher als erwartet."
    for now in variants(german + f" Bitte prüfen Sie den Zählerstand {reading} kWh.", 3, "de", seed):
        assert f"RE-{reading}" in now
        assert sorted(facts_of(now, "de")) == sorted(facts_of(german + f" Zählerstand {reading} kWh.", "de"))
    english = f"The bill {reading} of {day:%Y-%m-%d} over EUR {amount} is higher than expected."
    for now in variants(english, 3, "en", seed):
        assert sorted(facts_of(now, "en")) == sorted(facts_of(english, "en"))


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("Wir haben den Zähler 4711 am 01.02.2026 ausgetauscht.", "de", "Der Zähler 4711 wurde von uns am"),
        ("Der Vertrag V-700012 wurde von uns am 01.02.2026 storniert.", "de", "Wir haben den Vertrag V-700012 am"),
        ("Bitte prüfen Sie meinen Vertrag V-12.", "de", "Mein Vertrag V-12 soll bitte geprüft werden."),
        ("Bitte stellen Sie meinen Vertrag V-12 zum 01.02.2026 auf Natur um.", "de", "Mein Vertrag V-12 soll bitte zum"),
        ("Ich ziehe am 01.02.2026 nach Lindenweg 5.", "de", "ziehe ich nach Lindenweg 5."),
        ("We have replaced the meter 4711 on 5 January 2026.", "en", "has been replaced by us."),
        ("Wij hebben de factuur 77 op 1 maart 2026 verstuurd.", "nl", "77 is door ons op"),
    ],
)
def test_sentences_change_their_voice_by_the_rules_of_grammar(text, language, told):
    assert any(told in one for one in variants(text, 12, language))


def test_sentences_that_lean_on_another_keep_their_place():
    text = "Mein Zähler 4711 zeigt seit dem 01.02.2026 nichts an. Er steht im Keller 3. Bitte schicken Sie ihn an Lindenweg 5."
    for one in variants(text, 12):
        assert one.index("4711") < one.index("Keller") < one.index("Lindenweg")
    free = "Ich ziehe am 01.02.2026 nach Lindenweg 5. Meine Kundennummer ist 4711."
    assert {one.index("4711") < one.index("Lindenweg") for one in variants(free, 12)} == {True, False}


def test_what_speaks_to_nobody_or_is_signed_is_not_greeted():
    for text in (
        "Kundin Eva Muster, geboren 12.03.1986, Parkallee 70",
        "Am 12.03.2026 sind wir in Kirchau. #Netz",
        "Zähler 77 zeigt 99 kWh. Gruß, T. H.",
    ):
        assert all("\n" not in one for one in variants(text, 8))
    assert any(one.startswith(("Guten Tag", "Hallo", "Sehr")) for one in variants("Bitte prüfen Sie den Zählerstand 4711 kWh.", 8))


def test_leading_zeros_and_a_single_one_stay():
    for one in variants("Bitte prüfen Sie die Stände 006721 kWh und 1 kWh.", 10):
        assert "006721 kWh" in one and "1 kWh" in one


def test_other_facts_words_and_denials_are_told_apart():
    text = "Die Rechnung RE-12 über 50,00 EUR ist nicht bezahlt. Der Zähler in Kirchau zeigt 77 kWh."
    assert same_facts(text, "Guten Tag! " + text.replace("50,00 EUR", "50 €"))
    for old, new in (("RE-12", "RE-13"), ("nicht ", ""), ("Kirchau", "Neudorf"), ("77 kWh", "77 EUR"), ("50,00", "77,00")):
        assert not same_facts(text, text.replace(old, new))
    assert not same_facts("Am 01.02.2026 zahlte ich 5 EUR. Nr. 7 fehlt.", "Am 01.02.2026 zahlte ich 7. Nr. 5 EUR fehlt.")


def test_no_word_that_turns_a_meaning_may_be_exchanged():
    turning = {"nicht", "kein", "keine", "nie", "ohne", "nur", "not", "no", "never", "without", "only", "niet", "geen", "nooit", "zonder"}
    for language in ("de", "en", "nl"):
        assert not wording(language).vocabulary & turning


def test_languages_and_counts_that_there_are_none_of():
    with pytest.raises(InvalidInput, match="fr"):
        variants("Bonjour 5", 1, "fr")
    with pytest.raises(InvalidInput):
        variants("Hallo", 21)
    with pytest.raises(InvalidInput, match="text"):
        varied(pl.DataFrame({"id": ["a"]}), 1)
    assert variants("", 3) == [] and variants("Zähler 5", 0) == []
    none = pl.DataFrame({"id": ["a", "b"], "text": [None, "Bonjour 5"], "lang": ["de", "fr"]})
    assert varied(none, 2).is_empty()
