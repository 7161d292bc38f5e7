"""Folded text in, addresses out: street and house number, with postcode and place beside them; also Mannheim's squares.

Streets have an ending ("Lindenallee"), a preposition ("An der Bleiche"), or the words before speak of where somebody lives.
"""

import re
from collections.abc import Iterator

from nova.privacy import lexicon
from nova.privacy.spans import Span
from nova.privacy.spoken import BELOW_HUNDRED, HUNDREDS, ONES

UPPER = "A-ZÄÖÜÁÉÍÓÚÇŞĐŁŠŽ"
WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
SPELT = (
    "|".join(sorted({*BELOW_HUNDRED, *HUNDREDS} - {*ONES, "ein"}, key=len, reverse=True))
    + "|"
    + "|".join(one for one in ONES if one not in ("ein", "null"))
)
LETTER = r"(?: ?[a-z](?![^\W_])| (?:[a-z])(?![^\W_]))?"
NUMBER = (
    rf"(?:(?:nr\.?|nummer|hausnr\.?|hausnummer|hs\.? ?-?nr\.?)[ \n])?(?:\d{{1,4}}{LETTER}(?: ?[-/+–] ?\d{{1,4}}{LETTER}|(?: ?/ ?\d{{1,3}})|(?:[-/][a-z](?![^\W_])))?"
    rf"|(?:{SPELT}){LETTER}(?! (?:prozent|uhr|euro|cent|jahre|monate|tage|wochen|mal|stunden|kilowatt|grad)))"
)
UNIT = (
    r"(?![\wäöü]|[.,:]\d|[.]?(?:[ ]?[-/] ?)?\d| ?(?:%|€|°)|[.](?: ?(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez|monat|quartal|jahr|tag|stock|etage|og|obergeschoss))|"
    r" (?:kWh?|MWh?|kVA|MVA|[AV]|W|Watt|EUR|Euro|ct|Cent|Prozent|Uhr|m|m²|m³|km|Stück|Jahre?n?|Monate?n?|Tage?n?|Wochen?|Minuten|Stunden|Personen|Mal|mal|x|Grad|"
    r"Wohnungen|Anschlüsse|Haushalte?|Ladepunkte?n?|Zähler)(?![^\W_]))"
)
TAIL = rf"(?:[ \n]{{1,2}}|(?<=\.)|(?<=str)|(?<=straße)|(?<=strasse)|(?<=weg)|,[ ]){NUMBER}{UNIT}"
ENDING = (
    r"(?:stra(?:ß|ss)en?|str|weg|gasse|gässchen|allee|chaussee|promenade|damm|ufer|pfad|stieg|steig|steige|twiete|kamp|brink|brook|busch|esch|heide|ring|platz|markt|park|"
    r"wall|graben|höhe|berg|bergen|blick|feld|felde|wiese|wiesen|anger|rain|grund|tal|hang|halde|leite|bach|born|brunnen|bruch|moor|hagen|hain|wald|garten|gärten|hof|höfe|"
    r"winkel|eck|ecke|tor|brücke|bogen|kai|deich|siedlung|kolonie|zeile|reihe|gang|terrasse|terrassen|schanze|hude|horst|loh|lohe|diek|dyk|padd|patt|pad|straat|stätte|stiege|redder|"
    r"wurt|warft|groden|polder|siel|hörn|hook|ort|acker|stück|koppel|furt|fleet|mühle|hütte|burg|schloss|kirchhof|friedhof|kloster|stift|ziegelei|zeche|bahnhof)"
)
STREET = re.compile(
    rf"(?<![\w-])(?:{WORD}\.?[ -]{{1,2}}){{0,2}}?{WORD}?{ENDING}\.?{TAIL}",
    re.IGNORECASE,
)
LONE_ENDINGS = re.compile(
    r"(?:stra(?:ß|ss)e|str|weg|gasse|allee|chaussee|promenade|damm|ufer|ring|platz|markt|wall|graben|berg|feld|kamp|hof|garten|tor|stieg|steig|pfad|park)\.?\Z",
    re.IGNORECASE,
)
ALWAYS = re.compile(r"(?:stra(?:ß|ss)en?|str|gasse|allee|chaussee|promenade|twiete|stieg)\.?\Z", re.IGNORECASE)
NAMED = re.compile(
    rf"(?<![\w-])(?:am|an|an der|an den|an dem|auf|auf der|auf dem|auf den|im|in der|in den|in dem|zum|zur|zu den|vor|vor dem|vor der|vorm|hinter|hinter dem|hinter der|hinterm|unter|unter den|unter der|"
    rf"unterm|bei|bei der|bei den|beim|bei dem|über|über der|über dem|neben der|gegenüber|gegen der|ob der|ob dem|alte[rs]?|neue[rs]?|große[rs]?|gr\.|kleine[rs]?|kl\.|lange[rs]?|hohe[rs]?|obere[rs]?|untere[rs]?|obern?|unterm?)"
    rf"(?: (?:alten?|neuen?|großen?|kleinen?|langen?|hohen?|oberen?|unteren?|hinteren?|vorderen?|roten?|weißen?|schwarzen?|grünen?|breiten?|kurzen?|sankt|st\.|hl\.|heiligen?|dicken?|krummen?|stillen?|wilden?))?"
    rf"[ \n]{WORD}{TAIL}",
    re.IGNORECASE,
)
OF = re.compile(
    rf"(?<![\w-])(?:stra(?:ß|ss)e|str\.|platz|weg|allee|ring|ufer|promenade|hof|park)[ \n](?:der|des|d\.|am|an der|im|zum|zur|von|vom|auf|unter) ?(?:\d\d?\. )?{WORD}(?: {WORD})?{TAIL}",
    re.IGNORECASE,
)
SQUARE = re.compile(r"(?<![\w-])[A-U] ?[1-7] ?, ?\d{1,2}(?: ?[a-z](?!\w))?(?:-\d{1,2})?(?![\w,]|\.\d)", re.IGNORECASE)
PLAIN = re.compile(rf"(?<![\w-])[{UPPER}][^\W\d_]{{2,30}}(?:[- ][{UPPER}][^\W\d_]{{2,30}})?{TAIL}")
SMALL = re.compile(rf"(?<![\w-])[^\W\d_]{{4,30}} \d{{1,3}}{LETTER}(?![\w.,:]\d|\w)", re.IGNORECASE)
HOME = re.compile(
    r"(?:adress\w*|adrese|anschrift\w*|wohn(?:e|en|t|haft|ten|ung)?|objekt|standort|lieferstelle|verbrauchsstelle|abnahmestelle|entnahmestelle|lieferadresse|postanschrift|umzug|(?:ziehe|zieht|ziehen|gezogen) "
    r"(?:um |von |nach |in |aus )?|einzug|auszug|hausanschluss|anschluss|baustelle|mein haus|unser haus|haus steht|neubau|gebäude|stelle|straße|haushalt|gemeldet|bisher|neu|hausgemeinschaft|"
    r"stromausfall|gasgeruch|grüße aus|aus der|aus dem|\bin der|\bin den|\bin die|\bim|\bvor|\bbei uns|\bzur|\bam|immobilie|wohnungsgenossenschaft|weg)[ :,]*(?:ist |lautet |jetzt |is |steht |liegt |auch |in |der |die |das |im |aus |von |am |nach |an |unter )*\Z",
    re.IGNORECASE,
)
SURE_HOME = re.compile(
    r"(?:adress\w*|adrese|anschrift\w*|wohn(?:e|en|t|haft|ten)|objekt|standort|lieferstelle|verbrauchsstelle|abnahmestelle|entnahmestelle|gemeldet|hausgemeinschaft|hausanschluss|umzug nach|(?:ziehe|ziehen|zieht|gezogen)(?: um)?(?: von| nach| in| aus)*)"
    r"[ :,\n]*(?:(?:ist|lautet|jetzt|is|steht|liegt|auch|in|der|die|das|im|aus|von|am|nach|an|unter|seit|ab|wir|ich|und zwar|april|januar|dort|hier)\b[ ,]*){0,5}\Z",
    re.IGNORECASE,
)
POSTCODE = re.compile(
    rf"[ ,]{{0,3}}\n?[ ]?(?:in )?(?:D-|D )?(?<!\d)\d{{5}} (?:Bad |Sankt |St\. |Alt |Groß |Klein |Neu )?{WORD}(?:[ -](?:am|an der|im|in|ob der|bei|auf|a\.|i\.|v\.d\.) ?{WORD}|/{WORD})?",
    re.IGNORECASE,
)
BEFORE = re.compile(rf"(?:D-)?(?<!\d)\d{{5}} {WORD}(?: (?:am|an der|im|in|bei) {WORD})?[,\n ]{{1,3}}\Z", re.IGNORECASE)
NO_STREET = frozenset(
    """
zählerplatz stellplatz arbeitsplatz parkplatz messplatz steckplatz ladeplatz rechtsweg umweg netzgebiet bahnhof hinweg rückweg vertragsweg postweg mailweg vergleichszeitraum
weg feld park markt strommarkt gasmarkt energiemarkt windpark solarpark fuhrpark supermarkt baumarkt ort standort tatort einsatzort grund hintergrund untergrund
vordergrund baugrund garten kindergarten eck ecke gang durchgang eingang ausgang vorgang zugang abgang umgang lastgang tor hof reihe horst burg berg bogen fragebogen
ablesebogen erfassungsbogen antragsbogen bereich datenfeld textfeld baufeld umfeld eingabefeld ring stromring hahn haupthahn entwurf tal kai anschluss stück anlage hütte mühle
schloss kloster stift brücke bestellung vorort nachort messort einbauort zielort fundort standorte orte pufferspeicher wald platz höhe abschlagshöhe preishöhe kostenhöhe
einspeisehöhe in höhe betrag blick rückblick überblick durchblick einblick augenblick graben kabelgraben straße gebäude zweig stieg einstieg ausstieg anstieg preisanstieg
umstieg abstieg pad ipad klima bruch einbruch abbruch rohrbruch leitungsbruch kabelbruch mastbruch umbruch damm ring bring heide park acker bach grabe winkel pfad dateipfad
zeile kopfzeile tabellenzeile kolonie terrasse siedlung neubausiedlung ziegelei zeche friedhof ladepark technikpark gewerbepark businesspark vertragsort lieferort
erfüllungsort leistungsort messbereich tag montag dienstag mittwoch donnerstag freitag
""".split()
)
NO_NAMED = frozenset(
    """
montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni juli august september oktober november dezember jahr jahre monat tag tage woche
quartal stichtag fax telefon tarif vertrag zähler raum haus hause keller stock etage absatz artikel paragraph teil kapitel anhang anlage seite zeile punkt ziffer nummer position
los losen stand stufe mahnstufe phase netz netzebene block eingang aufgang treppe tor gleis bahnsteig steg kasten schaltschrank verteiler mast feld abschnitt schnitt durchschnitt
mittel letzten ersten zweiten dritten ende anfang preis wert abschlag betrag rest sommer winter frühjahr herbst schreiben brief rechnung angebot auftrag vorgang fall urteil
gesetz sinne rahmen laufe ab bis zu von von€ system modell typ version firmware portal app menü display anzeige gerät adresse anschrift postleitzahl plz ort objekt standort
gebäude wohnung zimmer büro platz parkplatz ladepunkt ladesäule fahrzeug bus linie speicher puffer wechselrichter sicherung leitung kabel straße hausnummer wohneinheit einheit
einheiten personen kilowattstunden zeitraum vertragsjahr lieferjahr kalenderjahr kwh prozent euro cent uhr stunden minuten sekunden größe klasse gruppe kategorie zone bereich
hausanschluss anschluss messung register gateway kundennummer aktion etage dachgeschoss faktor schnitt kosten verbrauch gasverbrauch stromverbrauch zählerstand
""".split()
)


