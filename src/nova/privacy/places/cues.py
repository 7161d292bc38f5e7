"""No input; out: how German streets are called, the words that speak of where somebody lives, and the nouns that bear numbers of "
"their own."""

import re

SURE_ENDING = re.compile(r"(?:str(?:a(?:ß|ss|s)|as)en?|str|gasse|gässchen|allee|chaussee|promenade|twiete|steige)\Z")
ENDING = re.compile(
    r"(?:weg|damm|ufer|pfad|stieg|steig|kamp|brink|brook|busch|esch|heide|ring|platz|markt|park|wall|graben|höhe|höhen|berg|bergen|"
    r"blick|feld|felde|wiese|wiesen|anger|"
    r"rain|grund|tal|hang|halde|leite|bach|born|brunnen|bruch|moor|hagen|hain|wald|garten|gärten|hof|höfe|winkel|eck|ecke|tor|brücke|"
    r"bogen|kai|deich|siedlung|kolonie|zeile|"
    r"reihe|gang|terrasse|terrassen|schanze|hude|horst|loh|lohe|diek|dyk|padd|patt|pad|straat|stätte|stiege|redder|wurt|warft|groden|"
    r"polder|siel|hörn|hook|acker|stück|"
    r"koppel|furt|fleet|mühle|hütte|burg|schloss|kirchhof|kloster|stift|ziegelei|zeche|haus|häuser|büttel|trift|worth|wörth|auen|aue|"
    r"insel|lage|rott|rode|stegge|geest|see|ende|loog|hamm|wende|grode|kuhle|kreuz|joch|esche|"
    r"linde|linden|buche|buchen|birke|birken|erle|erlen|tannen|fichten|weiden|hügel|bühl|bichl|gehölz|wisch|mersch|wurth|dobben|rondell|weiher|"
    r"quelle|quellen|holm|kate|katen|kotten|ried|gewann|brügge|lehde|teich|rain)\Z"
)
PERHAPS_ENDING = re.compile(
    r"(?:stein|steine|sand|eiche|eichen|tanne|fichte|kiefern|weide|ulme|pappel|holz|forst|schlag|kamm|kuppe|heck|hecke|hecken|zaun|land|"
    r"breite|breiten|marsch|wörde|warf|spitze|dreieck|stern|sang|scheune|schmiede|kapelle|kirche|turm|mauer|wehr|schleuse|werft|hafen|"
    r"halle|mark|spring|lehne|wang|wangen|reute|rieth|strang|dorn|rosen|dorf|stadt|werk|heim|hausen|hofen|stetten|kirchen|bruck|beuren|rade|bek|"
    r"beck|sen|ow|itz|ingen|ungen)\Z"
)

