"""A site with a planted bad ranking, and people who use it and judge what they get: what learning has to learn away.

A hand-out of a past campaign says every word of questions about changing one's monthly payment, and answers none of them; the page that
does stands below it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

from nova.answers.ask import AskContext, Question, ask
from nova.answers.compose.prompt import builtin
from nova.answers.replay import orders, sections
from nova.answers.rules.map import RuleMap
from nova.answers.search.retrieve import Memory, Sources
from nova.answers.search.weigh import ndcg
from nova.answers.turn.helping import HelpBook, HelpTopic
from nova.answers.understand.learned import RankingRelease
from nova.answers.understand.vocabulary import Vocabulary
from nova.flows.learning.cases import Learning
from nova.flows.learning.run import learn
from nova.governance.users import ensure_user
from nova.store.ids import uuid7
from nova.store.postgres.db import Database
from nova.store.talk.answers import AnswerRecord, StoredAnswers
from tests.fakes.running import Context
from tests.rooms.answers.shelf import SAMPLES, Scripted
from tests.rooms.knowledge.house import House

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SPACE = UUID("6ba7b813-9dad-11d1-80b4-00c04fd430c8")
PAGES = {
    "Teilbeträge anpassen": """Im Kundenportal finden Sie unter „Mein Vertrag“ den monatlichen Abschlag für Strom und können ihn dort
jederzeit ändern. Ob Sie ihn senken oder erhöhen: Der neue Teilbetrag gilt ab dem nächsten Ersten. Weniger als achtzig Prozent des
berechneten Betrags geht nur mit einem abgelesenen Zählerstand. Ohne Zugang zum Portal genügt ein Brief mit der Kundennummer.""",
    "Aktion: Abschlag ändern, Abschlag senken, Abschlag erhöhen": """Abschlag ändern, Abschlag senken oder Abschlag erhöhen: So hieß
unsere Aktion im Herbst. Den Abschlag online ändern, den Abschlag telefonisch ändern, den monatlichen Abschlag für Strom selbst anpassen,
senken oder erhöhen: zu allem gab es am Stand ein Gewinnspiel. Der Abschlag war auch Thema des Vortrags. Die Aktion ist beendet.""",
    "Umzug melden": "Einen Umzug melden Sie uns bitte spätestens zwei Wochen vorher mit dem Zählerstand und der neuen Anschrift.",
    "Zählerstand mitteilen": "Ihren Zählerstand teilen Sie uns einmal im Jahr mit; wir schreiben Ihnen dazu im November. Ein Foto genügt.",
    "Rechnung verstehen": """Die Rechnung zeigt den Verbrauch, die gezahlten Beträge und das Guthaben. Ein Guthaben überweisen wir
