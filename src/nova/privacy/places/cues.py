"""How German streets are called, the words that speak of where somebody lives, and the nouns that bear numbers of their own."""

import re

from nova.privacy.lexicon import words


def _mistyped(word: str) -> set[str]:
    """A word with one letter left out, doubled or changed with the next; not what is a word of its own."""
    spots = range(len(word))
    left_out = {word[:at] + word[at + 1 :] for at in spots if 0 < at < len(word) - 1}
    doubled = {word[:at] + word[at] + word[at:] for at in spots}
    changed = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in spots[:-1]}
    return left_out | doubled | changed


_TYPOS = "|".join(sorted((_mistyped("straße") | _mistyped("strasse")) - {"straße", "strasse"}))
SURE_ENDING = re.compile(r"(?:str(?:a(?:ß|ss|s)|as)en?|str|gasse|gässchen|allee|chaussee|promenade|twiete|steige)\Z")
ENDING = re.compile(
    rf"(?:{_TYPOS}|weg|weeg|wech|wegg|damm|ufer|pfad|stieg|steig|kamp|brink|brook|busch|esch|heide|ring|platz|markt|park|wall|graben|"
    rf"höhe|höhen|berg|bergen|"
    r"blick|feld|felde|wiese|wiesen|anger|"
    r"rain|grund|tal|hang|halde|leite|bach|born|brunnen|bruch|moor|hagen|hain|wald|garten|gärten|hof|höfe|winkel|eck|ecke|tor|brücke|"
    r"bogen|kai|deich|siedlung|kolonie|zeile|(?:ober|unter|hinter|vorder|mittel|nieder|außer)dorf|"
    r"reihe|gang|terrasse|terrassen|schanze|hude|horst|loh|lohe|diek|dyk|padd|patt|pad|straat|stätte|stiege|redder|wurt|warft|groden|"
    r"polder|siel|hörn|hook|acker|stück|"
    r"koppel|furt|fleet|mühle|hütte|burg|schloss|kirchhof|kloster|stift|ziegelei|zeche|haus|häuser|büttel|trift|worth|wörth|auen|aue|"
    r"insel|lage|rott|rode|stegge|geest|see|ende|loog|hamm|wende|grode|kuhle|kreuz|joch|esche|"
    r"linde|linden|buche|buchen|birke|birken|erle|erlen|tannen|fichten|weiden|hügel|bühl|bichl|gehölz|wisch|mersch|wurth|dobben|"
    r"rondell|weiher|"
    r"quelle|quellen|holm|kate|katen|kotten|ried|gewann|brügge|lehde|teich|rain)\Z"
)
PERHAPS_ENDING = re.compile(
    r"(?:stein|steine|sand|eiche|eichen|tanne|fichte|kiefern|weide|ulme|pappel|holz|forst|schlag|kamm|kuppe|heck|hecke|hecken|zaun|land|"
    r"breite|breiten|marsch|wörde|(?<![bst])au|warf|spitze|dreieck|stern|sang|scheune|schmiede|kapelle|kirche|turm|mauer|wehr|"
    r"schleuse|werft|hafen|"
    r"halle|mark|spring|lehne|wang|wangen|reute|rieth|strang|dorn|rosen|dorf|stadt|werk|heim|hausen|hofen|stetten|kirchen|bruck|"
    r"beuren|rade|bek|"
    r"beck|sen|ow|itz|ingen|ungen)\Z"
)

