"""`nova explain`: words on the command line become one question; what the data say is shown with its facts."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from click.testing import CliRunner

from nova.cli.energy import explain
from nova.cli.root import nova
from nova.errors import NotFound

FACT = {"fact_id": "f", "label": "Verbrauch von HH-1 am 20.11.2026", "text": "12,0 kWh", "rows": 96}
ANSWER = {"answer": "", "sentences": [{"text": "Es waren 12,0 kWh.", "citations": [], "checked": True}], "citations": [], "facts": [FACT]}


class Client:
    """Answers each question alike and keeps it."""

    def __init__(self, answer: Mapping[str, Any]) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def post(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        assert path == "/rag/ask"
        self.asked.append(body["question"])
        return self.answer

    def get(self, path: str, **_: Any) -> Mapping[str, Any]:
        assert path == "/data/meters"
        return {"meters": [{"meter_id": "HH-1", "title": "Haus am See"}], "total": 1}


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    made = Client(ANSWER)

    @contextmanager
    def session(_: Any) -> Iterator[Client]:
        yield made

    monkeypatch.setattr(explain, "session", session)
    return made


def test_words_become_a_question_and_facts_are_shown(client: Client) -> None:
    shown = CliRunner().invoke(nova, ["explain", "HH-1", "letzte", "Woche"])
    assert client.asked == ["Warum war der Verbrauch von HH-1 letzte Woche so hoch?"]
    assert "Es waren 12,0 kWh." in shown.stdout
    assert "Verbrauch von HH-1 am 20.11.2026: 12,0 kWh (aus 96 Werten)" in shown.stdout


def test_cost_and_json(client: Client) -> None:
    shown = CliRunner().invoke(nova, ["explain", "HH-1", "gestern", "--cost", "--json"])
    assert client.asked == ["Warum waren die Stromkosten von HH-1 gestern so hoch?"]
    assert json.loads(shown.stdout)["facts"] == [FACT]


@pytest.mark.parametrize(
    ("meter", "status", "words"),
    [
        ("HH-9", "abstained", "Den Zähler „HH-9“ kennt Nova nicht. Es gibt HH-1."),
        ("haus am see", "abstained", "„blubb“ ist nichts zu sagen. Zeiträume heißen etwa"),
        ("HH-1", "answered", "Für diesen Tag gibt es keine Werte."),
    ],
)
def test_what_the_data_cannot_tell_is_not_found(client: Client, meter: str, status: str, words: str) -> None:
    client.answer = {**ANSWER, "answer": "Für diesen Tag gibt es keine Werte.\n\nAls Nächstes", "status": status, "facts": []}
    found = CliRunner().invoke(nova, ["explain", meter, "blubb"])
    assert isinstance(found.exception, NotFound)
    assert words in found.exception.message
    assert found.exception.exit_code == 3
