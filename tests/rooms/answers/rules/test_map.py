"""The nearest rules to a question, alone and within what a conversation is about."""

from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nova.answers.rules.book import Rule, RulePlace, shipped
from nova.answers.rules.map import MOST, RuleMap, shipped_map
from nova.answers.rules.topics import packed, shipped_learned, unpacked
from nova.answers.understand.vocabulary import Vocabulary

pytestmark = pytest.mark.slow

PARAPHRASES = (
    ("Unser Zähler läuft viel zu schnell, kann man den kontrollieren lassen?", "zaehlerpruefung"),
    ("Wer trägt die Kosten der Prüfung, falls der Zähler doch richtig misst?", "zaehlerpruefung"),
    ("Meine Mutter ist pflegebedürftig und im Zahlungsrückstand: klemmen die sie trotzdem ab?", "stromsperre"),
    ("Darf der Vermieter Heizkosten nach Wohnfläche aufteilen?", "heizkosten-verteilung"),
    ("Der Preis soll rauf: wie lange vorher muss mir das geschrieben werden?", "preiserhoehung"),
    ("Wann muss ich die Jahresabrechnung spätestens bezahlen?", "rechnung-faelligkeit"),
    ("Ich will eine Wallbox in die Garage hängen, wem melde ich die?", "wallbox"),
    ("Was muss ich meinem Versorger beim Auszug mitteilen?", "umzug"),
    ("Darf der Grundversorger Geld im Voraus fordern?", "vorauszahlung"),
    ("Was darf ein Smart Meter im Jahr höchstens kosten?", "smartmeter-kosten"),
)


def topics(text: str) -> list[str]:
    return [hit.rule.topic for hit in shipped_map().near(text)]


@pytest.mark.parametrize(("text", "topic"), PARAPHRASES)
def test_a_paraphrase_finds_its_topic(text: str, topic: str) -> None:
    known = {one.casefold() for rule in shipped() for one in (*rule.ask, *rule.then)}
    assert text.casefold() not in known
    assert topics(text)[0] == topic


def test_a_question_of_the_files_finds_its_own_topic() -> None:
    rules = shipped()[::40]
    lost = [rule.key for rule in rules if rule.topic not in topics(rule.ask[0])[:3]]
    assert lost == []


def test_who_tells_a_story_asks_in_one_of_its_sentences() -> None:
    story = "Guten Tag, ich wohne lange hier und der Hund heißt Waldi. Kann ich meinen Zähler nachprüfen lassen? Vielen Dank im Voraus."
    assert topics(story)[0] == "zaehlerpruefung"


def test_the_best_come_first_each_once_and_few() -> None:
    for text, _ in PARAPHRASES:
        hits = shipped_map().near(text)
        scores = [hit.score for hit in hits]
        assert scores == sorted(scores, reverse=True)
        assert len({hit.rule.key for hit in hits}) == len(hits) <= MOST
        assert all(score > 0 for score in scores)


@settings(max_examples=100)
@given(st.text(max_size=400))
def test_any_text_has_hits_or_none(text: str) -> None:
    for hits in (shipped_map().near(text), shipped_map().within(text, ["stromsperre"], ["nav:5"])):
        assert all(isfinite(hit.score) and 0 <= hit.score < 1.5 for hit in hits)


@pytest.mark.parametrize("text", ["", "?!", "   ", "ლუნა", "🙂"])
def test_what_has_no_words_is_near_to_nothing(text: str) -> None:
    assert shipped_map().near(text) == []


@pytest.mark.parametrize("text", ["und wie lange vorher?", "und wenn ich krank bin?", "Wie ist das mit der Wallbox?", "wer zahlt das?"])
def test_within_stays_inside_the_topic_and_what_lies_beside_it(text: str) -> None:
    found = shipped_map().within(text, ["zaehlerpruefung"], ["stromgvv:8"])
    own = {rule.key for rule in shipped() if rule.topic == "zaehlerpruefung"}
    norms = {norm for rule in shipped() if rule.key in own for norm in rule.norms} | {"stromgvv:8"}
    assert found
    for hit in found:
        shared = not norms.isdisjoint(norm for rule in shipped() if rule.topic == hit.rule.topic for norm in rule.norms)
        assert hit.rule.key in own or shared or hit.rule.topic.partition("-")[0] == "zaehlerpruefung"


