"""Expressions over folded German text: what questions for data name, what asks for causes or comparisons, and what belongs to documents."""

import re
from typing import Literal

from nova.language.spelling import Speller

Ask = Literal[
    "energy", "peak", "mean", "base", "full_hours", "load_factor", "cost", "price", "cheapest", "dearest", "negative", "products",
    "production", "feed_in", "self_use", "autarky", "quality", "count", "co2", "spread", "window", "forecast", "tariff", "included",
]  # fmt: skip
MARKET: frozenset[Ask] = frozenset({"included", "price", "cheapest", "dearest", "negative", "products", "spread", "window", "forecast"})

PRODUCES: frozenset[Ask] = frozenset({"production", "feed_in", "self_use", "autarky"})

# What is asked for beside a number of a whole period, and what a period or meter is taken out by.
EACH = re.compile(r"\b(?:pro|je|jeden|jede) (?:viertelstunde|stunde|tag|nacht|woche|monat|jahr)\b")
OFTEN = re.compile(r"\bwie (?:oft|haeufig)\b")
WEEKDAY = re.compile(r"\bwelche[rnms]? wochentage?n?\b")
# What the meters here do not measure: gas, water and heat, and the unit of the first two.
NOT_POWER = re.compile(
    r"\b(?:(?:erd|stadt|bio)?gas(?:verbrauch\w*|kosten|menge\w*|preis\w*|bezug\w*)?|(?:warm|kalt|trink|ab)?wasser(?:verbrauch\w*|kosten|menge\w*)?"
    r"|fernwaerme(?:verbrauch\w*|kosten)?|waerme(?:verbrauch\w*|mengen?|kosten)|heizoel\w*|m3|m³|kubikmetern?)\b"
)
WITHOUT = re.compile(r"\b(?:ohne|ausser|bis auf|abgesehen von)(?: (?:die|den|das|der|dem))?\s*$")

