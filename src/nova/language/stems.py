"""A folded word in, its stem out (Snowball German with separable prefixes undone first), and which words carry no content."""

import re
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]

_SNOWBALL = snowballstemmer.stemmer("german")
_PREFIX = "ab|an|auf|aus|bei|durch|ein|fest|fort|her|hin|mit|nach|um|unter|ueber|vor|weg|weiter|wieder|zurueck|zusammen|zu"
_INFINITIVE = re.compile(rf"^({_PREFIX})zu(\w{{2,}}(?:en|ern|eln))$")
_PARTICIPLE = re.compile(rf"^({_PREFIX})ge(\w{{3,}}(?:t|en))$")
_PLAIN_PARTICIPLE = re.compile(r"^ge(\w{4,})t$")
_VERB = re.compile(r"^(\w{3,}(?:ig|er|el|ier|ch|tz|eig|ell))te?[nst]*$")
# Stems that Snowball throws together although the trade keeps them apart: meter and number, subsidy and claim.
_APART = (("zaehl", "zehl"), ("foerder", "fuerder"))

STOP = frozenset(
    """
    aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus bei beim bin bis bist da dabei dadurch
    dafuer dagegen daher damit danach dann daran darauf daraus darf darfst darin darueber darum das dass davon dazu dein dem den denen denn dennoch
    der deren des deshalb dessen desto die dies diese dieselbe diesem diesen dieser dieses doch dort du duerfen duerfte durch ebenso eigentlich
    ein eine einem einen einer eines einfach einige einigem einigen einiger einmal er ergibt es etwa etwas euch euer falls fuer ganz gar geben gegen
    gehen gehoert geht gemaess genau gerade gern gibt gilt gelten habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren
    ihrer im immer in indem ins insbesondere irgendwie ist ja je jede jedem jeden jeder jedes jedoch jene jetzt jeweilige jeweiligen jeweils kam kann
    kannst kein keine keinem keinen keiner kommen kommt koennen koennte koennten konnte lassen laesst laut machen macht mal man manche mehr mein meine
    meinem meinen meiner mich mindestens mir mit moechte muss muessen muesste nach nachdem naemlich neben nein nicht nichts nie noch nun nur ob oben
    oder ohne sagt schon sehr sein seine seinem seinen seiner seines seit selber selbst sich sie sind so sobald sofern sogar solche solchem solchen
    solcher soll sollen sollte sonst soweit sowie statt trotz ueber ueberhaupt um und uns unser unsere unserem unseren unserer unter viel viele vielen
    vom von vor waehrend wann war waren warum was weder weg wegen weil weiter weitere weiteren welche welchem welchen welcher welches wem wen wenig
    wenn wer werde werden wessen wie wieder wieso wieviel will wir wird wo wofuer woher wohin wohl wollen womit woran worauf wovon wozu wurde wurden
    wuerde wuerden zu zum zur zwar zwischen bitte danke eben halt bloss rund raus rein mag tun tut getan bzw usw ggf vgl zb abs nr s abs. absatz absatzes
    absaetze satz satzes saetze nummer nummern buchstabe buchstaben sinne artikel gesetzes verordnung gesetz dieser paragraph paragraf paragrafen ziffer
    jemand jemanden jemandem niemand eigen eigene eigenen eher kriegt kriegen kriege bekommt bekommen steht stehen bleibt bleiben heisst bedeutet
    versteht sagen wissen frage hoechstens maximal minimal hoch lange lang oft schnell weit gross neu neue neuen
    """.split()  # noqa: SIM905
)


# Words of everyday speech that a question seldom turns on; they count a fraction (`LIGHT_SHARE`).
_LIGHT_WORDS = """
    kunde kunden kundin leute person personen fall sache ding mensch kollege frau herr geld mal ende umstand umstaende grund gruende moeglichkeit situation
    weise art thema problem regel regelung vorschrift gesetzlich rechtlich eigentlich kuemmern kuemmert schicken schickt wenden wendet losgehen losgeht
    brauchen braucht passieren passiert drohen droht fallen faellt liegen liegt stellen stellt finden findet nehmen nimmt holen holt setzen setzt legen legt
    bringen bringt halten haelt laufen laeuft fangen anfangen faengt aufhoeren glauben glaubt denken meinen meint verlangen verlangt fordern fordert wollen
    moegen duerfen erlauben erlaubt zulassen zulaessig verpflichten muessen verstehen bevor nachher vorher frueher spaeter hoeher niedriger groesser kleiner
    laenger besser schlechter ungefaehr rund zirka circa komplett ganz voll teilweise ueberall irgendwo plus minus extra zusaetzlich automatisch normal
    normalerweise grundsaetzlich generell allgemein konkret bestimmt bestimmte einzeln einzelne verschieden unterschiedlich moeglich noetig notwendig
    erforderlich richtig falsch gut schlecht klein gross kurz letzte letzten naechste naechsten vergangene aktuell heute morgen gestern inzwischen
    standardmaessig ueblich ueblicherweise zugehen heissen nennen nennt gelten welch aussuchen anderes keiner etwas bestellen bestellt vorschreiben
    vorgeschrieben verlangen haben kriegen behandeln behandelt sehen sieht zaehlt tauschen rechnen
"""
LIGHT_SHARE = 0.35


@lru_cache(maxsize=1)
def _light_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in _LIGHT_WORDS.split())


def is_light(root: str) -> bool:
    """Whether a stem is one of the everyday words that a question seldom turns on."""
    return root in _light_stems()


@lru_cache(maxsize=131072)
def stem(word: str) -> str:
    """The stem of a folded word; digits and very short words stay as they are. `auszuzahlen` and `ausgezahlt` meet `auszahlen`."""
    if len(word) < 4 or word[0].isdigit():
        return word
    for expression in (_INFINITIVE, _PARTICIPLE):
        if match := expression.match(word):
            word = match.group(1) + match.group(2)
            break
    else:
        if match := _PLAIN_PARTICIPLE.match(word):
            word = match.group(1) + "t"
    if match := _VERB.match(word):
        word = match.group(1) + "en"
    for found, apart in _APART:
        word = word.replace(found, apart)
    root: str = _SNOWBALL.stemWord(word)
    return root


def is_stop(word: str) -> bool:
    """Whether a folded word carries no content (function words, and the law's own `Absatz`, `Satz`, `Nummer`)."""
    return word in STOP or (len(word) == 1 and not word.isdigit())
