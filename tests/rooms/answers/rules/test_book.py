"""Files of rules: what is wrong is named with its line, and what is shipped stands in the laws."""

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

from nova.answers.rules.book import Rule, RulePlace, parse, shipped
from nova.answers.rules.hints import squeezed
from nova.engines.extract.markdown import normalise, parse_markdown
from nova.knowledge.structure import law_of, sections
from nova.language.norms import known_laws
from tests.places import SAMPLES
from tests.rooms.answers.shelf import reading_of

GOOD: dict[str, Any] = {
    "topic": "stromsperre",
    "title": "Ab 100 Euro",
    "who": "kunde",
    "places": [{"norm": "stromgvv:19", "quote": "mindestens   100\nEuro"}],
    "ask": ["Ab welchem Betrag wird gesperrt?"],
    "then": ["ab wie viel?"],
}


def line(**changes: Any) -> str:
    """A line of a file of rules; what is None is left out."""
    return json.dumps({name: value for name, value in (GOOD | changes).items() if value is not None}, ensure_ascii=False)


def test_a_line_is_a_rule() -> None:
    (rule,) = parse([line()], "eigene.jsonl")
    assert rule == Rule(
        "stromsperre", "Ab 100 Euro", "kunde", (RulePlace("stromgvv:19", "mindestens 100 Euro"),),
        ("Ab welchem Betrag wird gesperrt?",), ("ab wie viel?",),
    )  # fmt: skip
    assert rule.key == "stromsperre/Ab 100 Euro"


def test_empty_lines_are_no_rules_and_count() -> None:
    assert len(parse(["", line(), "   ", line(title="Zwei")], "eigene.jsonl")) == 2
    with pytest.raises(ValueError, match=r"^eigene\.jsonl, line 4: "):
        parse(["", line(), "  ", "{"], "eigene.jsonl")


@pytest.mark.parametrize("wrong", [
    "{", "[]", '"stromsperre"', "7", "null", "kein JSON", line(topic=None), line(title=None), line(who=None), line(places=None),
    line(ask=None), line(then=None), line(places=[]), line(ask=[]), line(places=[{"norm": "stromgvv:19"}]),
    line(places=[{"quote": "mindestens 100 Euro"}]), line(places=[{"norm": "stromgvv", "quote": "x"}]),
    line(places=[{"norm": "stromgvv:", "quote": "x"}]), line(places=[{"norm": "quibbelgesetz:1", "quote": "x"}]),
    line(places=["stromgvv:19"]), line(ask=7),
])  # fmt: skip
def test_a_wrong_line_is_named(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"^eigene\.jsonl, line 2: "):
        parse([line(), wrong, line()], "eigene.jsonl")


def test_a_law_is_known_by_any_of_its_names() -> None:
    places = [{"norm": "enwg_2005:41", "quote": "a"}, {"norm": "EnWG:41", "quote": "b"}, {"norm": "enwg:40", "quote": "c"}]
    (rule,) = parse([line(places=places)], "eigene.jsonl")
    assert [place.norm for place in rule.places] == ["enwg:41", "enwg:41", "enwg:40"]
    assert rule.norms == ("enwg:41", "enwg:40")


def test_every_shipped_rule_has_what_it_needs() -> None:
    rules = shipped()
    assert len(rules) > 500
    for rule in rules:
        assert rule.topic and rule.title and rule.who, rule.key
        assert rule.places and rule.ask, rule.key
        assert all(place.quote.strip() and place.norm for place in rule.places), rule.key
        assert all(text.strip() == text != "" for text in (*rule.ask, *rule.then)), rule.key


def test_no_two_shipped_rules_have_one_key() -> None:
    assert [key for key, count in Counter(rule.key for rule in shipped()).items() if count > 1] == []


def test_the_id_of_a_topic_is_one_small_word() -> None:
    for topic in {rule.topic for rule in shipped()}:
        assert topic == topic.lower()
        assert " " not in topic


@cache
def held() -> dict[str, str]:
    """The words of each provision of the sample laws."""
    found: dict[str, str] = {}
    for path in sorted(SAMPLES.glob("*.md")):
        document = parse_markdown(normalise(path.read_text("utf-8")))
        if law_of(document) is None:
            continue
        for one in sections(document):
            if one.norm:
                found[one.norm] = f"{found.get(one.norm, '')} {squeezed(document.text[one.start : one.end])}"
    return found


def test_each_quote_of_a_held_law_stands_in_its_provision() -> None:
    laws = {norm.partition(":")[0] for norm in held()}
    assert {"stromgvv", "nav", "msbg", "heizkostenv", "avbfernwaermev"} <= laws
    places = [(rule.key, place) for rule in shipped() for place in rule.places if place.norm.partition(":")[0] in laws]
    assert len(places) > 200
    assert [(key, place) for key, place in places if squeezed(place.quote) not in held().get(place.norm, "")] == []


def test_each_quote_stands_in_one_sentence_that_can_be_told() -> None:
    """A quote over two sentences names none: its rule would find the provision and tell another sentence of it."""
    told: dict[str, list[str]] = {}
    for path in sorted(SAMPLES.glob("*.md")):
        document = parse_markdown(normalise(path.read_text("utf-8")))
        for one in sections(document):
            if one.norm:
                reading = reading_of(document.text[one.start : one.end], norm=one.norm)
                told.setdefault(one.norm, []).extend(squeezed(f"{said.lead} {said.body} {said.tail}") for said in reading.said)
    places = [place for rule in shipped() for place in rule.places if place.norm in told]
    assert len(places) > 200
    assert [place for place in places if not any(squeezed(place.quote) in words for words in told[place.norm])] == []


def test_each_shipped_law_is_known() -> None:
    laws = {place.norm.partition(":")[0] for rule in shipped() for place in rule.places}
    assert [law for law in laws if known_laws().key(law) != law] == []