# What may be held against another period or meter, and what days, hours or meters may be ranked by.
COMPARABLE: frozenset[Ask] = frozenset(
    {"energy", "production", "feed_in", "peak", "mean", "base", "cost", "price", "load_factor", "self_use", "autarky", "negative", "co2"}
)
EACHABLE: frozenset[Ask] = frozenset({"energy", "production", "cost"})
RANKABLE: frozenset[Ask] = frozenset({"energy", "production", "price", "cheapest", "dearest", "mean"})
# The first that fits is what a question asks for.
_WORDS: tuple[tuple[Ask, str], ...] = (
    ("tariff", r"mit welche[mr] (?:preis|tarif)|welche[nr]? (?:preis|tarif) (?:hab|habe|haben|zahl|zahle|zahlen|rechnest)\\b.*|"
               r"(?:mein|unser)(?:en|e)? (?:arbeitspreis|festpreis|kwh-preis|tarif)|"
               r"was zahle? (?:ich|wir) (?:pro|je|fuer die|fuer eine|die) (?:kwh|kilowattstunde)"),
    ("co2", r"co2\w*|kohlendioxid\w*|emissionen|treibhausgas\w*|klimabilanz"),
    ("spread", r"\w*spread\w*|preisspanne\w*|preisspreizung\w*|preisunterschied\w*|"
               r"(?:unterschied|differenz|spanne) zwischen (?:dem )?(?:hoechste|niedrigste|teuerste|guenstigste|billigste)\w* und "
               r"(?:dem )?(?:hoechste|niedrigste|teuerste|guenstigste|billigste)\w*(?: \w*preis\w*| stunde)?"),
    ("autarky", r"autark\w*|eigenversorgung\w*|selbst ?versorg\w*|unabhaengig\w* vo[mn] (?:\w+ )?netz|"
                r"aus eigene[rmn] (?:erzeugung|produktion|strom|solarstrom|anlage)"),
    ("self_use", r"eigenverbrauch\w*|eigenstrom\w*|selbst (?:genutzt|verbraucht)\w*|direktverbrauch\w*"),
    ("quality", r"keine (?:\w+ )?(?:messwerte?n?|daten|messdaten)|\w*ausfaelle?n? (?:\w+ ){0,3}mess\w*|"
                r"\w*luecken?(?:haft|los)?\w*|datenqualitaet|messqualitaet|fehlende\w*|fehlen|fehlt\w*|ersatzwerte?n?|"
                r"(?:un)?vollstaendig\w*|datenausf\w+"),
    ("count", r"(?:anzahl|zahl|wie ?viele?) (?:\w+ ){0,2}(?:(?:mess|einzel|zaehler)?werte?n?|datenpunkte?n?|ablesungen|messungen)"),
    ("negative", r"negativ\w*|minusstunden|minuspreise?n?|unter null"),
    ("cheapest", r"(?:guenstigst|billigst|niedrigst)\w*"),
    ("dearest", r"teuerst\w*|hoechste\w* \w*preise?"),
    ("products", r"base und peak|peak und base|base(?:load)?(?:-?preise?s?)?|peak(?:load)?-?preise?s?"),
    ("base", r"grundlast\w*|grundverbrauch\w*|leerlauf\w*|ruhelast|standby\w*|stand-by\w*|dauerlast|nachtlast|"
             r"sockel\w*|brumm\w*|nachts (?:\w+ ){0,4}durch(?:laeuft)?|(?:immer|staendig|dauernd) (?:an|laeuft)"),
    ("peak", r"(?:kw|leistung|last)\b.* (?:hoechstens|maximal|am (?:hoechsten|groessten|staerksten))|"
             r"\w*lastspitzen?|spitzenlast\w*|hoechstlast|hoechstleistung|leistungsspitzen?|spitzen?|spitzenwerte?|peaks?|"
             r"(?:hoechste|maximale|groesste)\w* (?:last|leistung|viertelstunde\w*|\w*verbrauch|\w*wert|ausschlag)|jahreshoechst\w+|"
             r"(?:last|leistung)s?-? ?max\w*|max\w*-? ?(?:last|leistung)"),
    ("full_hours", r"benutzungsstunden|benutzungsdauer|vollbenutzungsstunden"),
    ("load_factor", r"lastfaktor|belastungsgrad"),
    ("cost", r"\w*kosten|kostete?t?|gekostet|teuer|teurer|bezahlt|ausgegeben|gezahlt|zahle?n?|geblecht|"
             r"hingelegt|geloehnt|wie ?viel (?:geld|euro)|€|(?:strom)?rechnung|spottarif|"
             r"fixtarif|festpreis\w*|fixpreis\w*"),
    ("price", r"preislich|\w*preise?[ns]?|\w*preis(?:prognose|vorhersage)n?|(?:strom|er|es) (?:\w+ ){0,3}(?:billiger|guenstiger)|boerse|"
              r"epex|day-ahead|dayahead"),
    ("cost", r"euro|eur|geldmaessig"),
    ("feed_in", r"\w*einspeisung\w*|einspeis\w+|eingespeist\w*|verkauft\w*|ins (?:oeffentliche )?netz"),
    ("production", r"\w*erzeug\w*|produziert?\w*|produktion|(?!ueber)\w*ertrag\w*|solarstrom|sonnenstrom|pv-strom|"
                   r"(?:pv|pv-anlage|solar\w*|photovoltaik\w*|dach)\b.* (?:gebracht|geliefert|geschafft|gemacht)|vom (?:eigenen )?dach"),
    ("mean", r"(?:mittlere|durchschnittliche)\w* (?:last|leistung|\w*verbrauch)|durchschnittslast|mittelwert|"
             r"im (?:schnitt|mittel|durchschnitt)"),
    ("energy", r"\w*verbrauch(?!er)\w*|kwh|kilowattstunden?|mwh|megawattstunden?|\w*bezug|bezogen|strommengen?|energiemengen?|gebraucht|"
               r"verbraten|verballert|verheizt|verbraucht\w*|durchgelaufen|brauch(?:e|en|t|ten?|test)?|"
               r"lastgang\w*|lastkurve|lastprofil|last|leistung|gezogen|strom|energie|verbrauchsprognose|lastprognose|lastvorhersage"),
    ("forecast", r"\w*prognosen?|\w*vorhersagen?|prognostiziert\w*|vorhergesagt|vorausgesagt|wird (?:\w+ ){0,3}erwartet"),
)  # fmt: skip
SUBJECTS = tuple((ask, re.compile(rf"(?<![\w-])(?:{words})(?!\w)")) for ask, words in _WORDS)
# Who asks, and what is theirs.
OWN = re.compile(r"\b(?:mein|unser|eigen)(?:e[nrsm]?)?\b|\b(?:wir|ich|uns|mir)\b")
# Words that go with such questions and say nothing of what else they might be about.
SPARE = re.compile(
    r"wieviele?|hoeher\w*|niedrig\w*|groesser\w*|grosse?\w*|geringe?r?\w*|kleine?r?|starke?r?|mehr|weniger|ungewoehnlich\w*|auffaellig\w*|"
    r"durchschnittlich\w*|normal\w*|uebliche?\w*|erwartet\w*|gestiegen|angestiegen|gesunken|zugenommen|abgenommen|hochgegangen|gefallen|sprung\w*|gesprungen|"
    r"entwick\w+|angefallen|betragen|betrug|betraegt|lage?n?|gelegen|liegt|zeige?n?|nenne?|sage?|gib|insgesamt|gesamt\w*|summe|"
    r"tatsaechlich\w*|elektrisch\w*|ursachen?|gruende?|grund|warum|weshalb|wieso|woran|erklaer\w*|kam|kaeme|ausschlag\w*|uhr|uhrzeit|"
    r"tage?[ns]?|wochen?|monate?|jahre?s?|stunden?|viertelstunden?|zeit|zeiten|zeitraum\w*|wann|vergleich\w*|verglichen|"
    r"gegenueber|als|sonst|"
    r"zaehler[ns]?|messstellen?|schwank\w*|daten|messdaten|messwerte?n?|werte?|unterschied\w*|differenz|aktuell\w*|"
    r"momentan\w*|derzeit\w*|gerade|jetzt|"
    r"davor|zuvor|vorher|vortag\w*|hausanschluss|eigentlich|bisher|bislang|pro|je|eur|euro|cent|ct|kw|kilowatt|watt|wattstunden?|wh|mwh|megawattstunde|markt\w*|"
    r"boersen?|boersen(?:preis|strom|handel|kurs|wert)\w*|strommarkt|spotmarkt|spot|prozent|anteil\w*|quote|grad|tarif|dynamisch\w*|fest\w*|fix\w*|haette|haetten|gewesen|besonders|"
    r"deutlich|stark|extrem|ploetzlich|wirklich|verbraucht\w*|solaranlage|anlage|pv|pv-anlage|photovoltaikanlage|dach|gab|geben|wurde|"
    r"hatten|netz|ging|gingen|auf|runter|hoch|tief|laufen|lief|verglich|los|meiste[nrs]?|wenigste[nrs]?|staerkste\w*|hoechste\w*|groesste\w*|"
    r"zusammen\w*|gemeinsam\w*|unterscheid\w*|bezahlen|zahlen|verursach\w*|kilogramm|kg|tonnen|steht|standen|stand|rechne[nt]?|sieht|"
    r"aussehen|bereits|schon|dabei|sowie|bzw|beziehungsweise|oder|versus|vs|gegen|dazu|ausserdem|verbrauch(?!er)\w*|nachts|"
    r"summiert|addiert|"
    r"drauf|draufgegangen|kamen|kommt|zahlt|sah|sahen|gleiche[sn]?|dasselbe|rahmen|bereich|ueberschuss\w*|ueberschuess\w*|erfasst\w*|musste[nst]*|hab|habs|haben|hoechstens|maximal|schlimmste\w*|sparsamste\w*|zurueck|geliefert|"
    r"vollstaendig|weg|durch|aufgelaufen|angegeben|auflisten|liste|bitte|gern|mal|einmal|billig\w*|guenstig\w*|teuer\w*|verlauf|verlief|geschah"
)
# Advice on when to run something: the device and what is done with it, or hours in a row.
_DEVICE = (
    r"(?:e-|elektro)?(?:auto|fahrzeug)s?|wagen|wallbox|waschmaschine|spuelmaschine|geschirrspueler|\w*trockner|speicher|akku|batterie|"
    r"waermepumpe|maschinen?|geraete?|pool\w*|pumpen?|ofen|sauna"
)
_DOING = (
    r"(?:auf|be)?(?:zu)?laden|lade|aufladen|laeuft|laufen|starten?|ein(?:zu)?schalten|an(?:zu)?schalten|anstellen|"
    r"anmachen|anwerfen|an(?:zu)(?:werfen|machen|stellen)|waschen|"
    r"betreiben|betreibe|nutzen|heizen|beladen|trocknen|spuelen"
)
_CHEAP = r"(?:guenstig|billig)\w*"
_ROW = r"am stueck|hintereinander|in folge|am block|zusammenhaengend\w*|durchgehend\w*"
WINDOW = re.compile(
    rf"\bwann\b.*\b(?:{_DEVICE})\b.*\b(?:{_DOING})\b|\bwann\b.*\b(?:{_DOING})\b.*\b(?:{_DEVICE})\b|"
    rf"\b(?:{_DEVICE})\b.*\b(?:{_DOING})\b.*\bwann\b|"
    rf"\bwann\b.*\b(?:soll\w*|kann|koennte|am besten|muss)\b.*\b(?:waschen|spuelen|trocknen|(?:auf|be)?laden)\b|"
    rf"\bwann\b.*\bstunden? (?:{_ROW})\b|\bstunden (?:{_ROW})\b.*\b{_CHEAP}|"
    rf"\b{_CHEAP}.* stunden (?:{_ROW})\b|\b{_CHEAP} (?:zeitfenster|fenster|ladefenster|block)\b"
)
WINDOW_SPARE = re.compile(
    rf"{_DEVICE}|{_DOING}|{_CHEAP}|stueck|hintereinander|folge|block|zusammenhaengend\w*|durchgehend\w*|\w*fenster|braucht|brauche|dauert|"
    r"lang|lange|lasse?n?|liegen|besten|beste\w*|lohnt|sinnvoll\w*|voll|strom|ganz|geladen"
)
# Several meters at once, and one of several.
ALL = re.compile(
    r"\b(?:(?:alle[rn]?|saemtliche[rn]?) (?:unsere[rn]? |meine[rn]? |ihre[rn]? |der |die )?(?P<what>[a-z-]+)|"
    r"(?:die|den|der|unsere[nr]?|meine[nr]?) (?P<many>haushalten?|betrieben?|filialen|standorten?|wallboxen|waermepumpen)\b)"
)
TOGETHER = re.compile(r"\b(?:zusammen\w*|insgesamt|gesamt\w*|gemeinsam\w*|in summe|summe|summiert|addiert)\b")
RANKED = re.compile(
    r"\bwelche[rns]? (?:der |unserer |meiner |unsere |meine )?(?P<what>zaehler\w*|messstellen?|haushalte?n?|betriebe?n?|"
    r"standorte?|anlagen?)\b"
    r"|\bwer (?:hat|verbraucht\w*)\b"
)
COMPARE = re.compile(
    r"\b(?:um wie ?viel\b.* (?:ueber|unter) de[mr]|vergleich\w*|verglichen|unterschied\w*|unterscheid\w*|gegen|gegenueber|versus|vs)\b"
)
STRETCHES = r"(?:tagen?|naechten?|wochen(?:enden?)?|monaten?|quartalen?|jahren?|zeitraeumen?|zeiten)"
BOTH_TIMES = re.compile(rf"\bbeiden? {STRETCHES}\b")
EITHER = re.compile(
    r"\b(?:am (?:meisten|wenigsten|hoechsten|niedrigsten)|mehr|weniger|hoeher|niedriger|groesser|kleiner|teurer|"
    r"guenstiger|billiger|geringer|tiefer)\b"
)
MOST, LEAST = (
    re.compile(rf"\b(?:{words})\w*")
    for words in (
        "meiste[nr]?\\b|hoechste|groesste|teuerste|staerkste|schlimmste",
        "wenigste|niedrigste|geringste|kleinste|guenstigste|billigste|sparsamste",
    )
)
# What goes on with the question before: units, comparisons, the other meter, when, why, whether that is usual.
GOING_ON = re.compile(
    r"\b(?:euro|eur|cent|ct|kwh|kw|mwh|watt|wh|prozent|unterschied\w*|differenz|delta|beiden?|andere[nrsm]?|zusammen|warum|wieso|weshalb|woran|wann|uhrzeit|"
    r"um wie ?viel uhr|normal\w*|ueblich\w*|im (?:\w+ )?(?:rahmen|bereich)|ungewoehnlich\w*|"
    r"viel oder wenig|im schnitt|im mittel|durchschnitt\w*|pro tag|am (?:meisten|wenigsten|teuersten|"
    r"guenstigsten|billigsten|hoechsten|niedrigsten)|min\w*|max\w*|mehr|weniger|gestiegen|gefallen|davor|danach|vorwoche|vormonat|vorjahr)\b|[%€]"
)
WILL = re.compile(r"\b(?:wird|werden|werde|\w*prognose\w*|\w*vorhersage\w*|erwartet\w*|rechnen|rechnet|voraussichtlich\w*)\b")
# A rule named beside a meter: "ueber der Grenze nach § 14a EnWG".
LAW = re.compile(
    r"(?:\b(?:nach|gemaess|laut|aus|in|im sinne) )?(?:de[smrn] )?(?:§+ ?\d+\w*(?: (?:abs\.?|absatz|satz|nr\.?|nummer) ?\d+\w*)*"
    r"(?: (?:de[sr] )?\w+)?|\b(?:enwg|messbg|msbg|eeg|kwkg|stromnev|stromnzv|stromgvv|nav|behg|geg|stromstg)\b)"
)
# The rule alone, as it is written.
RULE = re.compile(
    r"§+ ?\d+\w*(?: (?:abs\.?|absatz|satz|nr\.?|nummer) ?\d+\w*)*(?: (?:de[sr] )?\w+)?|"
    r"\b(?:enwg|messbg|msbg|eeg|kwkg|stromnev|stromnzv|stromgvv|nav|behg|geg|stromstg)\b",
    re.IGNORECASE,
)
LIMIT = re.compile(
    r"\b(?:ueber|unter|oberhalb|unterhalb|ueberschr\w+|unterschr\w+|ueberstieg\w*|erreich\w*|eingehalten|einhalten|halten|haelt|innerhalb|"
    r"grenze|grenzwert\w*|schwelle\w*)\b"
)
LIMIT_SPARE = re.compile(
    r"\w*grenze|\w*grenzwerte?s?|\w*schwelle|schwellenwerte?s?|ueberschr\w+|unterschr\w+|eingehalten|einhalten|haelt|erreicht|kw|kwh"
)
# What only documents tell: law, contracts, duties, definitions.
DOCUMENTS = re.compile(
    r"§|\b(?:paragra\w+|gesetz\w*|\w*vertrae?g\w*|einspeise?grenze\w*|\w*verordnung\w*|enwg|messbg|msbg|eeg|kwkg|stromnzv|stromgvv|geg|richtlinie\w*|\w*frist\w*|"
    r"kuendig\w*|pflicht\w*|\w*pflicht|verpflicht\w*|duerfen|darf|duerfte\w*|muss|muessen|musste\w*(?! (?:ich|wir)\b.*zahlen)|"
    rf"soll(?! (?:ich|man|wir)\b)(?! (?:de[rn]|die|das|mein\w*) (?:{_DEVICE})\b)|"
    r"sollen(?! wir\b)|zulaessig|erlaubt|"
    r"vorgeschrieben|laut|gemaess|anspruch\w*|steuer\w*|\w*steuer|\w*umlage\w*|foerder\w*|\w*verguetung\w*|verguetet|ausschreib\w*|"
    r"grundversorg\w*|\w*entgelte?\w*|\w*abgaben?|\w*gebuehr\w*|konzession\w*|\w*praemien?|\w*zuschlae?g\w*|\w*zuschuss\w*|"
    r"(?:in|auf) (?:der|unserer|meiner|ihrer) \w*rechnung|fuer (?:private )?haushalte(?! \d)|"
    r"co2-?preis\w*|emissionshandel\w*|zertifikat\w*|"
    r"hoechstens|mindestens|maximal erlaubt|bedeutet|versteht|definition|definiert|gilt|gelten|"
    r"ab welche\w*|ab wie viele\w*|ab wann|bis wann|"
    r"wer(?! (?:hat|hatte|verbrauch\w+)\b.* (?:mehr|weniger|meisten|wenigsten)\b)(?! verbrauchte mehr)|"
    r"wem|wessen|antrag\w*|formular\w*|meldung|melden|genehmig\w*|strompreisbremse|"
    r"abgelesen|ables\w*|ermittelt|gebildet|berechnet|geschaetzt|bestimmt|festgelegt|abgerechnet|uebermittelt|gespeichert|verjaehr\w*|"
    r"widerspr\w+|abschlae?g\w*|messstellenbetrieb\w*|hausanschluss\w*|entschaedig\w*|personen|kann ich|was passiert|was tun|"
    r"wie lange(?! (?:gab|fehl\w+)\b)|"
    r"ein(?:em|en|er|es)? (?:\w+-)?haushalte?s?|(?:grund|leistungs|arbeits|listen)preis\w*|zu welchem preis|seit wann|wann kommt|"
    r"(?:referenz|poenal|straf|vertrags|kauf)preis\w*|zustaendig\w*|haftet|haftung|norm|bundesnetzagentur|bnetza)\b"
)
WHY = re.compile(
    r"\b(?:warum|weshalb|wieso|woran|ursachen?|gruende?|grund|wodurch|wie kommt|erklaer\w*|was ist (?:da )?passiert|"
    r"was (?:war|ist) .*\blos)\b"
)
USUAL = re.compile(
    r"\b(?:viel oder wenig|wenig oder viel|zu viel|zuviel|im gruenen bereich|sonst|"
    r"ueblich\w*|normal\w*|gewoehnlich|erwartet\w*|ungewoehnlich\w*|auffaellig\w*|im rahmen|"
    r"(?:ist|war|sind|waren) das (?:jetzt |denn |eigentlich )?(?:viel|wenig|hoch|niedrig|okay|ok))\b"
)
NOW = re.compile(r"\b(?:jetzt|gerade|momentan\w*|aktuell\w*|derzeit\w*|im moment|im augenblick)\b")
THAN = re.compile(r"\b(?:als|gegenueber|im gegensatz zu[mr]?|verglichen mit|im vergleich (?:zu|zum|zur|mit)|vergleich\w* mit)\b")
ASKS = re.compile(
    r"\?|^(?:bitte )?(?:\w*verbrauch|\w*kosten|\w*last\w*|\w*spitze|\w*preise?|erzeugung|einspeisung|prognose|vergleiche?n?)\b|"
    r"\bvergleiche?\b|\bbitte\b|"
    r"\b(?:wie ?viele?|wie|wann|was|welche\w*|warum|weshalb|wieso|woran|gab|gibt|hatten?|haben|hat|war|waren|zeige?n?|"
    r"nenne?|sage?|gib|ist|sind)\b"
)
BEFORE = {
    "vorjahr": 1, "vormonat": 2, "vorwoche": 3, "vortag": 4, "jahr (?:davor|zuvor|vorher)": 1, "monat (?:davor|zuvor|vorher)": 2,
    "woche (?:davor|zuvor|vorher)": 3, "tag (?:davor|zuvor|vorher)": 4,
}  # fmt: skip
MARKET_WORDS = re.compile(r"boerse\w*|epex|day-?ahead|megawattstunde|\bmwh\b|spotpreis|spotmarkt|strompreis")
_TRADE = """
verbrauch verbraucher verbrauchern verbraucht verbrauchten verbrauche stromverbrauch grundlast lastspitze lastspitzen spitzenlast
eigenverbrauch autarkie erzeugung
einspeisung strompreis strompreise stromkosten haushalt haushalts haushalte haushalten zaehlers
kilowattstunden benutzungsstunden gestern vorgestern wochenende
wochenenden wochenendes kalenderwoche vergangene januar februar september oktober november dezember vorjahr vormonat guenstigsten
billigsten meisten wenigsten welchem welchen gekostet insgesamt
autarkiegrad eigenverbrauchsquote teuerste teuersten guenstigste billigste negativem sparsamster sonnenstrom waschmaschine stromrechnung
tagesdurchschnitt staerkste unabhaengig grundverbrauch einzelwerte
datenpunkte ablesungen messungen solarertrag ruhelast
maximale maximalen vergangenen durchschnittliche einspeisung
 tagesverbrauch verbrauchswert boersenpreis boersenpreise spitzenlast vergleich verglichen
hoechster hoechste hoechsten niedrigsten geringsten zwischen halbjahr werktags werktagen messwerte ungewoehnlich durchschnittlich
durchschnittlicher mittlere mittlerer erzeugt produziert eingespeist messwerten montag dienstag mittwoch donnerstag freitag samstag sonntag
negative negativen datenluecken durchschnitt wochentag wochentagen letzten letzte waermepumpe leistung
"""
SPELLER = Speller.of((word, 1) for word in _TRADE.split())
NUMBERED = re.compile(r"\b[a-z]{1,12}[-_ ]?\d|\bvon [a-z]")
