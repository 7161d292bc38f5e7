"""No input; out: thousands of short sentences with trade terms, products, places and people in the same spots, made by substitution.

A frame is a sentence of Nova's own with slots; what fills them comes from the lists that ship. Whoever is named in a slot for people is
marked; terms, tariffs, devices, storms, schools and laws that bear a person's name are not.
"""

import random
from collections.abc import Callable, Iterator
from typing import Any

from nova.privacy import lexicon
from nova.privacy.lexicon import words

SEED = 11
Row = dict[str, Any]


def frames(told: str) -> list[str]:
    """Frames parted by "|"; "//" is a line's end."""
    return [" ".join(one.split()).replace(" // ", "\n") for one in told.split("|")]


ABOUT = frames(
    """
    {} | {} | {} | {}? | {}! | Was ist {}? | Was ist eigentlich {}? | Was bedeutet {}? | Was heißt {}? | Was heißt {} auf Deutsch? |
    Wie funktioniert {}? | Wie geht {}? | Erklär mir {}. | Erklären Sie bitte {}. | Bitte {} erklären | Bitte erkläre {} |
    Was kostet {}? | Was bringt {}? | Wozu braucht man {}? | Wer macht {}? | Wer bezahlt {}? | Wann kommt {}? | Wann lohnt sich {}? |
    Wo finde ich {}? | Wo steht etwas zu {}? | Gibt es {} noch? | Gibt es schon {}? | Gilt {} auch für mich? | Lohnt sich {}? |
    Ist {} Pflicht? | Ist {} sinnvoll? | Ist {} teurer? | Kann ich {} nutzen? | Kann ich {} kündigen? | Kann man {} kombinieren? |
    Brauche ich {}? | Haben Sie {}? | Habt ihr {}? | Hat {} Vorteile? | Hilft {}? | Läuft {} automatisch weiter? | Kommt {} noch vor? |
    Zeig mir {}. | Zeig mir bitte {} von gestern. | Ich möchte {}. | Ich suche {}. | Ich habe {}. | Ich verstehe {} nicht. |
    Ich habe eine Frage zu {}. | Frage zu {} | Info zu {} | Infos über {} bitte | Thema {} | Thema: {} | Stichwort {} | Betreff: {} |
    Re: {} | Punkt 3: {} | 1. {} | - {} | {} (neu) | {} 2024 | {} 2.0 | {} Plus | {} ab Mai | {} in Zahlen | {}: ja oder nein? |
    {}, was ist das? | {} bitte | {} erklären | {} einfach erklärt | {} wird teurer. | {} ist neu. | {} gilt ab Januar. |
    {} hat sich bewährt. | {} spart Geld. | {} wird abgeschafft. | {} kommt später. | {} läuft. | {} fehlt noch. | {} reicht nicht. |
    {} liegt bei 12 Prozent. | {} steigt am Abend. | Unterschied {} und {} | Was ist der Unterschied zwischen {} und {}? |
    Ist {} besser als {}? | {} oder {}? | {} und {} | {}, {} und {} | {} statt {} | {} / {} | {} vs. {} | Was ist besser, {} oder {}? |
    Ohne {} geht es nicht. | Mit {} geht es schneller. | Dank {} sparen wir. | Trotz {} ist es teuer. | Bei {} passiert nichts. |
    Für {} gelten Regeln. | Von {} habe ich gelesen. | Über {} stand etwas in der Zeitung. | Nach {} ist Schluss. |
    Seit {} ist alles anders. | Durch {} sinkt der Preis. | Wegen {} rufe ich an. | Der {} steigt. | Der {} ist hoch. | Die {} ist neu.
    | Das {} läuft. | Den {} kenne ich. | Dem {} fehlt etwas. | Ein {} kostet Geld. | Eine {} wäre gut. | Mein {} spinnt. |
    Unser {} liegt über Limit. | Welcher {} passt? | Welche {} gibt es? | Jeder {} zählt. | Kein {} mehr da. | Im {} steht nichts. |
    Am {} liegt es nicht. | Vom {} zum {} | Laut {} ist das so. | Per {} bezahlen | Als {} gilt das nicht. | Wie hoch ist {}? |
    Wie hoch ist der {} heute? | Wie lese ich {}? | Wieviel {} ist erlaubt? | Warum {}? | Warum steigt {}? | Warum ist {} billiger? |
    Wird {} gefördert? | Darf {} das? | Muss {} sein? | Soll ich {} nehmen? | Will jemand {}? | Schick mir {}. | Bring mir {} bei. |
    Rechne {} aus. | Vergleiche {} mit {}. | Liste {} auf. | Prüfe {}. | Setz {} auf die Liste. | Nimm {}. | Nenn mir {}. |
    Malt {} auch Verluste? | Sagt {} dir was? | Luna, was ist {}? | Hallo Luna, erklär mir {}. | Danke, und was ist {}? |
    Kurze Frage: {}? | Ein Wort zu {} | Schulung {} am Dienstag | Termin {} verschoben | Kapitel {} | Mein Vertrag heißt {}. |
    Auf der Rechnung steht {}. | Im Portal sehe ich {}. | Was meint ihr mit {}? | Was meinen Sie mit „{}“? |
    Das Wort {} verstehe ich nicht. | {} klingt gut. | {} kenne ich nicht. | {} und Co. | {} Preise | {} Anteil | {} Vertrag |
    {} beantragen | {} abbestellen | {} kündigen | {} freischalten | {} melden
    """
)
"""Short sentences that ask for or speak of a thing."""
SPOKEN_OF = frames(
    """
    {} | {} | {} | {}? | Wer ist {}? | Wer ist eigentlich {}? | Wo ist {}? | Wo finde ich {}? | Wann kommt {}? | Ist {} da? |
    Ist {} krank? | Ist {} besser als {}? | {} oder {}? | {} und {} | Kann ich {} sprechen? | Ich möchte {} sprechen. | Ich suche {}. |
    Ich habe eine Frage an {}. | Ich bin {}. | Ich heiße {}. | Hier ist {}. | Hier {}. | {} hier. | {} am Apparat. | Mein Name ist {}. |
    Mein Vertrag läuft auf {}. | Der Vertrag von {} läuft aus. | Vertrag {} | Rückruf {} | Termin mit {} verschoben | Gespräch mit {} |
    Info an {} | Frag {}. | Fragen Sie {}. | Ruf {} an. | {} ruft an. | {} wohnt hier nicht. | {} kommt später. | {} fehlt noch. |
    {} hat gekündigt. | {} zahlt zu viel. | {} ist umgezogen. | {} bittet um Rückruf. | {} will wechseln. | {} weiß Bescheid. |
    Danke, {}. | Hallo {}, | Liebe {}, | Lieber {}, | Guten Tag {} | Viele Grüße, {} | Gruß {} | LG {} | MfG {} | gez. {} | i. A. {} |
    Von: {} | An: {} | Name: {} | Kunde: {} | Kundin {} | Kunde {} | Mieter {} | Mieterin {} | Monteur {} | Nachbar {} | Kollegin {} |
    Zählerstand von {} | Der Zähler von {} steht. | Bei {} flackert das Licht. | Für {} eine Rechnung bitte. | Mit {} ist alles geklärt.
    | Post an {} | c/o {} | Laut {} ist das so. | Von {} habe ich nichts gehört. | Zeig mir die Rechnung von {}. | Was hat {} gezahlt? |
    Hat {} angerufen? | Wohnt {} noch hier? | Gehört der Zähler {}? | 1. {} | - {} | {}, Whg 3 | {} / EG links
    """
)
"""The same spots with somebody in them."""
ADDRESSED = frames(
    """
    Herr {} | Frau {} | Hr. {} | Fr. {} | Familie {} | Fam. {} | Dr. {} | Sehr geehrter Herr {}, | Sehr geehrte Frau {}, |
    Guten Tag Frau {} | Hallo Herr {} | Rückruf Frau {} | Termin bei Familie {} | Herr {} wohnt hier. | Frau {} ist umgezogen. |
    Ich heiße {}. | Wir heißen {}. | Mein Name ist {}. | Der Kunde heißt {}. | Nachname {} | Nachname: {} | Name: {} |
    Kunde {} zahlt nicht. | Mieterin {} zieht aus. | Mein Nachbar {} hat den Schlüssel. | Monteur {} war da. | geborene {} |
    Gruß, Ihr {} | {} mein Name. | {} heiße ich. | Eheleute {} | Erbengemeinschaft {} | zu Händen {} | vertreten durch {}
    """
)
"""Where somebody is surely meant."""
OF_A_LAW = frames(
    """
    Was besagt {}? | Nach {} ist die Summe null. | Nach {} gilt das nicht. | Laut {} geht das. | Das Gesetz von {} | Die Regel nach {} |
    Der Prozess nach {} | Das Verfahren von {} | Der Wirkungsgrad nach {} | Wie rechnet man mit {}? | Wie viel {} sind das? |
    Wie viele {} hat eine Kilowattstunde? | Wieviel {} hat der Druck? | 50 {} oder 60 {}? | 20 {} | Drei {} mehr | Ein {} reicht. |
    in {} umrechnen | Was ist ein {}? | Was ist ein {}-Diagramm? | {} und {} | Der {} Effekt kühlt das Gas. |
    Malt das {} Diagramm Verluste? | {} | {}-Formel | Der Satz von {} | {}sche Regel
    """
)
"""People after whom something is called, and units."""
IN_TARIFF = frames(
    """
    Tarif {} | Der Tarif {} läuft aus. | Ich habe den Tarif {}. | Läuft {} automatisch weiter? | Gibt es {} noch? | Was kostet {}? |
    {}: 29,9 ct | {} oder {}? | {} 12 | {} 24 | Ich will {} kündigen. | Ist {} noch buchbar? | Kann ich {} mit {} kombinieren? |
    Bitte den Tarif {} zeigen. | Produkt {} ist neu. | {} ist günstiger als {}. | Wechsel von {} zu {} | Unser Angebot {} gilt bis Mai.
    | Was kostet der Tarif {} gegenüber {}? | {};31,20;11,90 // {};29,85;12,50 | {} Fix 24 | {} Wärme | {} endet. | Neu: {} |
    „{}“ ist unser Ökotarif.
    """
)
"""Tariffs and products that bear a first name."""
OF_A_STORM = frames(
    """
    Sturm {} | Sturmtief {} | Orkan {} hat den Mast gekippt. | Tief {} bringt Regen. | Hoch {} bringt Flaute. |
    Orkantief {}: Bereitschaft verdoppelt | Seit Sturm {} ist der Strom weg.
    """
)
OF_AN_ANIMAL = frames(
    """
    Unser Hund {} bellt. | Unsere Katze {} hat das Kabel angeknabbert. | Der Kater {} schläft auf dem Router. |
    Unser Roboter {} lädt nachts. | Der Transporter {} muss zum TÜV. | Bulli „{}“ ist in der Werkstatt.
    """
)
AFTER_SOMEBODY = frames(
    """
    {0}-Effekt | {0}-Prozess | {0}-Turbine | {0}-Motor | {0}-Diagramm | {0}-Verfahren | {0}-Modell | {0}-Test | {0}-Spule | {0}-Relais |
    {0}-Element | {0}-Zahl | {0}-Gesetz | {0}-Konstante | {0}scher Effekt | {0}sches Gesetz | {0}sche Regel | {0}scher Käfig |
    {0}-{1}-Effekt | {0}-{1}-Prozess | {0} Effekt | {0} Diagramm | {0} Wirkungsgrad | {0} Rotor | {0} Turbine | {0} Zyklus |
    {0}-Wirkungsgrad | {0}-Rotor | {0}-Schutz | {0}-Generator | {0}-Algorithmus | {0}-Verteilung | {0}-Index | {0}-Methode | {0}-Kurve |
    {0}-Kennlinie | {0}-Stab | {0}-Fassung | {0}-Kessel
    """
)
"""Laws, machines and methods called after somebody."""
AT_A_PLACE = frames(
    """
    {0}-{1}-Schule | {0}-{1}-Platz | {0}-{1}-Allee | {0}-{1}-Straße | {0}-{1}-Gymnasium | {0}-{1}-Haus | {0}-{1}-Halle | {0}-{1}-Ring |
    {0} {1} GmbH | Firma {0} {1} GmbH & Co. KG | {1} & Söhne | {1} AG | Autohaus {1} | Bäckerei {1} | {1} Elektrotechnik GmbH |
    Gasthof {1} | Hotel {1} | {0}-{1}-Stiftung | Klinikum {1} | Wasserwerk {1} | Umspannwerk {1} | Kraftwerk {1} | Solarpark {1} |
    Windpark {1} | Stadtwerke {1}
    """
)
"""Schools, streets and companies called after somebody."""
GREEN = frames(
    """
    Grün | Öko | Natur | Fix | Flex | Komfort | Basis | Klassik | Classic | Plus | Pur | Premium | Smart | Direkt | Online | Regio |
    Spar | Kombi | Duo | Family | Privat | Business | Gewerbe | Wärme | Gas | Strom | Sonne | Wind | Wasser | Solar | Klima | Heim |
    Haus | Zuhause | Garant | Bonus | Treue | Start | Easy | Active | Aktiv | Maxi | Mini | Profi | Fair | Lokal | Heimat | Zukunft |
    Green | Blue | Power | Energie
    """
)
"""What tariffs are called by besides."""
COUNTS = {
    "english": 1500,
    "hyphen": 500,
    "brand": 400,
    "thing": 700,
    "place": 300,
    "tariff": 500,
    "after": 400,
    "storm": 60,
    "animal": 60,
    "named": 300,
    "lower": 250,
    "person": 1600,
    "eponym": 300,
    "law": 300,
    "addressed": 600,
}