def addresses(text: str) -> Iterator[Span]:
    """Every street with its house number."""
    for pattern, judge in ((STREET, _street), (OF, _always), (NAMED, _named), (SQUARE, _square), (PLAIN, _plain), (SMALL, _small)):
        for match in pattern.finditer(text):
            start = judge(text, match)
            if start is not None:
                yield Span(_with_postcode(text, start), _end(text, match.end()), "address")


def _end(text: str, end: int) -> int:
    """The end with postcode and place."""
    behind = POSTCODE.match(text, end)
    return behind.end() if behind else end


def _with_postcode(text: str, start: int) -> int:
    before = BEFORE.search(text, max(0, start - 60), start)
    return before.start() if before else start


def _words(match: re.Match[str]) -> list[re.Match[str]]:
    """The words of a street, without its number."""
    found = list(re.finditer(rf"{WORD}\.?", match.group()))
    number = re.search(rf"{TAIL}\Z", match.group(), re.IGNORECASE)
    limit = number.start() if number else len(match.group())
    return [one for one in found if one.start() < max(1, limit)]


def _usual(text: str) -> bool:
    """Whether the text uses capitals as usual."""
    return not text.isupper() and not text.islower()


def _street(text: str, match: re.Match[str]) -> int | None:
    """Where a street with an ending begins: a capital in usual text, a word of its own before a lone "Straße"."""
    words = _words(match)
    if not words:
        return None
    last = words[-1].group().rstrip(".").lower()
    lone = LONE_ENDINGS.fullmatch(last) is not None
    sure = ALWAYS.search(last) is not None
    home = SURE_HOME.search(text, max(0, match.start() - 60), match.start() + words[-1].start()) is not None
    if not lone and last in NO_STREET and not home:
        return None
    if not sure and not home and (last in NO_STREET or (last in lexicon.ordinary() and not lone)):
        return None
    usual = _usual(text[max(0, match.start() - 200) : match.end() + 200])
    if not sure and not home and (not usual or not words[-1].group()[0].isupper()):
        return None
    first = _first(words, lone, usual)
    if first is None:
        return None
    if lone and first == len(words) - 1 and not sure and not home:
        return None
    return match.start() + words[first].start()