LONE = words("places/lone")
ESTATES = words("places/estates")
ABROAD = words("places/streets_abroad")
SIDES = words("places/sides")
OF = words("places/of")
PREPOSITIONS = words("places/prepositions")
DIALECT = words("places/dialect")
ARTICLES = words("places/articles")
ADJECTIVES = re.compile(
    r"(?:alt|neu|groß|gross|klein|lang|hoh|ober|unter|nieder|hinter|vorder|rot|weiß|weiss|schwarz|grün|blau|gelb|grau|braun|bunt|"
    r"breit|kurz|"
    r"heilig|dick|krumm|still|wild|schön|golden|silbern|eisern|steinern|hölzern|kupfern|mittler|mittel|äußer|inner|erst|zweit|dritt|"
    r"viert|"
    r"tief|flach|steil|eng|weit|licht|dunkl|hell|warm|kalt|nass|trocken|faul|süß|sauer|fett|mager|reich|arm|frei|gut|bös|jung|lustig|"
    r"fröhlich|lahm|blind|rau|rauh|rund|spitz|schief|grad|gerad|halb|lieb|fein|grob|hart|weich|leer|voll|nördlich|südlich|östlich|"
    r"westlich|evangelisch|katholisch|jüdisch|städtisch|königlich|herzoglich|fürstlich|bischöflich|polnisch|deutsch|dänisch|sieben|"
    r"drei|vier)"
    r"(?:e|er|es|en|em)\Z|(?:kl|gr|alt|neu|st|sankt|hl|bgm|dr|prof|oberer|unterer|pastor|pfarrer|old|ole|olle|olen|lütt|lütte|lütten|"
    r"groot|"
    r"grote|groten|lange|langen|nie|nien|"
    r"bürgermeister|graf|kaiser|könig|general|oberst|bischof|propst|kardinal|herzog|fürst|prinz|freiherr|ritter|rektor|lehrer|doktor|"
    r"professor|maler|meister)\Z"
)
TOWN = re.compile(r"[a-zäöüß]{3,}(?:er|sche|ische)\Z")
VILLAGES = words("places/villages")
LAND = words("places/land")
NO_HOME = words("places/no_home")
NO_LAND = words("places/no_land")
CUT = re.compile(r"[a-zäöüß]{4,}(?:pl|g|w|al|prom|ch|chs|gasse|ufr|rg|wg)\Z")
"""A street's ending cut short, before a point ("Klosterg.", "Ahornw.", "Ebertpl.")."""

