"""Names of people: where words around them, first names or their place give them away, and what only bears a name. Nobody here exists."""

import pytest

from nova.privacy import find, redact, strict_scan


def names(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find(text) if span.kind == "name"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hiermit kündige ich, Hildegard Wortmann, meinen Vertrag.", ["Hildegard Wortmann"]),
        ("Guten Morgen, Petersen mein Name, ich habe eine Frage.", ["Petersen"]),
        ("hallo ich bin die sabine und mein strom is weg", ["sabine"]),
        ("ich heisse murat özdemir", ["murat özdemir"]),
        ("ANRUF VON HERMANN TEPE WEGEN ZÄHLERSTAND UND ABLESUNG", ["HERMANN TEPE"]),
        ("Frau Wasserfall meldet Wasserschaden im Zählerraum.", ["Wasserfall"]),
        ("Herr Stark fragt nach Starkstrom, Frau Sommer nach dem Sommertarif.", ["Stark", "Sommer"]),
        ("Agent: Wie ist Ihr Name bitte?\nKundin: Blume, wie die Blume.", ["Blume"]),
        ("Bot: Bitte geben Sie Ihren Namen ein.\nNutzer: marie schlüter", ["marie schlüter"]),
        ("Mein Schwiegervater Heinz-Dieter Brockmann ist verstorben, ich bin die Erbin.", ["Heinz-Dieter Brockmann"]),
        ("Danke im Voraus\nMit freundlichen Grüßen\nTheodor Vennemann", ["Theodor Vennemann"]),
        ("Alles erledigt. LG Tim", ["Tim"]),
        ("MfG K. Terhorst", ["K. Terhorst"]),
        ("gez. Dr. Wilhelm Oltmanns", ["Wilhelm Oltmanns"]),
        ("Kopie an Y. Demir, H.-J. Koopmann und Dr. A. Feld.", ["Y. Demir", "H.-J. Koopmann", "A. Feld"]),
        ("Die Eheleute Renate und Klaus Dirksmeyer widersprechen.", ["Renate", "Klaus Dirksmeyer"]),
        ("Notiz: Schulte, Marianne, will einen Ratenplan.", ["Schulte, Marianne"]),
        ("Eigentümer ist Friedrich Wilhelm Freiherr von der Osten.", ["Friedrich Wilhelm Freiherr von der Osten"]),
        ("Unterzeichnet: María José García de la Torre, Mieterin", ["María José García de la Torre"]),
        ("Mein Bruder Henning\nAverbeck zahlt.", ["Henning\nAverbeck"]),
        ("Herr Weidenfels war da. Weidenfels will jetzt doch wechseln.", ["Weidenfels", "Weidenfels"]),
        ("Ich bin's, Renate, die von gestern.", ["Renate"]),
        ("Prof. Dr. Lüders bittet um ein Angebot.", ["Lüders"]),
        ("Ja hallo, van der Merwe hier, es geht um das Gutachten.", ["van der Merwe"]),
        ("Im Namen von Wilma Rosendahl widerspreche ich.", ["Wilma Rosendahl"]),
    ],
)
def test_a_name_is_found_without_titles(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        'Der Tarif "Anna Strom" ist mir zu teuer, „Oskar Nacht“ auch.',
        "Ich möchte in den Tarif Emma Öko wechseln.",
        "Unser Hund Bruno hat den Ableser gebissen, Papagei Herr Schröder lacht.",
        "Orkan Sabine hat die Leitung beschädigt.",
        "Die Bäckerei Hansen in Aurich braucht einen Drehstromanschluss.",
        "Fa. Koch Tiefbau und Sommer & Winter Hausverwaltung bauen.",
        "Die Firma heißt Anton Meyer GmbH & Co. KG.",
        "Gilt das auch für Sankt Augustin oder nur für Bad Bentheim?",
        "Die Käthe-Kollwitz-Schule braucht einen neuen Anschluss.",
        "Das versteht kein Otto Normalverbraucher, und Max Mustermann auch nicht.",
        "Peter und Paul ist bei uns Kirmes.",
        "Das heißt Netzentgelt, so heißt es im Vertrag.",
        "Meine Frau hat angerufen, mein Mann auch.",
        "Familie und Freunde werben: 50 Euro Prämie.",
        "Vielen Dank für Ihre Hilfe, Gruß aus Norden.",
        "M wie Martha, also M wie Martha.",
        "Die Betreiber von Übertragungsnetzen und die Betreiber von Anlagen.",
        "Viessmann Vitocal, Tesla Model, Renault Zoe und Smart Meter Gateway.",
        "KÜNDIGUNG ZUM JAHRESENDE BESTÄTIGT, SCHLUSSRECHNUNG FOLGT",
        "Kunde: Ja, genau.\nAgent: Gerne.\nKunde: Danke.",
    ],
)
def test_what_only_bears_a_name_stays(text: str) -> None:
    assert names(text) == []


def test_a_second_stricter_scan_takes_weaker_evidence() -> None:
    assert find("Bei Kaltenborn wars dunkel") == []
    assert [span.kind for span in strict_scan("Bei Kaltenborn wars dunkel")] == ["name"]
    assert strict_scan("Die Rechnung von [NAME_7KQ2MX] an [ADRESSE] ist bezahlt.") == []


def test_known_values_go_in_other_writing_too() -> None:
    known = {"Erika Grothmeier": "name", "K-88 45 12": "customer_no", "Eschstraße 4": "address"}
    text = "ERIKA  GROTHMEIER (k884512), eschstraße 4: Grothmeiers Zähler, sagt erika."
    assert redact(text, known=known).text == "[NAME] ([KUNDENNUMMER]), [ADRESSE]: [NAME] Zähler, sagt [NAME]."


def test_a_vault_gives_the_tokens_and_gets_the_values() -> None:
    given: list[tuple[str, str]] = []

    def token(kind: str, value: str) -> str:
        given.append((kind, value))
        return "[NAME_7KQ2MX]"

    done = redact("Frau Grothmeier fragt.", token)
    assert done.text == "Frau [NAME_7KQ2MX] fragt."
    assert given == [("name", "Grothmeier")] == list(done.values)
    assert redact(done.text, token).text == done.text


@pytest.mark.parametrize("text", ["Gehört der Buchenhang", "Das gilt nach dem Zimmermann", "Und was sagt der Müller"])
def test_a_blank_at_the_end_changes_nothing(text: str) -> None:
    assert redact(f"{text} ").text == f"{redact(text).text} "
