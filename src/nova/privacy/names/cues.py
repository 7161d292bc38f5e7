"""No input; out: the words that lead to a person's name, and those that show that a name is none."""

import re

SALUTATIONS = frozenset(
    {
        "herr",
        "herrn",
        "hr",
        "hrn",
        "frau",
        "fr",
        "fräulein",
        "familie",
        "familien",
        "fam",
        "eheleute",
        "eheleuten",
        "ehepaar",
        "mr",
        "mrs",
        "bürger",
    }
)
TITLES = frozenset(
    "dr prof professor professorin med jur rer nat phil dipl ing mag mba msc bsc pd kfm oec habil ra rain stb dipl-ing dipl-kfm dr-ing freiherr freifrau graf gräfin baron".split()
)
NOBLE = frozenset({"freiherr", "freifrau", "graf", "gräfin", "baron", "baronin", "prinz", "prinzessin"})
PARTICLES = frozenset(
    "von vom van der den dem de del della di da dos das do du le la los las ten ter te op zu zur zum zer und al el ibn bin ben abu abi af av y e o' auf".split()
)
JOINED = frozenset(
    {
        "von",
        "van",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "le",
        "la",
        "ten",
        "ter",
        "zu",
        "al",
        "el",
        "ibn",
        "bin",
        "abu",
        "af",
        "op",
        "vom",
    }
)
ROLES = frozenset(
    """
kunde kundin kunden neukunde neukundin neukunden bestandskunde bestandskundin mieter mieterin mieters hauptmieter untermieter vormieter vormieterin nachmieter
nachmieterin vermieter vermieterin vermieters nachbar nachbarin nachbarn nachbars eigentümer eigentümerin eigentümers besitzer besitzerin betreiber betreiberin inhaber
inhaberin inhabers kontoinhaber kontoinhaberin anschlussnehmer anschlussnehmerin anschlussinhaber anschlussnutzer anschlussnutzerin antragsteller antragstellerin zahler
zahlerin bevollmächtigter bevollmächtigte bevollmächtigten betreuer betreuerin erbe erbin erblasser erblasserin verstorbener verstorbene verstorbenen anrufer anruferin
absender absenderin empfänger empfängerin nutzer nutzerin monteur monteurin techniker technikerin ableser ableserin installateur elektriker meister schornsteinfeger
sachbearbeiter sachbearbeiterin mitarbeiter mitarbeiterin kollege kollegin kollegen berater beraterin ansprechpartner ansprechpartnerin hausmeister hausmeisterin
verwalter verwalterin gärtner pförtner bauleiter bauleiterin bauherr bauherrin architekt architektin anwalt anwältin rechtsanwalt rechtsanwältin notar notarin
steuerberater steuerberaterin gerichtsvollzieher gerichtsvollzieherin zeuge zeugin vertreter vertreterin teilnehmer teilnehmerin gast pächter pächterin halter halterin
fahrer fahrerin kontakt sohn sohnes tochter bruder bruders schwester mutter vater vaters oma opa großmutter großvater enkel enkelin enkels schwager schwägerin tante
onkel neffe neffen nichte cousin cousine ehemann ehefrau mann partner partnerin lebensgefährte lebensgefährtin lebensgefährten verlobter verlobte freund freundin freundes
mitbewohner mitbewohnerin schwiegersohn schwiegertochter schwiegermutter schwiegervater stiefvater stiefmutter witwe witwer chef chefin ex-mann ex-frau lebenspartner
lebenspartnerin kinder söhne töchter rentner rentnerin unterzeichner unterzeichnerin vertragspartner vertragspartnerin vertragsinhaber vertragsinhaberin kundenberater
kundenberaterin ombudsfrau interessent interessentin beschwerdeführer beschwerdeführerin mandant mandantin patient bewohner bewohnerin rechnungsempfänger
rechnungsempfängerin ap hv ansprechpartners erben vollmachtgeber vollmachtgeberin vollmachtnehmer betreute betreuter landwirt landwirtin
""".split()
)
SPEAKERS = frozenset(
    "agent agentin berater beraterin kunde kundin anrufer anruferin mitarbeiter mitarbeiterin service hotline bot system nutzer user".split()
)
SAYS = re.compile(
    r"(?:\bname[n]?(?: ist| lautet| war| wäre|:)|\b(?:vor|nach|zu|geburts|familien|mädchen|kunden)name[n]?:?(?: ist| lautet)?|"
    r"\b(?:ich|wir|er|sie) hei(?:ß|ss)(?:e|en|t)|\b(?<!das )(?<!was )(?<!wie )hei(?:ß|ss)e|\bnamens|\bhier (?:ist|is|spricht|schreibt)|\bhier(?= [^\W\d_]+[,.])|"
    r"\b(?:ich|wir) (?:bin|sind)(?: (?:der|die|das))?|\bgeborene[rn]?|\bgeb\.|\bgez\.?|\bgezeichnet:?|\bunterzeichnet:?|\bunterschrieben von|\bz\. ?hd\.?(?: von)?|"
    r"\bc/o|\bi\. ?[av]\.|\bi[av]\b|\bp\.p\.|\bppa\.?|\bvertreten durch|\bausgestellt auf|\bausgestellt für|\blautend auf|\bläuft auf|\bvollmacht (?:für|von)|"
    r"\bbevollmächtig(?:e|t|en|te)(?: ich)?|\bzu händen(?: von)?|\bkontoinhaber(?:in)?:?|\bansprechpartner(?:in)?:?|\bspreche ich mit|\bsprach mit|\bgespräch mit|"
    r"\brückruf (?:an|bei|von)|\btelefonat mit|\banruf (?:von|durch)|\bmail von|\bschreiben von|\bbrief von|\bbeschwerde von|\bnachricht von|\bvermerk(?: von)?:|"
    r"\bauf (?:den )?namen?|\bnachlass(?: von)?|\bnach (?:dem )?tod von|\bgrüße? an|\bder name)[ \n]{0,2}",
    re.IGNORECASE,
)
LOOSE = re.compile(
    r"(?:ich|wir) (?:bin|sind)|läuft auf|auf (?:den )?namen?|heißt|heisst|hier|geb\.|i\. ?[av]\.|i[av]\b|von$|an$|bei$|durch$|vermerk",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"(?:\bnamen?\b|\bhei(?:ß|ss)en sie\b|\bwer spricht\b|\bmit wem\b|\bwer sind sie\b|spreche ich mit)[^\n]{0,80}\n[^\W\d_]{3,14}(?: \d)?: ?"
    r"(?:(?:ja|nein|also|hallo|gerne|guten tag|moment|äh|ähm|hier|das ist|mein name ist|der name ist|auf|mit|mein|meinen mann|meine frau|den|herrn?|frau)[ ,.:]{1,3}){0,4}",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"(?:gr(?:ü|ue)(?:ß|ss)(?:e|en)?|gru(?:ß|ss)|mfg|\blg|\bvg|\bbg|\bglg|hochachtungsvoll|vielen dank|danke(?:schön)?|dank im voraus|ihr(?:e)?|eu(?:er|re)|bis dann|servus|tschüss)"
    r"(?: (?:im voraus|und|sendet|senden|aus [^\W\d_]{2,24}|ihr(?:e)?|eu(?:er|re)|von|vom|auch))*[ ,.!:\n-]{1,4}(?:(?:ihr(?:e)?|eu(?:er|re)|der|die|von|familie|fam\.?)[ \n])?",
    re.IGNORECASE,
)
GREETING = re.compile(r"(?:hallo|hi|hey|moin|liebe[rs]?|servus|guten (?:tag|morgen|abend)|werte[rs]?)[ ,]{1,2}", re.IGNORECASE)
NO_PERSON_BEFORE = frozenset(
    """
firma fa firmen tarif tarifs tarife produkt produkte produktes modell typ aktion kampagne angebot hund hündin hundes katze kater katzen papagei wellensittich kanarienvogel
hamster meerschweinchen kaninchen pferd stute pony kuh esel ziege dackel pudel mops labrador schildkröte goldfisch huhn henne hahn roboter saugroboter mähroboter
sturm sturmtief orkan orkantief tief hoch tiefdruckgebiet umspannwerk uw trafostation station schaltanlage windpark solarpark kraftwerk zeche schacht grube mine sankt
st san santa bad schule grundschule gymnasium kirche kapelle kloster kita kindergarten hotel gasthof gaststätte restaurant café cafe pension apotheke brauerei bäckerei
metzgerei fleischerei autohaus kanzlei hof schloss burg haus villa turm halle klinik krankenhaus hospital stiftung verein platz straße strasse weg allee museum theater
schiff fähre boot bahnhof ortsteil gemeinde insel verlag marke wallbox wärmepumpe thermostat assistent assistentin chatbot bot app urteil gesetz aktenzeichen projekt
discounter supermarkt kaufhaus möbelhaus baumarkt spedition reederei druckerei tischlerei schreinerei gärtnerei praxis filiale salon kiosk imbiss pizzeria studio
in ins richtung nähe
""".split()
)
PETS = frozenset(
    "hund hündin katze kater papagei wellensittich hamster meerschweinchen kaninchen pferd stute pony kuh esel ziege dackel pudel mops schildkröte goldfisch henne hahn "
    "vogel kanarienvogel saugroboter mähroboter roboter rasenmäher staubsauger goldhamster frettchen welpe haustier".split()
)
COMPANY_AFTER = frozenset(
    """
gmbh ag kg ohg gbr ug ek e.k mbh se co gmbh&co eg ev e.v stiftung tiefbau hochbau bau bauunternehmen elektro elektrotechnik elektroinstallation haustechnik gebäudetechnik
sanitär heizung heizungsbau heizungstechnik klima solar energie energy immobilien hausverwaltung verwaltung wohnbau bäckerei backwaren metzgerei fleischerei autohaus
automobile versicherung versicherungen bank schule grundschule realschule gesamtschule gymnasium kirche gemeinde platz straße strasse str weg allee ring haus heim klinik
krankenhaus hospital stift halle saal arena werke werk stadtwerke consulting logistik transporte spedition gartenbau landschaftsbau dachdecker bedachungen bestattungen
apotheke brauerei optik möbel moden reisen hotel verlag druck technik service services systeme partner & söhne gebrüder tarif plus komfort basis classic spar milch
bräu kaffee tee schokolade stadion brücke ufer park kolleg akademie universität uni preis fix flex strom gas öko natur tower center zentrum quartier hof
""".split()
)
SAYINGS = re.compile(
    r"otto normal\w*|max(?:imilian)? mustermann|erika muster(?:mann|frau)|lieschen müller|erika mustermann|hinz und kunz|hans im glück|hans dampf|hans wurst|hanswurst|"
    r"graf rotz|graf koks|frau holle|vater staat|mutter natur|mutter erde|max und moritz|vater rhein|heiliger? \w+|pontius zu pilatus|pontius und pilatus|peter und paul|"
    r"tante emma|onkel otto|onkel sam|lieber gott|gott sei dank|john doe|jane doe|krethi und plethi|müller[- ]milch|dr\.? oetker|adam riese|adam ries|"
    r"matthäi am letzten|schmidts katze|nachbars lumpi|heini von der post|herr der lage|herr im (?:eigenen )?haus(?:e)?|petrus|weihnachtsmann|nikolaus|sankt martin|"
    r"rudi ratlos|lucky luke|käpt'?n iglo|werner von siemens|thomas (?:alva )?edison|nikola tesla|james watt|heinrich hertz|rudolf diesel|georg (?:simon )?ohm|"
    r"albert einstein|alessandro volta|hempels unterm sofa|familie hempel|bei hempels|meister proper|flotter otto|langer lulatsch|schlauer fuchs|klein fritzchen|"
    r"fritzchen müller|dumme august|august der starke|blauer? peter|schwarzer peter|schwarzen peter|faule grete|susi sorglos|otto motor|"
    r"ottomotor|emil und die detektive|zappelphilipp|struwwelpeter|armer ritter|moritz und max|wilder kaiser|alter fritz|alten fritz",
    re.IGNORECASE,
)
NO_NAME = frozenset(
    """
doktor kollege kollegin kollegen nachbar nachbarin minister ministerin bürgermeister bürgermeisterin richter richterin professor kunde kundin und oder mit aus von der die das
hat ist war wird kann soll will ruft sagt meint geehrte geehrter herr herrn frau familie sehr ich wir sie er es mein meine unser unsere ihr ihre bitte danke agent
agentin hallo ja nein nee guten tag moin na also ach gut genau nr nummer tel telefon fax mobil handy email e-mail mail adresse anschrift straße strasse str kundennummer
zähler zählernummer iban geb geboren plz malo melo datum termin betreff rückruf anruf kündigung vertrag rechnung abschlag umzug einzug auszug stand info test
sankt st bad am im vorstand gott staat unbekannt unbekannte verstorben gmbh ag kg
""".split()
)
MATTERS = frozenset(
    """
umzug einzug auszug kündigung anruf rückruf mail widerspruch beschwerde termin wechsel vollmacht rechnung gutschrift mahnung ratenplan nachlass erben haus wohnung
anmeldung abmeldung ummeldung konto abschlag lastschrift vertrag akte fall vorgang von für mit bei an dem und oder durch gegen samt sowie neben statt vermerk notiz
lieferstelle objekt zähler ablesung auftrag angebot betreuung betreuer reklamation anfrage
""".split()
)
DOES = frozenset(
    """
hat hatte ist war wird wurde will wollte möchte kann konnte soll sollte muss darf sagt sagte meint meinte wohnt wohnte zieht zog ruft rief schreibt schrieb bittet bat braucht
zahlt zahlte fragt fragte meldet widerspricht kündigt wünscht beschwert hat's übernimmt bekommt erhält schickt teilt beantragt versteht heißt hier
""".split()
)