class Maker:
    """Fills slots from lists, the same way each time."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)
        plain = words("english") - lexicon.given() - {"a", "i"}
        self.english = sorted(word for word in plain if len(word) > 2)
        self.brands = sorted(word for word in words("brands") if word.isalpha() and len(word) > 2)
        self.things = sorted(word for word in lexicon.ordinary() if word.isalpha() and len(word) > 9)
        self.places = sorted(word for word in lexicon.places() if len(word) > 3)
        self.given = sorted(word for word in words("firstnames") | words("given") if word.isalpha() and 2 < len(word) < 11)
        self.last = sorted(word for word in words("lastnames") if word.isalpha() and 2 < len(word) < 14)
        self.wordnames = sorted(word for word in words("wordnames") if word.isalpha() and len(word) > 2)
        self.eponyms = sorted(words("eponyms"))

    def one(self, told: list[str]) -> str:
        """A word with a capital."""
        return self.chance.choice(told).title()

    def english_term(self) -> str:
        """One to three English words in one of the usual writings."""
        parts = [self.chance.choice(self.english) for _ in range(self.chance.choice((1, 2, 2, 2, 3)))]
        how = self.chance.random()
        if how < 0.72:
            return " ".join(part.title() for part in parts)
        return " ".join(parts) if how < 0.82 else " ".join([parts[0].title(), *parts[1:]]) if how < 0.94 else " ".join(parts).upper()

    def hyphenated(self) -> str:
        """Two or three words with hyphens, English or German, perhaps with a small word between."""
        parts = [self.one(self.english) for _ in range(2)]
        small = self.chance.choice(("to", "of", "or", "the", "and", "in", "on", "by", "up"))
        how = self.chance.random()
        if how < 0.3:
            return f"{parts[0]}-{small}-{parts[1]}"
        if how < 0.5:
            return f"{parts[0]}-{self.one(self.things)}"
        return f"{parts[0]}-{parts[1].lower() if how > 0.8 else parts[1]}"

    def tariff(self) -> str:
        """A first name or a word with words that tariffs are called by."""
        head = self.one(self.given) if self.chance.random() < 0.7 else self.one(self.english)
        return " ".join([head, *self.chance.sample(GREEN, self.chance.choice((1, 1, 2)))])

    def surname(self) -> str:
        """A surname, often one that is a word or a physicist's too."""
        return self.one(self.chance.choice((self.last, self.last, self.wordnames, self.eponyms)))

    def person(self) -> str:
        """Somebody's name, in one of the usual writings."""
        last = self.last if self.chance.random() < 0.85 else self.wordnames
        how = self.chance.random()
        if how < 0.2:
            return self.one(self.given)
        if how < 0.45:
            return self.one(last)
        if how < 0.52:
            return f"{self.one(self.given)[0]}. {self.one(last)}"
        if how < 0.6:
            return f"{self.one(self.given)} {self.one(last)}-{self.one(self.last)}"
        return f"{self.one(self.given)} {self.one(last)}"