binnen zwei Wochen.""",
}
# What is learned here is of documents: neither the handbook nor the map of rules has a say.
NO_HELP = HelpBook((HelpTopic("none", "", "", (), "-", ("xyzzy",), ()),))
NO_RULES = RuleMap((), Vocabulary())
PLANTED = (
    "Wie kann ich meinen Abschlag ändern?",
    "Wo kann ich den monatlichen Abschlag anpassen?",
    "Kann ich meinen Abschlag senken?",
    "Ich möchte meinen Stromabschlag erhöhen, wie geht das?",
    "Abschlag online ändern",
    "Wie erhöhe ich den Abschlag für Strom?",
)
PLANTED_HELD_OUT = (
    "Abschlag selbst senken, geht das?",
    "Wie lässt sich mein monatlicher Abschlag anpassen?",
    "Den Abschlag für meinen Strom ändern",
    "Ist mein Abschlag zu hoch, kann ich ihn senken?",
    "Wo ändere ich meine Abschläge?",
    "Abschlagshöhe online anpassen",
)
OTHERS = {
    "§ 20": ("Mit welcher Frist kann der Grundversorgungsvertrag gekündigt werden?", "Wie kündige ich die Grundversorgung?"),
    "§ 19": ("Wann darf der Grundversorger die Versorgung unterbrechen?", "Wann wird mir der Strom gesperrt?"),
    "Umzug": ("Wie melde ich einen Umzug?", "Umzug melden mit Zählerstand"),
    "Zählerstand": ("Wie teile ich meinen Zählerstand mit?", "Zählerstand mitteilen, reicht ein Foto?"),
    "Rechnung verstehen": ("Wann wird ein Guthaben der Rechnung überwiesen?", "Was zeigt die Rechnung?"),
}
OTHERS_HELD_OUT = {
    "§ 20": (
        "Welche Kündigungsfrist hat der Grundversorgungsvertrag?",
        "Grundversorgung kündigen",
        "Vertrag kündigen Frist Grundversorger",
    ),
    "§ 19": ("Wann darf die Versorgung unterbrochen werden?", "Unterbrechung der Versorgung", "Stromsperre durch den Grundversorger"),
    "Umzug": ("Wann muss ich meinen Umzug melden?", "Umzug Frist", "Umzug neue Anschrift melden"),
    "Zählerstand": ("Wann soll ich den Zählerstand mitteilen?", "Foto des Zählers", "Zählerstand einmal im Jahr"),
    "Rechnung verstehen": ("Guthaben der Rechnung", "Wann bekomme ich mein Guthaben überwiesen?", "Rechnung verstehen"),
}
PEOPLE = 9


class Noted(StoredAnswers):
    """A shelf that hands over what it is to keep: everybody who asks the same is told the same."""

    record: AnswerRecord

    def keep(self, record: AnswerRecord) -> None:
        """Only remember it."""
        self.record = record


@dataclass
class Site:
    """A site in use; `people` are user ids, `subjects` their pseudonyms."""

    house: House
    people: list[UUID] = field(default_factory=list)
    subjects: dict[UUID, UUID] = field(default_factory=dict)
    said: dict[str, tuple[AnswerRecord, list[tuple[UUID, UUID]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for title, text in PAGES.items():
            self.house.add(f"# {title}\n\n{text}\n", f"{title.split()[0].lower()}.md")
        self.house.add((SAMPLES / "stromgvv.md").read_text("utf-8"), "stromgvv.md")
        self.vocabulary = Vocabulary.load()
        self.shelf = StoredAnswers(self.house.database)
        self.memory = Memory()
        rows = self.house.database.fetch_all("SELECT section_id, label, title FROM item_sections")
        self.places = {row["section_id"]: f"{row['label']} {row['title']}" for row in rows}

    @property
    def learning(self) -> Learning:
        """What the job learns with."""
        return Learning(self.house.database, self.house.index, self.house.room.analysers.current, lambda: self.vocabulary)

    def sources(self) -> Sources:
        """Where retrieval looks."""
        return Sources(self.shelf, self.house.index, self.house.room.analysers.current(), self.vocabulary, self.memory)

    def context(self, learned: RankingRelease | None = None) -> AskContext:
        """How questions are asked here."""
        analyser = self.house.room.analysers.current
        state = learned or RankingRelease()
        return AskContext(
            self.shelf, self.house.index, Scripted((), name=""), analyser, lambda: self.vocabulary, builtin, lambda text: text,
            lambda _: (), learned=lambda: state,
        )  # fmt: skip

    def sections_of(self, start: str) -> frozenset[UUID]:
        """The sections whose number or heading begins like this."""
        found = frozenset(one for one, name in self.places.items() if name.strip().startswith(start))
        assert found, start
        return found

    def join(self, name: str, *, training: bool = True) -> UUID:
        """Somebody who signs in, and what they agreed to."""
        user = ensure_user(self.house.database, name).user_id
        subject = uuid5(SPACE, name)
        self.house.database.execute("INSERT INTO subjects (subject_id, user_id) VALUES (%(s)s, %(u)s)", {"s": subject, "u": user})
        if training:
            self.consent(subject, True, NOW - timedelta(days=100))
        self.people.append(user)
        self.subjects[user] = subject
        return user

    def consent(self, subject: UUID, given: bool, at: datetime) -> None:
        """Say yes or no to training."""
        self.house.database.execute(
            "INSERT INTO consents (consent_id, subject_id, purpose, given, version, text_sha256, source, at)"
            " VALUES (%(id)s, %(s)s, 'training', %(given)s, '1', 'x', 'test', %(at)s)",
            {"id": uuid4(), "s": subject, "given": given, "at": at},
        )

    def ask(self, user: UUID, text: str, at: datetime) -> tuple[UUID, list[tuple[UUID, UUID]]]:
        """Ask as a person at a moment; the answer's id, and the passages shown with their sections."""
        if text not in self.said:
            noted = Noted(self.house.database)
            answer = ask(replace(self.context(), shelf=noted, helps=lambda: NO_HELP, rules=lambda: NO_RULES), Question(text))
            self.said[text] = (noted.record, [(passage.chunk_id, passage.section_id) for passage in answer.passages])
        record, shown = self.said[text]
        answer_id = uuid7()
        self.shelf.keep(replace(record, answer_id=answer_id, user_id=user))
        self.house.database.execute("UPDATE answers SET ts = %(at)s WHERE answer_id = %(id)s", {"at": at, "id": answer_id})
        return answer_id, shown

    def judge(self, user: UUID | None, answer_id: UUID, useful: bool, at: datetime, reason: str | None = None) -> None:
        """Thumbs up or down."""
        self.house.database.execute(
            "INSERT INTO rag_feedback (feedback_id, ts, user_id, answer_id, question, answer, useful, reason)"
            " VALUES (%(f)s, %(at)s, %(u)s, %(a)s, '', '', %(useful)s, %(reason)s)",
            {"f": uuid7(), "at": at, "u": user, "a": answer_id, "useful": useful, "reason": reason},
        )

    def use(self, user: UUID, kind: str, chunk_id: UUID, at: datetime) -> None:
        """Click, like or solve."""
        self.house.database.execute(
            "INSERT INTO events (event_id, user_id, ts, type, chunk_id) VALUES (%(e)s, %(u)s, %(at)s, %(kind)s, %(c)s)",
            {"e": uuid7(), "u": user, "at": at, "kind": kind, "c": chunk_id},
        )

    def live_through(self, people: Sequence[UUID] | None = None, start: datetime = NOW - timedelta(days=30)) -> None:
        """People ask about everything, find what answers them where it is shown, and say what is wrong."""
        at = start
        for number, user in enumerate(people or self.people):
            for text, place in self.asked(number):
                at += timedelta(minutes=17)
                self._live(user, text, self.sections_of(place), at)

    def asked(self, number: int) -> Iterator[tuple[str, str]]:
        """What the nth person asks: questions and what begins the heading that answers them."""
        for step in range(3):
            yield PLANTED[(number + 2 * step) % len(PLANTED)], "Teilbeträge"
        for place, questions in OTHERS.items():
            yield questions[number % len(questions)], place

    def _live(self, user: UUID, text: str, right: frozenset[UUID], at: datetime) -> None:
        answer_id, shown = self.ask(user, text, at)
        good = bool(shown) and shown[0][1] in right
        self.judge(user, answer_id, good, at + timedelta(minutes=1), None if good else "quelle")
        for chunk_id, section in shown:
            if section in right:
                self.use(user, "solve", chunk_id, at + timedelta(minutes=2))
                return

    def order(self, text: str, learned: RankingRelease) -> list[UUID]:
        """The sections found, best first."""
        return sections(orders(text, self.sources(), [learned])[0])

    def ndcg(self, questions: Sequence[str], place: str, learned: RankingRelease) -> float:
        """The mean nDCG@10 of questions that one place answers, in points."""
        right = self.sections_of(place)
        return 100 * sum(ndcg(self.order(text, learned), (right,)) for text in questions) / len(questions)

    def learn(self, now: datetime = NOW, by: str = "admin") -> dict[str, Any]:
        """Run the job's work."""
        return learn(self.learning, now, by, Context())


def settle(folder: Path, database: Database) -> House:
    """A house with empty tables."""
    house = House(database, folder)
    house.database.execute(
        "TRUNCATE items, users, subjects, jobs, index_outbox, analysers, installation, answers, rag_feedback, events, labels,"
        " learning_releases, learning_blocks, learning_terms, learning_questions, prompts, releases CASCADE"
    )
    return house
