"""What a gap is called: words as people wrote them, of several people or of the shipped vocabulary, and none that name nothing."""

from nova.kpi.gaps.naming import Name, name_of, stems_of, written
from nova.language.analyser import Analyser

ANALYSER = Analyser.builtin()


def name(*questions: str, one_person: bool = False) -> Name:
    return name_of(("a" if one_person else f"person-{n}", written(question, ANALYSER)) for n, question in enumerate(questions))


def test_words_stand_as_most_people_wrote_them() -> None:
    found = name("Wer liest die Zähler ab?", "Wie lese ich Zähler ab?", "zaehler ablesen", "Wann werden Zähler abgelesen?")
    assert "Zähler" in found.words and not {"zaehl", "zaehler", "ab"} & set(found.words)
    assert set(found.stems) == stems_of(found.words)
    asked = [
        "Welche Abstände gelten?",
        "Abstände zur Grenze?",
        "Abstände einer Wärmepumpe?",
        "Welcher Abstand?",
        "Abstände messen?",
        "Abstände?",
    ]
    assert "Abstände" in name(*asked).words


def test_what_names_nothing_is_left_out() -> None:
    found = name(*["Wärmeverbrauch pro Jahr: wer liest ab, innerhalb von was?"] * 3)
    assert "Wärmeverbrauch" in found.words
    assert not {"ab", "pro", "innerhalb", "von", "was"} & {word.lower() for word in found.words}


def test_nobodys_own_word_or_spelling_is_shown() -> None:
    asked = ["Wallbox bei Quastenhub"] * 4
    assert "Quastenhub" not in name(*asked).words and "Quastenhub" not in name(*asked * 2, one_person=True).words
    assert "Quastenhub" in name(*asked, "wallbox bei quastenhub").words
    many = name("Quastenhub", "Quastenhubs", "Quastenhubes", "Wallbox")
    assert not any("uastenhub" in word for word in many.words)  # no spelling is five people's


def test_tokens_of_people_name_nothing() -> None:
    assert name(*["Wallbox von [NAME_7KQ2MX]"] * 4).words == ("Wallbox",)


def test_questions_without_words_have_no_name() -> None:
    assert name("?", "!") == Name() == name()
