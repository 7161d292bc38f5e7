"""Folded text in, dates of birth out: a date in figures, with the month's name or spoken, where the words beside it speak of a birth."""

import re
from collections.abc import Callable, Iterator, Mapping

from nova.privacy.lexicon import given, ordinary, places
from nova.privacy.numerals import BELOW_HUNDRED, ONES, TEENS, TENS
from nova.privacy.recognise.labels import labels
from nova.privacy.spans import Span

MONTH = (
    r"(?:jan(?:uar[yi]?|ner|vier|\.)?|jän(?:ner)?|gennaio|enero|ocak|stycznia|feb(?:ruar[yi]?|er|braio|rero|\.)?|février|şubat|lutego"
    r"|mär[sz]|maerz|mrz|march|mars|marzo|mart|marca|apr(?:ile?|\.)?|avril|abril|nisan|kwietnia|mai|may(?:o|ıs)?|maggio|maja"
    r"|june?|juno?i?|junio|juin|giugno|haziran|czerwca|jul(?:i|ei|y|io)?|juillet|luglio|temmuz|lipca"
    r"|aug(?:ust|\.)?|ao[uû]t|agosto|ağustos|sierpnia|sept?(?:ember|tembre|tiembre|\.)?|settembre|eylül|września"
    r"|o[kc]t(?:ober|obre|ubre|\.)?|ottobre|ekim|października|nov(?:i?embre|ember|\.)?|kasım|listopada"
    r"|de[zc](?:ember|embre|iembre|\.)?|décembre|dicembre|diciembre|aralık|grudnia)"
)
STEMS = ("erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "siebent", "acht", "neunt", "zwot")
ORDINALS = sorted(
    {
        *STEMS,
        *(f"{word}t" for word in TEENS),
        *(f"{word}st" for word in TENS),
        *(f"{one}und{word}st" for word in ("zwanzig", "dreißig", "dreissig") for one in ONES if one != "null"),
    },
    key=len,
    reverse=True,
)
ORDINAL = rf"(?:{'|'.join(ORDINALS)})e[nrs]?"
BELOW = "|".join(sorted(BELOW_HUNDRED, key=len, reverse=True))
SPOKEN_YEAR = (
    r"(?:neunzehn ?hundert(?: ?(?:und ?)?[a-zäöüß]{3,20})?|zwei ?tausend(?: ?(?:und ?)?[a-zäöüß]{3,20})?|zwotausend[a-zäöüß]{0,20}|"
    rf"neunzehn (?:{BELOW})|{BELOW})"
)
DAY_WORDS = "|".join(sorted((word for word, figures in BELOW_HUNDRED.items() if 0 < int(figures) < 32), key=len, reverse=True))
MONTH_WORDS = "|".join(sorted((word for word, figures in BELOW_HUNDRED.items() if 0 < int(figures) < 13), key=len, reverse=True))
GAP = r"[ \n]{0,2}[./ \n-][ \n]{0,2}"
DATE = re.compile(
    rf"(?<![\w§])(?<!\d[.,])(?:(?:19|20)\d\d[-/.]\d\d[-/.]\d\d"
    rf"|(?:0?[1-9]|[12]\d|3[01])(?:\.|te[nr]?)?[ \n-]?{MONTH}\.?[ \n-]?(?:'?\d{{2}}(?!\d)|(?:19|20)\d\d|{SPOKEN_YEAR})"
    rf"|{MONTH} (?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,? (?:19|20)\d\d"
    rf"|(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)? (?:of )?{MONTH},? (?:19|20)\d\d"
    rf"|(?:19|20)\d\d,? (?:am )?(?:0?[1-9]|[12]\d|3[01])\. ?{MONTH}"
    rf"|(?:0?[1-9]|[12]\d|3[01]){GAP}(?:0?[1-9]|1[0-2]|XI{{0,2}}|IX|IV|VI{{0,3}}|I{{1,3}}){GAP}(?:(?:19|20)\d\d|'?\d\d)"
    rf"|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"|[0-3] \d ?\. ?[01] \d ?\. ?(?:1 9|2 0) \d \d"
    rf"|{ORDINAL}[ ,\n]{{1,2}}(?:{MONTH}|{ORDINAL}|(?:0?[1-9]|1[0-2])\.)[ ,\n]{{1,2}}(?:{SPOKEN_YEAR}|(?:19|20)\d\d|'?\d\d)"
    rf"|(?:{DAY_WORDS})[ ,]{{1,2}}(?:{MONTH_WORDS})[ ,]{{1,2}}(?:{SPOKEN_YEAR})"
    rf"|(?:0?[1-9]|[12]\d|3[01])(?:\.|te[nr]?)?[ ,]{{1,2}}(?:{ORDINAL}[ ,]{{1,2}}(?:{SPOKEN_YEAR}|(?:19|20)\d\d|'?\d\d)"
    rf"|(?:0?[1-9]|1[0-2])\.?[ ,]{{1,2}}(?:{SPOKEN_YEAR})))(?![A-SU-Zäöüß\d_]|T(?!\d)|,\d|\.\d)",
    re.IGNORECASE,
)
CUES = re.compile(
    r"(?P<birth>(?<![^\W_])(?:geb(?:\.|or\.|oh?re?n\w*|roen\w*|urts?-?\w*|dat\w*)?(?![^\W_])|birth\w*|born|"
    r"née? le|nat\.(?= ?\d)|doğum|dogum|data nasterii|urodz\w*|dob\b|jahrgang|bday)|\*|✱)"
    r"|(?P<checked>(?<![^\W_])(?:identität|legitim|verifi|authentifi|sicherheits(?:ab)?frage"
    r"|(?:(?:stamm)?daten)?abgleich|sicherheitsprüfung)\w*)"
    r"|(?P<child>(?<![^\W_])(?:kind(?:er)?|tochter|töchter|sohn|söhne|enkel(?:in|kind|kinder)?|baby|zwillinge?)(?![^\W_]))"
    r"|(?P<kin>(?<![^\W_])(?:(?:ehe|lebens)?(?:mann|frau|partner(?:in)?)|mutter|vater|oma|opa|gro(?:ß|ss)(?:mutter|vater)|"
    r"schwester|bruder|herrn?)(?![^\W_]))"
    r"|(?P<other>(?:vertrags|liefer|miet|laufzeit|versorgungs)?-?(?:beginn|ende)|einzug|auszug|umzug|\bable|stand\b|rechnung|termin|gültig|"
    r"ausgestellt|\beich|baujahr|frist|kündig|\bliefer|\b(?:be)?zahl|einbau|eingebaut|ausbau|zähler|gebiet"
    r"|gebäude|vertrag|übergabe|gestorben|"
    r"verstorben|sterbe|todes|hochzeit|heirat|schreiben|brief|bescheid)"
    r"|(?P<from>\bseit\b|\bbis\b|\bzum\b|\bab\b)"
)
PREPOSED = 12
WHO = frozenset({"child", "kin"})
AFTER = re.compile(
    r"[^\d\n.;,]{0,24}\bgeboh?ren|,? geb\.(?! ?\w)|\s?\((?:geb|geburt)\w*\)?|,? (?:so )?(?:steht|laut|lt\.|gemäß|als)"
    r"[^\d\n.;]{0,24}\bgeburts|"
    r"(?:,? (?:das|dies|es))?\s?(?:ist|war|wäre|lautet|=) (?:(?:mein|ihr|sein|das|unser"
    r"|der)e?s? )?(?:\w{2,10} )?geb(?:urts|[. -]{0,2}d|[. -]{0,2}tag)|"
    r" (?:in [A-ZÄÖÜ][\w.-]{1,20}(?: [A-ZÄÖÜ][\w.-]{1,20})? )?(?:(?:ist|sind|bin) )?(?:(?:sie|er|ich|wir) )?(?:zur|auf die) welt|"
    r" (?:(?:hat|habe?n?|hatte) )?(?:(?:sie|er|ich|mein(?:e[nr]?)? \w{3,12}) )?(?:ihren |seinen |meinen )?(?:\d\d\. )?geburtstag",
    re.IGNORECASE,
)
AND = re.compile(
    r",? (?:und|bzw\.|u\.|sowie|oder|statt|nicht|sondern|nein|doch|auf|richtig(?: ist)?|korrekt(?: ist)?)(?: nicht)? "
    r"(?:am |der |den |vom )?|, (?:am )?|"
    r"/| / |\)?,? (?:und )?(?:[^\W\d_]{2,16} )?(?P<who>[^\W\d_]{2,20})[ :,(]{1,2}"
)
OTHER_BEHIND = re.compile(r" ?\((?:einzug|auszug|beginn|ende|umzug|kündigung|wechsel|stand|ab)", re.IGNORECASE)
PERSON_BEFORE = re.compile(r"([^\W\d_][\w'’-]+)(?:,? |;|\|| {2,})([^\W\d_][\w'’-]+)(?:, ?| | \(| ?[|;/] ?| {2,}| - |,? \()\Z")
PERSON_AFTER = re.compile(r", ([^\W\d_][\w'’-]+) ([^\W\d_][\w'’-]+)(?=[,.;\n]|\Z)")
YEAR = re.compile(r"(?:19|20)\d\d|\d\d\Z")
FIRST_BIRTH, LAST_BIRTH, LAST_SHORT, NAME_WINDOW = 1920, 2012, 30, 64
WINDOW = 72
BESIDE_CHILD = re.compile(r"[(,*:] ?\Z")
CUT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?![\d.:/-])|\d(?![:)] )|\ufffc")
IN_BRACKETS = re.compile(r" ?\([^()\n]{4,40}\)(?= ?:)")
AGED = re.compile(
    r"\b(?:wird|werde|bin|ist|war|alter:?|feiert) (?:(?:heute|jetzt|bald|schon|den|ihren|seinen"
    r"|meinen) ){0,2}\d{1,3}\.?(?: jahre(?: alt)?| geburtstag| geworden)?[ ,(:]{1,3}(?:am |geb\. )?\Z",
    re.IGNORECASE,
)


