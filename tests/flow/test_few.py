"""Two short documents of one's own: what stands in them is answered, what does not is refused."""

import pytest

from tests.flow.conftest import Up, read, start

pytestmark = pytest.mark.slow

LAMPS = """# Verordnung über Musterlampen (MusterV)

## § 1 Anwendungsbereich

(1) Diese Verordnung gilt für alle Musterlampen im Netzgebiet.

## § 2 Prüfung

(1) Musterlampen sind alle drei Jahre zu prüfen. Die Prüfung dauert höchstens zwei Stunden.

(2) Der Betreiber hat das Ergebnis binnen vier Wochen mitzuteilen.
"""
HOUSE = """Hausordnung der Stadtwerke

Die Kantine öffnet werktags um 11 Uhr 30 und schließt um 14 Uhr. Fahrräder sind im Hof abzustellen.

Besucher melden sich am Empfang an. Der Parkplatz P2 ist für Kunden reserviert.
"""


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("few")
    (folder / "muster.md").write_text(LAMPS, "utf-8")
    (folder / "hausordnung.txt").write_text(HOUSE, "utf-8")
    up = start(folder / "data", "--no-seed")
    read(up.folder, "ingest", str(folder / "muster.md"), str(folder / "hausordnung.txt"))
    yield up
    assert up.stop() == 0


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Wie oft werden Musterlampen geprüft?", "drei Jahre"),
        ("Wie lange dauert die Prüfung?", "zwei Stunden"),
        ("Wann macht die Kantine auf?", "11 Uhr 30"),
        ("Wo soll ich mein Fahrrad abstellen?", "im Hof"),
        ("Für wen ist der Parkplatz P2?", "Kunden"),
    ],
)
def test_what_stands_there_is_answered(few: Up, question: str, words: str) -> None:
    answer = read(few.folder, "ask", question)
    assert answer["status"] == "answered"
    assert words in answer["answer"]
    assert any(words in citation["quote"] for citation in answer["citations"])


@pytest.mark.parametrize(
    "question", ["Wer war der erste Bundeskanzler?", "Was kostet eine Kilowattstunde?", "Wie heißt der Geschäftsführer?"]
)
def test_what_does_not_is_refused(few: Up, question: str) -> None:
    assert read(few.folder, "ask", question)["status"] == "refused"