ARTICLES = frozenset(
    "der die das den dem des ein eine einer in im an am auf aus von vom zu zum zur bei mit und oder ist steht vor hinter nach unter über für ich wir adresse adrese anschrift straße str wohnt wohne".split()
)


def _first(words: list[re.Match[str]], lone: bool, usual: bool) -> int | None:
    """The word with which the street begins."""
    last = len(words) - 1
    joined = words[last].group()
    if not lone and "-" not in joined[:1]:
        begin = last
        while begin > 0 and _adjective(words[begin - 1].group(), usual):
            begin -= 1
        return begin
    begin = last
    while begin > 0 and (last - begin) < 2:
        before = words[begin - 1].group()
        low = before.lower().rstrip(".")
        if (
            low in ARTICLES
            or (usual and not before[0].isupper())
            or (low in lexicon.ordinary() and not _adjective(before, usual) and not before.endswith((".", "er")))
        ):
            break
        begin -= 1
        if not before.endswith("."):
            break
    return begin if begin < last or joined[0].isupper() or not usual else None


def _adjective(word: str, usual: bool) -> bool:
    """Whether a word before a street belongs to it: "Alte", "Bgm.", "Kl.", "Bremer"."""
    low = word.lower()
    short = low in (
        "alte",
        "alter",
        "altes",
        "neue",
        "neuer",
        "große",
        "großer",
        "kleine",
        "kleiner",
        "kl.",
        "gr.",
        "st.",
        "sankt",
        "obere",
        "untere",
        "bgm.",
        "dr.",
        "prof.",
        "alt",
        "neu",
        "hl.",
    )
    return short and (not usual or word[0].isupper())


