"""No input; out: how German streets are called, the words that speak of where somebody lives, and the nouns that bear numbers of their own."""

import re

SURE_ENDING = re.compile(r"(?:stra(?:ß|ss)en?|str|gasse|gässchen|allee|chaussee|promenade|twiete|steige)\Z")
ENDING = re.compile(
    r"(?:weg|damm|ufer|pfad|stieg|steig|kamp|brink|brook|busch|esch|heide|ring|platz|markt|park|wall|graben|höhe|höhen|berg|bergen|blick|feld|felde|wiese|wiesen|anger|"
    r"rain|grund|tal|hang|halde|leite|bach|born|brunnen|bruch|moor|hagen|hain|wald|garten|gärten|hof|höfe|winkel|eck|ecke|tor|brücke|bogen|kai|deich|siedlung|kolonie|zeile|"
    r"reihe|gang|terrasse|terrassen|schanze|hude|horst|loh|lohe|diek|dyk|padd|patt|pad|straat|stätte|stiege|redder|wurt|warft|groden|polder|siel|hörn|hook|acker|stück|"
    r"koppel|furt|fleet|mühle|hütte|burg|schloss|kirchhof|kloster|stift|ziegelei|zeche|haus|häuser|büttel|trift|worth|wörth|auen|aue|insel|lage|rott|rode|stegge|geest|see)\Z"
)
LONE = frozenset(
    "straße strasse str weg gasse allee chaussee promenade damm ufer ring platz markt wall graben kamp hof pfad stieg steig steige twiete deich".split()
)
OF = frozenset("der des d dem den am an im zum zur von vom auf unter".split())
PREPOSITIONS = frozenset(
    "am an auf im in zum zur zu vor vorm hinter hinterm unter unterm bei beim über neben gegenüber gegen ob obern untern".split()
)
ARTICLES = frozenset("der dem den die das des".split())
ADJECTIVES = re.compile(
    r"(?:alte|neue|große|grosse|kleine|lange|hohe|obere|untere|hintere|vordere|rote|weiße|weisse|schwarze|grüne|breite|kurze|heilige|dicke|krumme|stille|wilde|schöne|goldene|"
    r"mittlere|äußere|innere|erste|zweite|dritte)[nrs]?\Z|(?:kl|gr|alt|neu|st|sankt|hl|bgm|dr|prof|oberer|unterer|pastor|pfarrer|bürgermeister|graf|kaiser|könig|general)\Z"
)
TOWN = re.compile(r"[a-zäöüß]{3,}(?:er|sche|ische)\Z")
HOME = re.compile(
    r"(?:ad+res+e?\w*|anschrift\w*|wohn(?:e|en|t|haft|ten|ung|sitz)|objekt\w*|standort|lieferstelle|verbrauchsstelle|abnahmestelle|entnahmestelle|lieferanschrift|gemeldet|hausgemeinschaft|"
    r"hausanschluss|umzug|umgezogen|umziehen|(?:ziehe|ziehen|zieht|zog|gezogen)|einzug|auszug|haus steht|grüße|grüßen|ferienwohnung|baustelle|neubau|baugrube|"
    r"gasgeruch|stromausfall|bei uns|straße|sitz|bisher|neu|immobilie|grundstück|doppelhaus|reihenhaus|mehrfamilienhaus|wohneinheit|termin|erbe|haushalt|hs|"
    r"anlage|zählerplatz|liefer\w{3,9}|verzogen|unterkunft|wg|zimmer|begehung|ablesung|störung|heim|büro|praxis|laden|mieter\w*|eigentümer\w*|nachbar\w*)"
    r"(?:[ ,:\n]|[^\W\d_]{1,14}\b){0,12}\Z"
)
NEAR_HOME = re.compile(
    r"(?:ad+res+e?\w*|anschrift|wohn(?:e|en|t|haft|ten|sitz)|objekt|standort|\w*stelle|gemeldet|hausgemeinschaft|hausanschluss|nach|ziehe|ziehen|umzug|bisher|neu|wohnung|verzogen)"
    r"(?:[ ,:\n]{1,3}(?:ist|lautet|is|jetzt|in|der|die|das|den|dem|im|von|nach|wir|seit|ab|hier|dort|auch|noch|und zwar|nun|zwar|und)\b){0,4}[ ,:\n]{1,3}\Z"
)
MANNHEIM = re.compile(r"mannheim|\b681\d\d\b")
POSTCODE = re.compile(
    r"(?:[ ,;]{0,3}\n? ?|[ ,]{1,2}(?:in )?)(?:D ?- ?)?\d{5}[ \n]{1,2}(?:(?:bad|sankt|st\.|alt|groß|klein|neu|burg|hann\.|königs|markt|schwäbisch) )?[^\W\d_]{2,}(?:-[^\W\d_]+)*"
    r"(?:/[^\W\d_]+| (?:am|an der|im|in der|ob der|bei|auf|a\.|i\.|a\. ?d\.|v\. ?d\.) ?[^\W\d_]+(?:-[^\W\d_]+)*)?",
    re.IGNORECASE,
)
POSTCODE_BEFORE = re.compile(r"(?<!\d)\d{5} [^\W\d_]+(?:-[^\W\d_]+)*(?: (?:am|an der|im|bei) [^\W\d_]+)?(?:, | ?\n|: )\Z", re.IGNORECASE)
COMMON = re.compile(
    r"(?:zähler|stell|arbeits|park|mess|steck|lade|vertrags|rechts|hin|rück|post|um|strom|gas|energie|solar|wind|fuhr|super|bau|frage|ablese|erfassungs|daten|text|eingabe|"
    r"netz|vor|durch|ein|aus|zu|ab|last|kabel|rohr|leitungs|mast|über|an|preis|techno|kosten|puffer|wett|funk|bahn|miets|kranken|rat|treppen|mehrfamilien|einfamilien|doppel|reihen|"
    r"auto|kauf|wohn|hoch|gewächs|passiv|kfw|hinter|vorder|neben|kunden|schul|tank|spiel|sport|flug|haupt|grund|geh|rad|dreh|verteiler)"
    r"(?:weg|platz|markt|park|ring|bogen|feld|gang|tor|bruch|höhe|grund|stieg|blick|ort|haus|hof|berg|zeile|anlage|stück)\Z"
)
NO_STREET = frozenset(
    """
weg feld park markt ort standort grund garten eck ecke gang tor hof reihe horst berg bogen ring hahn tal kai stück hütte mühle schloss kloster stift brücke wald platz höhe
blick graben bach winkel pfad zeile kolonie terrasse siedlung ziegelei zeche heide acker damm park haus häuser insel see auen lage anlage auslage beilage vorlage umlage unterlage
zulage abschlag betrag tarif vertrag haushalt geräte system rückblick überblick einblick augenblick anlagen lager bring bericht seit
montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni juli august september oktober november dezember jahr jahre jahren monat monate tag
tage woche wochen quartal stichtag fax telefon tel handy mobil zähler raum keller stock etage absatz artikel paragraph teil kapitel anhang seite zeilen punkt ziffer nummer
position los stand stufe mahnstufe phase phasen netz netzebene block eingang aufgang treppe gleis steg kasten schrank verteiler mast abschnitt schnitt durchschnitt mittel ende
anfang preis wert rest sommer winter frühjahr herbst schreiben brief rechnung angebot auftrag vorgang fall urteil gesetz rahmen modell typ version firmware portal app menü
display anzeige gerät adresse anschrift plz objekt gebäude wohnung zimmer büro ladepunkt ladesäule ladestation fahrzeug bus linie speicher wechselrichter sicherung
leitung kabel hausnummer einheit einheiten personen person zeitraum kwh prozent euro cent uhr stunden minuten größe klasse gruppe kategorie zone bereich anschluss messung
register gateway kundennummer aktion dachgeschoss faktor kosten verbrauch zählerstand bis ab zu von etwa circa ca rund mindestens höchstens nur noch mehr als und oder mit für
um auf pro je insgesamt zusammen genau pin code tan konto kunde kunden platte pumpe wärmepumpe wallbox kessel brenner heizkreis tank muffe trasse schicht team tour pool charge
wohneinheiten parteien mietparteien nr zahl schritt option variante version ausgabe auflage band heft ticket test programm kanal leiter wicklung ader taste sensor modul string
""".split()
)
UNIT = re.compile(
    r"[\wäöü]|[,:]\d|\.\d|[./-]? ?\d|\.? ?(?:%|€|°|\*|x |×)|\. ?(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez|monat|quartal|jahr|tag|stock|etage|og\b|obergeschoss)|"
    r" ?(?:[kmg]?wh?|[km]va|mw|a|v|watt|eur|euro|ct|cent|prozent|uhr|mm|cm|km|m²|m³|m2|m3|stück|jahre?n?|monate?n?|tage?n?|wochen?|minuten|min|stunden|std|sekunden|"
    r"personen|mal|grad|liter|wohnungen|anschlüsse|haushalte?|ladepunkte?n?|parteien|module?|kilowatt\w*|pol\w*|phasig|fach|zoll|bar|amp\w*)(?![^\W_])",
    re.IGNORECASE,
)