LONE = frozenset(
    {
        "straße",
        "strasse",
        "str",
        "weg",
        "gasse",
        "allee",
        "chaussee",
        "promenade",
        "damm",
        "ufer",
        "ring",
        "platz",
        "markt",
        "wall",
        "graben",
        "kamp",
        "hof",
        "pfad",
        "stieg",
        "steig",
        "steige",
        "twiete",
        "deich",
        "street",
        "road",
        "lane",
        "straat",
        "laan",
    }
)
ESTATES = frozenset(
    {"hof", "gut", "rittergut", "domäne", "vorwerk", "forsthaus", "schloss", "villa", "siedlung", "wohnpark", "gewerbepark",
     "industriepark",
     "gewerbegebiet", "industriegebiet", "quartier", "campus", "kloster", "mühle", "burg", "stift", "weiler", "einöde", "kolonie", "park",
     "residenz", "wohnanlage", "stadtvilla"}
)  # fmt: skip
ABROAD = frozenset(
    {"via", "viale", "piazza", "rue", "avenue", "av", "boulevard", "bd", "chemin", "calle", "avenida", "plaza", "ulica", "ul", "ulice"}
)
OF = frozenset({"der", "des", "d", "dem", "den", "am", "an", "im", "zum", "zur", "von", "vom", "auf", "unter"})
PREPOSITIONS = frozenset(
    {
        "am",
        "an",
        "an'n",
        "auf'm",
        "aufm",
        "in'm",
        "in'n",
        "auf'n",
        "aufn",
        "hinter'm",
        "unter'm",
        "vor'm",
        "up'n",
        "uppn",
        "up",
        "op",
        "op'n",
        "opn",
        "op'm",
        "oppe",
        "achtern",
        "bi",
        "tom",
        "ufm",
        "uff",
        "achter",
        "auf",
        "im",
        "in",
        "zum",
        "zur",
        "zu",
        "vor",
        "vorm",
        "hinter",
        "hinterm",
        "unter",
        "unterm",
        "bei",
        "beim",
        "über",
        "neben",
        "gegenüber",
        "gegen",
        "ob",
        "obern",
        "untern",
    }
)
ARTICLES = frozenset({"der", "dem", "den", "die", "das", "des", "de", "d'r", "dr", "'t", "t", "et", "dat", "n", "'n"})
ADJECTIVES = re.compile(
    r"(?:alte|neue|große|grosse|kleine|lange|hohe|obere|untere|hintere|vordere|rote|weiße|weisse|schwarze|grüne|breite|kurze|heilige|"
    r"dicke|krumme|stille|wilde|schöne|goldene|"
    r"mittlere|äußere|innere|erste|zweite|dritte)[nrs]?\Z|(?:kl|gr|alt|neu|st|sankt|hl|bgm|dr|prof|oberer|unterer|pastor|pfarrer|"
    r"bürgermeister|graf|kaiser|könig|general)\Z"
)
TOWN = re.compile(r"[a-zäöüß]{3,}(?:er|sche|ische)\Z")
HOME = re.compile(
    r"(?:ad+res+e?\w*|anschrift\w*|wohn(?:e|en|t|haft|ten|ung|sitz)?|objekt\w*|standort|lieferstelle|verbrauchsstelle|abnahmestelle|"
    r"entnahmestelle|lieferanschrift|gemeldet|hausgemeinschaft|"
    r"hausanschluss|umzug|umgezogen|umziehen|(?:ziehe|ziehen|zieht|zog|gezogen)|einzug|auszug|haus steht|grüße|grüßen|ferienwohnung|"
    r"baustelle|neubau|baugrube|"
    r"gasgeruch|stromausfall|bei uns|straße|sitz|bisher|neu|immobilie|grundstück|doppelhaus|reihenhaus|mehrfamilienhaus|wohneinheit|"
    r"termin|erbe|haushalt|hs|"
    r"anlage|zählerplatz|liefer\w{3,9}|verzogen|unterkunft|wg|zimmer|begehung|ablesung|störung|heim|büro|praxis|laden|mieter\w*|"
    r"eigentümer\w*|nachbar\w*|garage|betreiber\w*|keller|zweitwohnsitz|nebenwohnsitz|hauptwohnsitz|wohnort|pv-\w+|betrifft|betr\.|vorbei|photovoltaik\w*)"
    r"(?:[ ,:?\n]|[^\W\d_]{1,14}\b){0,12}\Z"
)
NEAR_HOME = re.compile(
    r"(?:ad+res+e?\w*|anschrift|wohn(?:e|en|t|haft|ten|sitz)?|objekt|standort|\w*stelle|gemeldet|hausgemeinschaft|hausanschluss|nach|aus|"
    r"stra(?:ß|ss)e|str\.|anwesen|grundstück|zweitwohnsitz|nebenwohnsitz|hauptwohnsitz|wohnort|"
    r"ziehe|ziehen|umzug|bisher|neu|wohnung|verzogen)"
    r"(?:[ ,:\n]{1,3}(?:ist|lautet|is|jetzt|in|der|die|das|den|dem|im|von|nach|wir|seit|ab|hier|dort|auch|noch|und zwar|nun|zwar|"
    r"und)\b){0,4}(?:\?\n[^\W\d_]{1,14})?[ ,:\n]{1,3}\Z"
)
AFTER = re.compile(r"[^.!?\n]{0,24}\b(?:gezogen|gewohnt|gemeldet|eingezogen|umgezogen|wohnhaft|wohne|wohnen)\b")
OFFICE = re.compile(r"(?:service|kunden)(?:center|centrum|zentrum|büro|stelle)|geschäftsstelle|hauptverwaltung|betriebshof")
MANNHEIM = re.compile(r"mannheim|\b681\d\d\b")
HOUSE_WITHIN = re.compile(r", (?:Haus|Hs\.?) \d{1,3} ?[a-z]?(?!\w)", re.IGNORECASE)
NUMBERED_STREET = re.compile(
    r"(?<!\w)(?:Straße|Strasse|Weg|Str\.) \d{1,3},? (?:Nr\.?|Nummer|Hausnummer|Haus) ?\d{1,3} ?[a-z]?(?!\w)", re.IGNORECASE
)
POSTCODE = re.compile(
    r"(?:[ ,;·|/-]{0,3}\n? ?|[ ,]{1,2}(?:in )?)(?:(?:D ?- ?)?\d{5}|(?:A|CH|L|AT) ?- ?\d{4}|(?<=, )(?!19|"
    r"20)\d{4})[ \n]{1,2}(?:(?:bad|sankt|st\.|alt|groß|klein|neu|burg|hann\.|königs|markt|"
    r"schwäbisch) )?[^\W\d_]{2,}(?:-[^\W\d_]+)*"
    r"(?:/[^\W\d_]+| (?:am|an der|im|in der|ob der|bei|auf|a\. ?d\.|v\. ?d\.|i\. ?d\.|"
    r"[aibovu]\.) ?[^\W\d_]+(?:-[^\W\d_]+)*(?:\.[^\W\d_]\.)?)?",
    re.IGNORECASE,
)
POSTCODE_BEFORE = re.compile(r"(?<!\d)\d{5} [^\W\d_]+(?:-[^\W\d_]+)*(?: (?:am|an der|im|bei) [^\W\d_]+)?(?:, | ?\n|: )\Z", re.IGNORECASE)
COMMON = re.compile(
    r"(?:(?:"
    r"zähler|stell|arbeits|steck|vertrags|rechts|strom|energie|solar|super|frage|ablese|erfassungs|daten|eingabe|"
    r"durch|kabel|leitungs|preis|techno|kosten|puffer|miets|kranken|treppen|mehrfamilien|einfamilien|doppel|reihen|"
    r"gewächs|passiv|hinter|vorder|neben|kunden|haupt|grund|verteiler"
    r")|\A(?:"
    r"park|mess|lade|hin|rück|post|um|gas|wind|fuhr|bau|text|netz|vor|ein|aus|zu|ab|last|rohr|mast|über|an|wett|funk|"
    r"bahn|rat|auto|kauf|wohn|hoch|kfw|tank|flug|geh|rad|dreh"
    r"))"
    r"(?:weg|platz|markt|park|ring|bogen|feld|gang|tor|bruch|höhe|grund|stieg|blick|ort|haus|hof|berg|zeile|anlage|stück)\Z"
)
NUMBER_BEHIND = re.compile(r" \d")
UNIT = re.compile(
    r"[\wäöü]|[,:]\d|\.\d|[./-]? ?\d|\.? ?(?:%|€|°|\*|x |×)|\. ?(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez|monat|quartal|jahr|"
    r"tag|stock|etage|og\b|obergeschoss)|"
    r" ?(?:[kmg]?wh?|[km]va|mw|a|v|watt|eur|euro|ct|cent|prozent|uhr|mm|cm|km|m²|m³|m2|m3|stück|jahre?n?|monate?n?|tage?n?|wochen?|"
    r"minuten|min|stunden|std|sekunden|"
    r"personen|mal|grad|liter|wohnungen|häuser|gebäude|stationen|kunden|zähler|geräte|stellen|plätze|fälle|anschlüsse|haushalte?|"
    r"ladepunkte?n?|parteien|module?|kilowatt\w*|pol\w*|phasig|fach|zoll|bar|"
    r"amp\w*)(?![^\W_])",
    re.IGNORECASE,
)
