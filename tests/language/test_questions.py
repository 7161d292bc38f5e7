"""What a question asks for."""

import pytest

from nova.language.questions import question_type


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bis wann muss der Bericht vorliegen?", "deadline"),
        ("Wie viele Wochen haben wir dafür Zeit?", "deadline"),
        ("Welche Frist gilt bei Umzug?", "deadline"),
        ("Wie hoch ist die Stromsteuer?", "amount"),
        ("Ab welcher Leistung zahlt man einen Zuschuss?", "amount"),
        ("Was ist ein Mehrwertdienst?", "definition"),
        ("Wer haftet für den Schaden?", "who"),
        ("Darf der Versorger den Strom abstellen?", "whether"),
        ("Säumiger Kunde: Können wir einen Münzzähler setzen?", "whether"),
        ("Wie läuft der Wechsel ab?", "how"),
        ("Zählertausch", "other"),
    ],
)
def test_types(text: str, kind: str) -> None:
    assert question_type(text) == kind