def _always(text: str, match: re.Match[str]) -> int | None:
    return match.start()


def _named(text: str, match: re.Match[str]) -> int | None:
    """A street with a preposition: its capital in the middle of a sentence, or words about a home before it."""
    words = _words(match)
    noun = words[-1].group().rstrip(".")
    low = noun.lower()
    if len(words) < 2 or low in NO_NAMED or re.search(r"[.,] ?$", words[0].group()) and False:
        return None
    home = HOME.search(text, max(0, match.start() - 60), match.start()) is not None
    usual = _usual(text[max(0, match.start() - 200) : match.end() + 200])
    known = low in lexicon.ordinary()
    if not usual:
        return match.start() if home or not known else None
    if not noun[0].isupper():
        return None
    inside = match.group()[0].isupper() and not _sentence_starts(text, match.start())
    if inside or (home and match.group()[0].isupper()):
        return match.start()
    if home and not known:
        capital = next((word for word in words if word.group()[0].isupper()), words[-1])
        return (
            match.start() + capital.start()
            if SURE_HOME.search(text, max(0, match.start() - 60), match.start() + capital.start())
            else match.start()
        )
    return match.start() if match.group()[0].isupper() and not known and POSTCODE.match(text, match.end()) else None


def _sentence_starts(text: str, start: int) -> bool:
    before = text[:start].rstrip(" ")[-1:]
    return before in ("", ".", "!", "?", "\n", ":", "„", '"')


def _square(text: str, match: re.Match[str]) -> int | None:
    """A square of Mannheim, where the town or an address is spoken of."""
    near = text[max(0, match.start() - 60) : match.end() + 30].lower()
    return (
        match.start()
        if "mannheim" in near or re.search(r"\b681\d\d\b", near) or SURE_HOME.search(text, max(0, match.start() - 60), match.start())
        else None
    )


def _plain(text: str, match: re.Match[str]) -> int | None:
    """A street without an ending, where words before speak of a home or a postcode follows."""
    words = [word for word in _words(match) if word.group()[0].isupper()]
    if not words or words[-1].group().lower().rstrip(".") in NO_NAMED | NO_STREET | lexicon.ordinary():
        return None
    first = len(words) - 1
    while first and words[first - 1].group().lower() not in lexicon.ordinary():
        first -= 1
    start = match.start() + words[first].start()
    if SURE_HOME.search(text, max(0, start - 60), start) or POSTCODE.match(text, match.end()) or _lived_in(text, start):
        return start
    return None


def _lived_in(text: str, start: int) -> bool:
    """Whether "in der", "aus dem" or the like stands right before a word that is no ordinary one."""
    return bool(
        re.search(
            r"(?:\bin der|\baus der|\baus dem|\bin den|\bauf der|\bauf dem|\bvon der|\bin die|grüße aus) \Z",
            text[max(0, start - 16) : start],
            re.IGNORECASE,
        )
    )


def _small(text: str, match: re.Match[str]) -> int | None:
    """The same in small letters or capitals."""
    if _usual(text[max(0, match.start() - 200) : match.end() + 200]):
        return None
    word = re.match(WORD, match.group())
    if word is None or word.group().lower() in NO_NAMED | NO_STREET | lexicon.ordinary():
        return None
    return match.start() if SURE_HOME.search(text, max(0, match.start() - 60), match.start()) or POSTCODE.match(text, match.end()) else None
