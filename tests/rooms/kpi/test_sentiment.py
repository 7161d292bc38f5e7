"""The tone of what customers say: handwritten sentences, negation, words of the trade, irony; and the site's own model."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.kpi.tone import own_model
from nova.kpi.tone.child import tones_task
from nova.kpi.tone.sentiment import lexicon, parse, tone
from nova.store.postgres.db import Database
from nova.store.quality import kpi_labels
from tests.rooms.kpi.house import MONDAY, conversation, subject, wipe

pytestmark = pytest.mark.slow

SENTENCES = [json.loads(line) for line in (Path(__file__).parent / "sentences.jsonl").read_text("utf-8").splitlines()]


def accuracy(held: bool) -> tuple[float, float, float]:
    """Of the sentences: the share told right, the share told at all, the share told right of those told."""
    rows = [(row["label"], tone(row["text"]).label) for row in SENTENCES if row["held"] == held]
    told = [pair for pair in rows if pair[1] != "unknown"]
    return sum(a == b for a, b in rows) / len(rows), len(told) / len(rows), sum(a == b for a, b in told) / len(told)


def test_there_are_enough_words_and_sentences() -> None:
    assert len(lexicon()) >= 600 and len(SENTENCES) >= 150


def test_sentences_written_after_the_lexicon_are_told_right_or_left_unknown() -> None:
    right, told, right_of_told = accuracy(held=True)
    assert right >= 0.75 and told >= 0.7 and right_of_told >= 0.9


def test_sentences_the_lexicon_was_made_with_are_told_right() -> None:
    assert accuracy(held=False)[0] >= 0.95


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Gibt es eine Störung in der Hauptstraße?", "neutral"),
        ("Wann droht eine Sperrung nach der zweiten Mahnung?", "neutral"),
        ("Ich möchte kündigen.", "neutral"),
        ("Das war hilfreich.", "positive"),
        ("Das war nicht hilfreich.", "negative"),
        ("Das war nicht schlecht.", "positive"),
        ("Das hat ohne Probleme geklappt.", "positive"),
        ("Ich bin zufrieden.", "positive"),
        ("Ich bin nicht zufrieden.", "negative"),
        ("Ich bin nicht enttäuscht.", "positive"),
        ("Ich bin überhaupt nicht unzufrieden.", "positive"),
        ("Nicht unzufrieden.", "positive"),
        ("Die Antwort ist nicht nur unklar, sondern falsch.", "negative"),
        ("super gemacht, vielen lieben Dank :)", "positive"),
        ("Schon wieder eine falsche Rechnung :)", "unknown"),
        ("Danke, das hilft mir ;)", "unknown"),
        ("👍", "positive"),
        ("👎", "negative"),
        ("Wie hoch ist mein Abschlag 🙂?", "neutral"),
        ("besser geht's nicht", "positive"),
        ("Schlechter geht's nicht.", "negative"),
        ("Ich könnte nicht zufriedener sein.", "positive"),
        ("Sie haben nichts besser gemacht.", "negative"),
        ("Das wird nie besser.", "negative"),
        ("Seitdem wurde es nie besser.", "negative"),
        ("Seit dem Umzug nie wieder Probleme gehabt.", "positive"),
        ("Nie wieder Stadtwerke!", "negative"),
        ("Nie wieder so ein schlechter Service.", "negative"),
        ("Noch nie so gut beraten worden.", "positive"),
        ("Das war nie so gut wie versprochen.", "negative"),
        ("Niemand löst mein Problem.", "unknown"),
        ("Ich will keinen Ärger.", "unknown"),
        ("Ihr Chatbot taugt nichts.", "negative"),
        ("Ich bin überhaupt nicht zufrieden.", "negative"),
        ("Ich bin keineswegs zufrieden.", "negative"),
        ("Das stimmt überhaupt nicht.", "negative"),
        ("Ihr Portal funktioniert nicht.", "negative"),
        ("Na toll, vielen Dank auch.", "unknown"),
        ("[NAME_7KQ2MX]", "unknown"),
        ("", "unknown"),
        ("Wie hoch ist mein Abschlag? Vielen Dank!", "neutral"),
    ],
)
def test_one_by_one(text: str, label: str) -> None:
    assert tone(text).label == label


def test_strong_words_weigh_more() -> None:
    scores = [
        tone(text).score for text in ("Leider.", "Ich bin enttäuscht.", "Ich bin extrem enttäuscht.", "Das ist Betrug, eine Frechheit!")
    ]
    assert scores == sorted(scores, reverse=True, key=lambda score: score or 0.0) and len(set(scores)) == 4


@given(st.text(max_size=300))
def test_every_text_has_a_tone_within_bounds(text: str) -> None:
    heard = tone(text)
    assert (heard.score is None) == (heard.label == "unknown")
    assert heard.score is None or -1 <= heard.score <= 1


def test_a_broken_lexicon_names_its_line() -> None:
    with pytest.raises(ValueError, match="line 2"):
        parse("1 gut\n7 grossartig\n")


def labelled(count: int) -> list[tuple[str, str]]:
    """Labels of a site with a word of its own ("flupsig" is bad) that no lexicon knows."""
    bad = [(f"Das {thing} Nummer {n} ist flupsig geworden.", "negative") for n in range(count // 2) for thing in ("Gerät",)]
    fine = [(f"Das Gerät Nummer {n} ist knorke geworden.", "positive") for n in range(count - len(bad))]
    return bad + fine


class _Here:
    """A child process's work, done here."""

    def run(self, function: str, args: dict[str, object], body: bytes = b"", **_: object) -> tuple[object, bytes]:
        assert function == own_model.CHILD
        return tones_task(args, body)