_HOMES = (
    r"\w*ad+r+es+\w*|adr|\w*anschri\w+|anschirft\w*|stra(?:ß|ss?|sz)e\w*|wo(?:h|n|hn|nn)(?:en?|t|te|ten|haft|h)?|wohnhaft|wohnung\w*|"
    r"wohnsitz|whft|wohnh|"
    r"whg|gemeldet|gewohnt|\w*(?:stelle|standort|objekt\w?|anwesen|grundstück|immobilie|gebäude|wohnsitz|wohnort|wohnung|zuhause)|"
    r"(?:anlagen|einsatz|störungs|montage|liefer|zustell|zähler|verbrauchs|einbau|bau|treff|unfall|tat)-?ort|hausgemeinschaft|"
    r"hausanschluss|"
    r"zieh(?:e|en|t|n)?|zog(?:en)?|gezogen|verzogen|(?:um|ein|aus|zu|weg|nach)(?:zug|züge|zieh\w*|gezogen|zog\w{0,2})|"
    r"umgemeldet|angemeldet|abgemeldet|übersiedelt|hausnummer|ferienhaus|wochenendhaus|elternhaus|eigenheim|häuschen|(?:mein|unser|"
    r"ihr|sein)\w{0,2} (?:haus|hof|garten|laden|büro|betrieb|grundstück)|reihenhaus|doppelhaus\w*|"
    r"mehrfamilienhaus|wahn\w?|leb(?:e|en|t)|hause|daheim"
)
_WAYS = r"nach|aus|str|bisher\w{0,2}|früher|vorher|vormals|ehem|ehemals|künftig|lief"
_ERRANDS = (
    r"neue?[rsn]?|jetzt|sofort|zug|heim|\w*störung|\w*ausfall|\w*geruch|sperr\w+|\w*kassierung|grundstückskauf\w*|baugenehmigung|carport|tiefgarage|ladepunkt|ladesäule|"
    r"\w*(?:haus|heim|halle|schule|kirche|wache|anlage|stall|laden|hütte|werkstatt|hofladen|pumpstation|trafostation|schacht)|router|gateway|"
    r"\w*(?:tausch|wechsel)|zählerplatz|\w*ablesung|ablesen|leerstand\w*|\w*sperrung|\w*begehung|"
    r"besichtigung|termin|treffpunkt|\w*anschluss|baustrom|abschaltung|betroffen|kabel(?:schaden|fehler)|baustelle|neubau|umbau|"
    r"baugrube|bauvorhaben|"
    r"pv|pv-\w+|photovoltaik\w*|wallbox|wärmepumpe|betr|betreff|betrifft|garage|praxis|laden|kita|schule|büro|gaststätte|restaurant|"
    r"kiosk|"
    r"gegenüber|nähe|höhe|ecke|monteur|techniker|ableser|mieter\w*|liste|mieterliste|eigentümer\w*|\w*gemeinschaft|"
    r"weg|familie|fam|grüße|abschlag|rechnung\w*|tour|straßenlaterne|keller|kunde|kundin|anwesend|obj|übernommen|kündigung|anmeldung|"
    r"abmeldung|"
    r"gasleck|rohrbruch|wasserschaden|brand|unfall|einsatz|lieferung|abrechnung|hausverwaltung|verwaltung|pächter\w*|besitzer\w*|"
    r"(?:vertrag|brief|post|zähler|zählerstand|schreiben) (?:für|an|von|nach|im|in)"
)
_LEADS = r"vom|vor|bei|beim|zu|zum|zur|für|an|von|im|in|am|der|die|den|dem|post|brief|schreiben|vertrag|zähler|haus|laterne|montage"
_FILL = (
    r"(?:[ ,:;=\n\"'()/.>-]{1,4}(?:\d{1,2}\.(?:\d{1,2}\.?)?(?:\d{2,4})?|ist|lautet|is|jetzt|jez|jetz|in|der|die|das|den|dem|im|ins|"
    r"von|nach|wir|ich|er|sie|seit|ab|hier|"
    r"dort|auch|noch|"
    r"und zwar|nun|zwar|und|nr|hausnr|hausnummer|hsnr|nummer|no|sofort|bitte|mal|zu|zur|zum|am|aber|ja|wieder|neu|alt|mein\w{0,2}|"
    r"unser\w{0,2}|"
    r"seit \w{3,9}|meiner|unserer|genauer|für|also|ort|de|bei)\b){0,4}"
)
_SIGNS = r"[ ,:;=\n\"'()/._*>|-]{1,10}"
NEAR_HOME = re.compile(rf"(?<![^\W\d_])(?:{_HOMES}|{_WAYS}){_FILL}(?:\?\n[^\W\d_]{{1,14}})?{_SIGNS}\Z")
ANSWERED = re.compile(
    rf"(?<![^\W\d_])(?:{_HOMES})[^\n]{{0,30}}\n[^\W\d_]{{1,14}}(?: \d)?: ?(?:(?:ja|also|äh|ähm|das|ist|die|der|in|im|und|zwar|na|"
    rf"genau|hm|moment)[ ,.]{{1,4}}){{0,4}}\Z"
)
NEAR_ERRAND = re.compile(rf"(?<![^\W\d_])(?:{_ERRANDS}){_FILL}{_SIGNS}\Z")
NEAR_LEAD = re.compile(rf"(?<![^\W\d_])(?:{_LEADS}){_SIGNS}\Z")
HOME = re.compile(
    rf"(?<![^\W\d_])(?:{_HOMES}|wohn\w+|objekt\w*|hs|haushalt|erb\w+|\w*gemeinschaft|anlage|bei uns|haus steht|wg|zimmer|vorbei|heim|"
    rf"sitz|grüßen|nachbar\w*|"
    rf"betreiber\w*|wohneinheit|parteien|unterkunft|"
    rf"\w*störung|\w*ausfall|gasgeruch|\w*tausch|\w*ablesung|leerstand|\w*begehung|termin|\w*anschluss|baustrom|baustelle|neubau|"
    rf"baugrube|"
    rf"photovoltaik\w*|pv-\w+|betrifft|betr|praxis|laden|restaurant|garage|büro|keller|mieter\w*|eigentümer\w*|post|rechnung)"
    r"(?:[ ,:.?\n(]{1,2}|[^\W\d_]{1,14}\b){0,14}\Z"
)
STREETLESS = re.compile(
    r"stra(?:ß|ss)e (?:heißt|heisst|nennt)|(?:keine?n?|ohne|gibt) stra(?:ß|ss)\w*|"
    r"stra(?:ß|ss)ennamen?\b.{0,24}\b(?:nich|net|kein)"
)
AFTER = re.compile(
    r"[^.!?\n]{0,24}\b(?:\w{0,3}gezogen|gewohnt|gemeldet|wohnhaft|wohne|wohnen|wohnt|geerbt|gekauft|erworben|gebaut|"
    r"vermietet|verkauft|ziehe|ziehen|umziehen|einziehen|daheim|zuhause)\b"
)
DARK = re.compile(r"[^.!?\n]{0,24}\b(?:strom|licht|dunkel|finster|duster|ausfall|gas|heizung|kalt|strom\w+)\b")
FLOOR = re.compile(
    r"[ ,;/(·-]{1,3}(?:in |im |auf )?(?:(?:der |dem )?\d\.? ?(?:og|stock|etage|obergeschoss)|eg\b|og\b|ug\b|dg\b|erdgeschoss|"
    r"dachgeschoss|hochparterre|parterre|hinterhaus|"
    r"vorderhaus|seitenflügel|hinterhof|souterrain|tiefgarage|hh\b|vh\b|whg|wohnung|we \d|app|zimmer|zi\b|klingel|c/o|links|rechts|"
    r"(?:erste|zweite|dritte|vierte|fünfte)[rn]? (?:stock|etage)|"
    r"aufgang|treppenhaus|hinten|vorn|bei (?:herrn|frau|familie|fam)|neben |gegenüber )"
)
TOWNWARD = words("places/townward")
FLOOR_BEFORE = re.compile(
    r"(?<![^\W\d_])(?:(?:wohnung|whg|we|wohneinheit|app|appartement|apartment|zi|zimmer|top|haus)\.? ?(?:nr\.? ?)?\d{1,4}[a-z]?|"
    r"(?:eg|[0-9]?\.? ?og|dg|ug|stock|etage|hinterhaus|vorderhaus|seitenflügel|erdgeschoss|dachgeschoss|tiefgarage|carport|balkon)"
    r"(?: (?:li|re|links|rechts|mitte|hinten|vorn))?)\.?[ ,/:;|)-]{1,3}\Z"
)
PEOPLE = words("places/people")
FUNCTION = words("places/function_words")
OFFICE = re.compile(r"(?:service|kunden)(?:center|centrum|zentrum|büro|stelle)|geschäftsstelle|hauptverwaltung|betriebshof")
MANNHEIM = re.compile(r"mannheim|\b681\d\d\b")
HOUSE_WITHIN = re.compile(r"(?:, (?:Haus|Hs\.?) \d{1,3} ?[a-z]?| (?:HH|VH|GH|SF|RGB|Hths\.?|Hs\. ?\d{1,2}))(?!\w)", re.IGNORECASE)
CORRECTED = re.compile(
    r"(?:[ ,.]{1,3}-?(?: ?(?:ach|äh|ähm|oh|halt|moment|stopp|stop|sorry|nein|nee|ne|quatsch|falsch|korrektur|korrigiere|"
    r"entschuldigung|pardon|"
    r"besser|vielmehr|nicht|richtig|ich meine|also|doch|pardon)[ ,.:!-]{1,3}){1,3})(?:die |nummer |hausnummer |"
    r"nr\.? )?\d{1,3} ?[a-z]?(?![\w%€]|[.,:]\d| [A-ZÄÖÜ][a-zäöü]|"
    r" (?:uhr|euro|tage|jahre|personen|monate))",
    re.IGNORECASE,
)
MORE_NUMBERS = re.compile(
    r"(?:, ?\d{1,3}[a-h]?(?=,| und| u\.| \+)){0,4}(?: ?\+ ?| und | u\. ?| & | sowie | bzw\. | bis )(?:nr\.? )?"
    r"\d{1,3} ?[a-h]?(?= ?(?:[,;)\n!?]|\.?\Z|\. [A-ZÄÖÜ])|(?<!und \d)(?<!und \d\d) [a-zäöü]{4,} ?| (?:liegt|sind|haben|stehen|ohne|"
    r"ist|bitte|wurden|werden|tauschen|prüfen|fehlt|fehlen)\b)"
)
NUMBERED_STREET = re.compile(
    r"(?<!\w)(?:(?:Straße|Strasse|Weg|Str\.) \d{1,3},? (?:Nr\.?|Nummer|Hausnummer|Haus) ?\d{1,3} ?[a-z]?(?!\w)|"
    r"(?:Haus-?(?:nummer|nr\.?)|Nummer|Nr\.) ?\d{1,3} ?[a-h]?,? (?:in der|in|an der|auf der|am|im|vom|von der|"
    r"der)(?: [^\W\d_]{2,14}){0,2} "
    r"[^\W\d_-]*(?:-?[^\W\d_]+){0,3}(?:stra(?:ß|ss)e|str\.|gasse|allee|chaussee|weg|platz)(?!\w| ?\d))",
    re.IGNORECASE,
)
_PLACE = (
    r"(?!(?:das|die|der|den|ist|sind|und|oder|euro?|kwh|ct|uhr|qm|km|liter|stück|personen|kunden|haushalte|mal|von|bis|zum|"
    r"zur)\b)(?:(?:bad|sankt|st\.|alt|groß|klein|neu|burg|hann\.|königs|markt|schwäbisch|hessisch|preußisch|königlich|deutsch|"
    r"sächsisch|bayerisch|wendisch|fränkisch|märkisch|lutherstadt|hansestadt|stadt|kloster|ober|unter|nieder|ostseebad|nordseebad|"
    r"seebad|hohen|den|la) )?[^\W\d_](?:[^\W\d_]|\d(?=[^\W\d_]))+(?:-[^\W\d_]+)*"
    r"(?:/[^\W\d_]+| (?:am|an der|im|in der|ob der|bei|auf|a\. ?d\.|v\. ?d\.|i\. ?d\.|"
    r"[aibovu]\.) ?[^\W\d_]+(?:-[^\W\d_]+)*(?:\.[^\W\d_]\.)?)?"
    r"(?: \([^\W\d_]{2,20}\))?"
)
POSTCODE = re.compile(
    rf"(?:[ ,;·|]{{1,3}}\n? ?|\n ?| [/-] |\"[,;|] ?\"| in | ?\(|[ ,;|\n]{{1,2}}PLZ[:=]? )(?:(?:D ?- ?)?\d{{5}}|(?:A|CH|L|"
    rf"AT) ?- ?\d{{4}}|(?<=, )(?!19|20)\d{{4}})"
    rf"(?:(?:[ \n]{{1,2}}|\"?[;|]\"?| \| |[ ,;|\n]{{1,2}}Ort[:=]? ){_PLACE}\)?|(?<=[,; ]\d{{5}})(?= ?(?:[;|,)\n]|\.?\Z)))",
    re.IGNORECASE,
)
POSTCODE_BEFORE = re.compile(
    r"(?<!\d)\d{5}[ ;|]{1,2}[^\W\d_]+(?:-[^\W\d_]+)*(?: (?:am|an der|im|bei) [^\W\d_]+)?(?:, | ?\n|: |[;|]| - | / )\Z", re.IGNORECASE
)
TABLE = re.compile(r"h(?:aus)?-?(?:nr|nummer|no)|hsnr|hausn", re.IGNORECASE)
COMMON = re.compile(
    r"(?:(?:"
    r"zähler|stell|liege|lager|camping|arbeits|steck|vertrags|rechts|strom|energie|solar|super|frage|ablese|erfassungs|daten|eingabe|"
    r"durch|kabel|leitungs|preis|techno|kosten|puffer|miets|kranken|treppen|mehrfamilien|einfamilien|doppel|reihen|"
    r"gewächs|passiv|hinter|vorder|neben|kunden|haupt|grund|verteiler"
    r")|\A(?:"
    r"park|mess|lade|hin|rück|post|um|gas|wind|fuhr|bau|text|netz|vor|ein|aus|zu|ab|last|rohr|mast|über|an|wett|funk|"
    r"bahn|rat|auto|kauf|wohn|hoch|kfw|tank|flug|geh|rad|dreh"
    r"))"
    r"(?:weg|platz|markt|park|ring|bogen|feld|gang|tor|bruch|höhe|grund|stieg|blick|ort|haus|hof|berg|zeile|anlage|stück)\Z"
)
COUNTERS = re.compile(
    r"(?:nummer|nr|kennung|zeichen|datum|tarif|vertrag|zähler|station|modul|version|vorlage|rechnung|karte|laterne|strom|geräte?|"
    r"speicher|"
    r"typ|variante|wohnung|(?:dreißig|zig|zehn|hunder)(?:ste|te)[nr]?)\Z|"
    r"\A(?:erste|zweite|dritte|vierte|fünfte|sechste|siebte|siebente|achte|neunte|zehnte|elfte|zwölfte)[nrs]?\Z"
)
THINGS = re.compile(
    r"(?:tarif\w*|produkt\w*|(?:netz|ortsnetz|umspann)?station|modul\w*|projekt|umspannwerk|uw|linie|feeder|trafo|solarpark|windpark|ladepark|team|kurs|"
    r"aktion|angebot|"
    r"modell|paket|typ|type|serie|fonds|hotel|gasthof|firma|fa|marke|hersteller|wechselrichter|wr|heizung|kessel|fahrzeug|auto|"
    r"version|firmware|app|"
    r"zeitung|verein|lied|buch|film|schiff|messe|ausgabe|aktenzeichen|az|beschluss|urteil|nr|nummer|los|charge|artikel|art|best|"
    r"gemarkung|flur)\Z"
)
NUMBER_BEHIND = re.compile(r" \d")
PLURAL = re.compile(r" ([A-ZÄÖÜ][a-zäöüß]{2,}(?:en|er|ern|n|e|s|ge|te))(?![\w-]|\. ?[A-ZÄÖÜ]| ?[:=])")
ANY_PLURAL = re.compile(r" ([^\W\d_]{3,}(?:en|er|ern|n|e|s))(?![\w-])")
UNIT = re.compile(
    r"[\wäöü]|[,:]\d|\.\d|[./-]? ?\d(?!\.? ?(?:og|stock|etage)\b)|-[a-zäöü]{2}|\.? ?(?:%|€|\$|°|\*|x |×)|\. ?(?:jan|feb|mär|apr|mai|"
    r"jun|jul|aug|sep|okt|nov|dez|monat|quartal|jahr|"
    r"tag|stock|etage|og\b|obergeschoss|bauabschnitt|ba\b|mahnung|rate\b|versuch|besuch|mal\b)|"
    r" ?(?:[kmg]?wh?p?|[km]?va?|kvar|mw|a|v|hz|watt|volt|ampere|eur|euro|ct|cent|prozent|uhr|mm|cm|km|m|qm|m²|m³|m2|m3|stück|stk|"
    r"jahre?n?|monate?n?|"
    r"tage?n?|tg|t|wt|wochen?|minuten|min|stunden|std|sekunden|sek|h|kg|ltr|l|hpa|mbar|ohm|"
    r"personen|pers|leute|leuten|kinder|mal|grad|liter|wohnungen|häuser|gebäude|stationen|kunden|zähler|geräte|stellen|plätze|fälle|"
    r"anschlüsse|haushalte?|"
    r"ladepunkte?n?|parteien|module?|kilowatt\w*|pol\w*|phasig|fach|zoll|bar|schritte|punkte|anlagen|kabel|euronen|"
    r"amp\w*)(?![^\W_])",
    re.IGNORECASE,
)