def birth_dates(text: str) -> Iterator[Span]:
    """Every date of birth: called so, in a row with one, or right beside a person's name."""
    last, used = -1, 0
    for match in DATE.finditer(text):
        begin = max(used, match.start() - WINDOW)
        after = AFTER.match(text, match.end())
        row = last >= 0 and _in_row(text, last, match)
        if after or row or _told_before(text, begin, match):
            last, used = match.end(), after.end() if after else 0
            yield Span(match.start(), match.end(), "birth_date")


def _told_before(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether the words from `begin` on make a date one of birth, or a person beside it where they say nothing else."""
    before = IN_BRACKETS.sub("", text[begin : match.start()])
    cuts = [cut.end() for cut in CUT.finditer(before) if not _year_of(cut, match)]
    cue = _cue(before[cuts[-1] if cuts else 0 :].lower())
    fits = FITS.get(cue)
    if fits is not None and fits(before, match):
        return True
    if of_a_life(match) and AGED.search(text, begin, match.start()):
        return True
    return cue in (None, "kin") and _beside_person(text, match)


def _year_of(cut: re.Match[str], match: re.Match[str]) -> bool:
    """Whether a year before a date is the date's own, said twice."""
    return bool(cut["year"]) and match.group().endswith(cut["year"])


def _cue(before: str) -> str | None:
    """What the words before a date make of it; in a question a word for birth decides, and last a label."""
    question, _, answer = before.rpartition("?")
    told = _last_cue(answer) or _asked(question)
    if told is None and any(label.kind == "birth_date" for label in labels(before)):
        return "birth"
    return told


def _last_cue(answer: str) -> str | None:
    """The last cue; people and checks do not take a birth's place, "zum" and its like count right before the date."""
    last = None
    for match in CUES.finditer(answer):
        name = match.lastgroup
        overruled = last is not None and (name in WHO or (last == "birth" and name == "checked"))
        loose = name == "from" and (len(answer) - match.end() > PREPOSED or "\n" in answer[match.end() :])
        if not overruled and not loose:
            last = name
    return last


def _asked(question: str) -> str | None:
    """What a question asks for: a birth where it speaks of one at all."""
    cues = [match.lastgroup for match in CUES.finditer(question) if match.lastgroup != "from"]
    return "birth" if "birth" in cues else cues[-1] if cues else None


def _in_row(text: str, last: int, match: re.Match[str]) -> bool:
    """Whether only "und", a comma or a first name stands between a date of birth that ends at `last` and this date."""
    between = AND.fullmatch(text, last, match.start())
    if not between or OTHER_BEHIND.match(text, match.end()):
        return False
    return (
        not between["who"]
        or between["who"].lower() == "ich"
        or (between["who"].lower() in given() and between["who"].lower() not in ordinary())
    )


def _beside_person(text: str, match: re.Match[str]) -> bool:
    """Whether a date of long ago stands right before or behind a first name and a surname."""
    if not of_a_life(match):
        return False
    before = PERSON_BEFORE.search(text, max(0, match.start() - NAME_WINDOW), match.start())
    after = PERSON_AFTER.match(text, match.end())
    return any(told and _person(*told.groups()) for told in (before, after))


def of_a_life(match: re.Match[str], until: int = LAST_BIRTH) -> bool:
    """Whether the year of a date, `until` at the latest, is one in which somebody who writes today was born."""
    years = YEAR.findall(match.group())
    year = int(max(years, key=len)) if years else 0
    return FIRST_BIRTH <= year <= until or (len(match.group()) < 9 and 20 < year < 100)


def _checked(match: re.Match[str]) -> bool:
    """Whether a date beside a word for a check of who calls is one of long ago, or was said in words."""
    years = YEAR.findall(match.group())
    return match.group()[-1].isalpha() if not years else FIRST_BIRTH <= int(years[-1]) <= LAST_BIRTH or LAST_SHORT < int(years[-1]) < 100


FITS: Mapping[str | None, Callable[[str, re.Match[str]], bool]] = {
    "birth": lambda *_: True,
    "checked": lambda _, match: _checked(match),
    "child": lambda before, _: BESIDE_CHILD.search(before) is not None,
    "kin": lambda before, match: of_a_life(match) and BESIDE_CHILD.search(before) is not None,
}
"""Of each cue what else has to hold, by the words before the date and the date."""


def _person(first: str, second: str) -> bool:
    """Whether two words are likely a person's name: a first name, or both unknown and with capitals."""
    plain = [word.lower() for word in (first, second)]
    known = any(word in given() and word not in ordinary() for word in plain)
    return known or (first[0].isupper() and second[0].isupper() and not any(word in ordinary() or word in places() for word in plain))