def test_the_sites_own_model_takes_over_from_200_labels_on() -> None:
    asked = ["Ist das flupsig!", "Alles knorke."]
    few = own_model.judge(_Here(), labelled(198), asked)
    assert not few.own and few.f1 is None and few.tone(asked[0]).label == "unknown"
    own = own_model.judge(_Here(), labelled(200), asked)
    assert own.own and own.f1 == 1.0 and own.lexicon_f1 == 0.0
    assert [own.tone(text).label for text in asked] == ["negative", "positive"]
    assert own.tone("Unfassbar, eine Frechheit.").label == "negative"  # not among what was asked: the lexicon
    assert own.report() == own_model.judge(_Here(), labelled(200)[::-1], asked).report()


def test_a_model_that_is_worse_than_the_lexicon_does_not_take_over() -> None:
    words = [("Das ist sehr ärgerlich", "negative"), ("Das ist wunderbar", "positive")]
    labels = [(f"{text} {at}", label) for text, label in words for at in range(100)]
    mixed = [(text, "positive" if at % 5 == 0 else label) for at, (text, label) in enumerate(labels)]
    judged = own_model.judge(_Here(), mixed, ["Das ist wunderbar"])
    assert judged.f1 is not None and judged.lexicon_f1 is not None
    assert judged.own == (judged.f1 >= judged.lexicon_f1)


def test_turns_of_people_are_labelled_where_they_may_be_looked_at(database: Database) -> None:
    wipe(database)
    seen, hidden = (
        conversation(database, MONDAY, ["Aha.", "Aha."], subject(database)),
        conversation(database, MONDAY, ["Aha."], None, ("service",)),
    )
    with database.transaction() as conn:
        assert own_model.label(conn, seen, 0, "negative", None, MONDAY)
        assert own_model.label(conn, seen, 0, "neutral", None, MONDAY)
        assert not own_model.label(conn, hidden, 0, "negative", None, MONDAY)
        assert not own_model.label(conn, seen, 2, "negative", None, MONDAY)
        assert own_model.label(conn, seen, 1, "neutral", None, MONDAY)
        assert kpi_labels.texts(conn) == [("Aha.", "neutral")]  # said twice, learned once
    database.execute("UPDATE conversations SET purposes = '{service}'")
    with database.transaction() as conn:
        assert kpi_labels.texts(conn) == []