def filled(frame: str, made: Callable[[], str], people: bool) -> Row:
    """A frame with every slot filled; with `people` each is marked."""
    text, spans = "", []
    for index, piece in enumerate(frame.split("{}")):
        if index:
            value = made()
            if people:
                spans.append({"start": len(text), "end": len(text) + len(value), "type": "NAME", "text": value})
            text += value
        text += piece
    return {"text": text, "spans": spans}


def made_lines() -> Iterator[Row]:
    """All of them."""
    maker = Maker()
    chance = maker.chance
    sorts: dict[str, tuple[list[str], Callable[[], str]]] = {
        "english": (ABOUT, maker.english_term),
        "hyphen": (ABOUT, maker.hyphenated),
        "brand": (ABOUT, lambda: maker.one(maker.brands)),
        "thing": (ABOUT, lambda: maker.one(maker.things)),
        "place": (ABOUT, lambda: maker.one(maker.places)),
        "lower": (ABOUT, lambda: chance.choice(maker.things)),
        "tariff": (IN_TARIFF, maker.tariff),
        "after": (ABOUT, lambda: chance.choice(AFTER_SOMEBODY).format(maker.one(maker.last), maker.one(maker.last))),
        "eponym": (ABOUT, lambda: chance.choice(AFTER_SOMEBODY).format(maker.one(maker.eponyms), maker.one(maker.eponyms))),
        "law": (OF_A_LAW, lambda: maker.one(maker.eponyms)),
        "named": (ABOUT, lambda: chance.choice(AT_A_PLACE).format(maker.one(maker.given), maker.one(maker.last))),
        "storm": (OF_A_STORM, lambda: maker.one(maker.given)),
        "animal": (OF_AN_ANIMAL, lambda: maker.one(maker.given)),
    }
    for sort, (frames, made) in sorts.items():
        for _ in range(COUNTS[sort]):
            yield filled(chance.choice(frames), made, people=False)
    for _ in range(COUNTS["person"]):
        yield filled(chance.choice(SPOKEN_OF), maker.person, people=True)
    for _ in range(COUNTS["addressed"]):
        yield filled(chance.choice(ADDRESSED), maker.surname, people=True)
