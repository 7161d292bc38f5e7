"""Questions to begin with and to go on with: in the words of people, of what is held, and never what was just told."""

from nova.answers.ask import Question, ask
from nova.answers.emergency.judge import judge
from nova.answers.passages.starters import in_words
from nova.answers.rules.book import shipped
from nova.answers.rules.map import Hit
from nova.answers.rules.phrases import LONGEST, PRIVATE, by_topic, is_clean, is_of_staff, phrase, question_of, questions
from nova.answers.suggest import FIRST_OF_STAFF, FIRST_PRIVATE, Answered, first_questions, following, instead, law_of, meter_question
from nova.answers.turn.focus import LawTopic
from tests.rooms.answers.shelf import laws

ALL = frozenset(norm for rules in by_topic().values() for rule in rules for norm in rule.norms)
LAWS = frozenset(map(law_of, ALL))


def test_most_rules_have_a_question_that_may_be_proposed() -> None:
    proposed = [said for rule in shipped() if (said := question_of(rule)) is not None]
    assert len(questions()) > 450 and len(proposed) > 400
    for said in proposed:
        assert len(said) <= LONGEST and is_clean(said) and judge(said) is None, said


def test_a_line_in_haste_or_dialect_is_not_proposed() -> None:
    for line in (
        "stromsperre ab welchem betrag",
        "Wie viele Monatsraten muss ich offen haben bevor das Gas gesperrt wird?",
        "Was kriegt ihr von mir, wenn ich den Zähler tausche?",
        "Ich zahle gar nichts. Darf der Versorger sperren?",
        "Hab diesen Monat nur die Hälfte überwiesen, reicht das?",
    ):
        assert not is_clean(line), line
    known = {"hoch", "darf", "mein", "Abschlag", "sein"}
    lines = ["Wie hoch darf der Apschlag werden?", "Wie hoch darf mein Abschlag sein?", "Wie hoch darf unser Abschlag sein?"]
    assert phrase(lines, known) == "Wie hoch darf mein Abschlag sein?"
    assert phrase(["nix"], known) is None


def test_one_begins_with_what_suits_the_role_each_question_of_another_matter() -> None:
    private, staff = first_questions(ALL, 4, staff=False), first_questions(ALL, 4, staff=True)
    assert len(private) == len(staff) == 4 and private != staff
    assert private[0] == "Wie wird mein monatlicher Abschlag berechnet?"
    topics = {question_of(rule): rule.topic for rules in by_topic().values() for rule in rules}
    assert [topics[said] for said in private] == list(FIRST_PRIVATE[:4]) and topics[staff[0]] == FIRST_OF_STAFF[0]
    everything = first_questions(ALL, 1000, staff=False)
    assert not any(is_of_staff(said) for said in everything) and len(everything) == len(set(everything)) > 80


def test_one_begins_with_what_is_held() -> None:
    assert first_questions(frozenset({"stromgvv:13"}), 4, staff=False) == ["Wie wird mein monatlicher Abschlag berechnet?"]
    assert first_questions(frozenset({"musterv:1"}), 4, staff=False) == []


def test_meters_have_a_question_of_their_own() -> None:
    assert meter_question(0, staff=False) == []
    assert meter_question(1, staff=False) == ["Wie viel Strom habe ich gestern verbraucht?"]
    assert meter_question(1, staff=True) == ["Wie viel Strom haben wir gestern verbraucht?"]
    assert meter_question(3, staff=False) == ["Welcher Zähler hat gestern am meisten verbraucht?"]


def test_the_next_question_is_another_one_of_the_same_topic() -> None:
    about = next(rule for rule in by_topic()["abschlag"] if question_of(rule))
    hits = [Hit(about, 0.9)]
    told = [place.quote for place in about.places]
    said = following(Answered("Wie hoch darf mein Abschlag sein?", ("stromgvv:13",), told, LAWS), hits, ())
    assert said in [question_of(rule) for rule in by_topic()["abschlag"] if rule is not about]
    before = LawTopic(rules=tuple(rule.key for rule in by_topic()["abschlag"]))
    assert following(Answered("Wie hoch?", ("stromgvv:13",), told, LAWS), hits, (before,)) != said
    assert following(Answered("Wie hoch?", ("stromgvv:13",), told, ()), hits, ()) is None
    assert following(Answered("Wie hoch?", ("musterv:1",), told, LAWS), hits, ()) is None


def test_who_asks_for_themselves_is_proposed_nothing_of_a_company() -> None:
    for rule in (rule for rules in by_topic().values() for rule in rules if rule.who in PRIVATE):
        said = following(Answered("Was gilt da?", rule.norms, (), LAWS), [Hit(rule, 0.9)], ())
        assert said is None or not is_of_staff(said), said


def test_instead_of_an_answer_the_nearest_rule_is_proposed() -> None:
    rule = next(rule for rule in by_topic()["wallbox"] if question_of(rule))
    assert instead([Hit(rule, 0.4)], {"nav"}, ()) == question_of(rule)
    assert instead([Hit(rule, 0.4)], {"enwg"}, ()) is None
    assert instead([Hit(rule, 0.05)], {"nav"}, ()) is None
    assert instead([Hit(rule, 0.4)], {"nav"}, (LawTopic(rules=(rule.key,)),)) is None


def test_headings_are_the_last_resort_and_said_in_words() -> None:
    assert in_words("Was regelt § 17 StromGVV zu „Zahlung, Verzug“?") == "Was steht in § 17 StromGVV zu „Zahlung, Verzug“?"
    assert in_words("Worum geht es in „Hausordnung“?") == "Worum geht es in „Hausordnung“?"


def test_an_answer_goes_on_with_a_question_of_people() -> None:
    answer = ask(laws(), Question("Ab welchem Rückstand darf mir der Strom gesperrt werden?"))
    assert answer.status == "answered"
    assert answer.next_question is not None and not answer.next_question.startswith("Was regelt")