LISTED_BEFORE = re.compile(r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{5,}) ?[,;|/-] ?\Z")
LISTED_BEHIND = re.compile(
    r" ?[,;|/(-]{1,2} ?(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:(?:strom|gas|wasser)?z(?:ä|ae)hler|zlr|znr|k(?:un)?d(?:en|e|in)?"
    r"[. -]?(?:nr|nummer)?|vertrag|tel|mobil|geb|iban|malo|wohnung|whg|stock|etage)[a-zäöü.:-]* ?[0-9a-z])"
)
"""A day or a long number in the cell before an address, or what a person or a home has in the cell behind it."""
ENDS_SURELY, ENDS, LONE_NAMED, OF_SOMETHING, PREPOSED, CAPITAL_PREPOSED, PLAIN = 1.3, 1.0, 1.1, 1.3, 0.4, 0.6, 0.3
ENDS_PERHAPS, ESTATE, VILLAGE, ADJECTIVE_FIRST, ADJECTIVE_NAMED, ADJECTIVE_ANYHOW, PREPOSED_SURELY = 0.6, 0.8, 0.5, 0.7, 0.8, 0.5, 0.7
LIVED_IN, ERRAND, LIVED_FAR, FLOORED, PERSON_BEFORE, POSTED, WHOLE, SIBLING, LED = 0.8, 0.45, 0.4, 0.6, 0.45, 0.9, 0.2, 0.45, 0.3
ORDINARY, ORDINARY_PREPOSED, ORDINARY_ENDS, LAND_POSTED = 0.6, 0.2, 0.3, 0.1
COUNTED, COUNTED_NOUN, SMALL, SPELT_OUT, SPELT_OUT_SURELY = 2.0, 0.6, 0.3, 0.5, 0.3
NAMED_NUMBER, LETTERED, HIGH_NUMBER, LONE_BARE, IN_TOWN, ROAD, PERSON_SIGNS, LISTED = 0.4, 0.2, 0.25, 0.1, 0.2, 0.6, 0.5, 0.2
"""What each piece of evidence weighs; an address is sure from 1.0."""