def test_within_nothing_is_nothing() -> None:
    assert shipped_map().within("und wie lange vorher?", [], []) == []
    assert shipped_map().within("und wie lange vorher?", ["gibt-es-nicht"], ["nav:999"]) == []


def rule(topic: str, title: str, norm: str, *ask: str, then: tuple[str, ...] = ()) -> Rule:
    return Rule(topic, title, "kunde", (RulePlace(norm, "Worte"),), ask, then)


def small() -> RuleMap:
    """Four rules of three topics; the first two topics share a provision, the last stands alone."""
    return RuleMap(
        (
            rule("sperre", "Betrag", "stromgvv:19", "Ab welchem Betrag wird gesperrt?", then=("und wie viel?",)),
            rule("sperre", "Frist", "stromgvv:19", "Wie lange vorher wird die Sperre angedroht?", then=("und wie lange vorher?",)),
            rule("mahnung", "Mahnkosten", "stromgvv:19", "Was kostet eine Mahnung?"),
            rule("wallbox", "Melden", "nav:19", "Muss ich eine Wallbox melden?", then=("und wie lange vorher?",)),
        ),
        Vocabulary.load(),
    )


def test_what_goes_on_is_found_by_questions_that_go_on() -> None:
    assert small().within("und wie lange vorher?", ["sperre"], [])[0].rule.key == "sperre/Frist"
    assert small().within("und wie lange vorher?", ["wallbox"], [])[0].rule.key == "wallbox/Melden"


def test_what_lies_beside_a_topic_may_answer_and_what_is_far_may_not() -> None:
    within = {hit.rule.topic for hit in small().within("Was kostet die Mahnung, und wie melde ich die Wallbox?", ["sperre"], [])}
    assert "mahnung" in within
    assert "wallbox" not in within
    assert {hit.rule.topic for hit in small().within("Wallbox", [], ["nav:19"])} == {"wallbox"}


def test_without_a_model_nearness_alone_decides() -> None:
    assert small().near("Muss die Wallbox gemeldet werden?")[0].rule.topic == "wallbox"
    assert small().near("Gibt es eine Kantine?") == [] or small().near("Gibt es eine Kantine?")[0].score < 0.3


def test_rules_are_named_in_the_order_asked_for_and_lost_ones_left_out() -> None:
    found = small().named(["wallbox/Melden", "gibt/es nicht", "sperre/Betrag"])
    assert [one.key for one in found] == ["wallbox/Melden", "sperre/Betrag"]


def test_a_provision_has_topics_and_a_topic_a_title() -> None:
    assert small().topics_of(["stromgvv:19"]) == ("sperre", "mahnung")
    assert small().topics_of(["nav:1"]) == ()
    assert (small().title_of("sperre"), small().title_of("gibt-es-nicht")) == ("Betrag", "")


def test_the_model_and_the_rules_know_the_same_topics() -> None:
    topics = shipped_learned().model.topics
    assert set(topics) == {one.topic for one in shipped()}
    assert len(set(topics)) == len(topics)


def test_the_lines_made_beforehand_are_those_of_the_rules() -> None:
    """Where this fails, somebody changed the rules and did not run `scripts/topic_weights.py`."""
    kept, made = shipped_map().lines, RuleMap(shipped(), Vocabulary.load()).lines
    assert kept.owners.tolist() == made.owners.tolist()
    for text, _ in PARAPHRASES:
        assert kept.near(text) == pytest.approx(made.near(text), abs=0.02)


def test_chances_of_topics_add_up_to_one_or_there_are_none() -> None:
    model = shipped_learned().model
    known = next(iter(model.places))
    assert sum(model.chances({known: 1.0}).values()) == pytest.approx(1, abs=1e-4)
    assert model.chances({"w:quibbelschnorchel": 1.0}) == {}
    assert model.chances({}) == {}


def test_what_is_learned_comes_out_of_its_file_as_it_went_in() -> None:
    learned = shipped_learned()
    model, lines = learned.model, (learned.lines, learned.owners)
    again = unpacked(packed(model.topics, list(model.places), model.rarities, model.rows.toarray(), model.bias, lines))
    found = dict.fromkeys(list(model.places)[:50], 1.0)
    assert again.model.topics == model.topics
    assert again.model.chances(found) == pytest.approx(model.chances(found), abs=0.01)
    assert again.owners.tolist() == learned.owners.tolist()
    assert abs(again.lines - learned.lines).max() < 0.01
