"""One spelling for what people write in several: abbreviations, contractions, British words, number words, scanned letters.

All words are folded (small letters, umlauts written out).
"""

import re

import polars as pl


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ABBREVIATIONS = {
    "nr": "nummer", "number": "nummer", "telefonnummer": "telefon", "phone": "telefon", "zzgl": "zuzueglich",
    "inkl": "inklusive", "incl": "inklusive", "exkl": "exklusive", "ca": "circa", "zirka": "circa", "approx": "approximately",
    "evtl": "eventuell", "ggf": "gegebenenfalls", "vsl": "voraussichtlich", "mwst": "mehrwertsteuer", "bzw": "beziehungsweise",
    "usw": "und so weiter", "etc": "und so weiter", "kto": "konto",
    "kd": "kunde", "acct": "account", "vertr": "vertrag", "hr": "herr", "hrn": "herr",
    "herrn": "herr", "fr": "frau", "fam": "familie", "st": "sankt", "pl": "platz", "wg": "wegen", "pf": "postfach", "postf": "postfach",
    "bldg": "building", "rd": "road", "ave": "avenue", "blvd": "boulevard", "sq": "square", "apt": "apartment", "ltd": "limited",
    "dept": "department", "yr": "year", "yrs": "years", "hrs": "hours", "pls": "please", "plz": "postleitzahl", "dhr": "heer",
    "mevr": "mevrouw", "bijv": "bijvoorbeeld", "ong": "ongeveer", "zsm": "zusammen", "vllt": "vielleicht", "zw": "zwischen",
    "tgl": "taeglich", "mtl": "monatlich", "jhrl": "jaehrlich", "whg": "wohnung", "og": "obergeschoss",
    "eg": "erdgeschoss", "dg": "dachgeschoss", "ug": "untergeschoss", "gem": "gemaess", "abs": "absatz",
    "ne": "eine", "nen": "einen", "ner": "einer", "nem": "einem", "hab": "habe", "nich": "nicht", "jez": "jetzt",
    "prof": "professor", "doktor": "dr", "mail": "email", "mails": "emails", "wij": "we", "jij": "je", "mij": "me", "zij": "ze",
}  # fmt: skip
_WRITTEN = {
    "zwei": "2", "drei": "3", "vier": "4", "fuenf": "5", "sechs": "6", "sieben": "7", "acht": "8", "neun": "9", "zehn": "10", "elf": "11",
    "zwoelf": "12", "hundert": "100", "tausend": "1000", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "hundred": "100", "thousand": "1000", "twee": "2", "drie": "3",
    "vijf": "5", "zes": "6", "zeven": "7", "negen": "9", "tien": "10", "twaalf": "12", "honderd": "100", "duizend": "1000",
}  # fmt: skip
_AMERICAN = {
    "programme": "program", "programm": "program", "programmes": "programs", "centre": "center", "centres": "centers", "metre": "meter",
    "metres": "meters", "litre": "liter", "litres": "liters", "theatre": "theater", "cheque": "check", "cheques": "checks",
    "licence": "license", "instalment": "installment", "instalments": "installments", "cancelled": "canceled", "cancelling": "canceling",
    "labelled": "labeled", "travelling": "traveling", "travelled": "traveled", "grey": "gray", "catalogue": "catalog", "tyre": "tire",
    "colour": "color", "neighbour": "neighbor", "neighbours": "neighbors", "favour": "favor", "labour": "labor", "honour": "honor",
    "behaviour": "behavior", "harbour": "harbor", "judgement": "judgment", "enquiry": "inquiry", "enquiries": "inquiries",
    "jewellery": "jewelry", "storey": "story", "aluminium": "aluminum", "defence": "defense", "modelling": "modeling",
    "fotovoltaik": "photovoltaik", "telephon": "telefon", "delphin": "delfin", "potenzial": "potential", "selbstaendig": "selbststaendig",
}  # fmt: skip
_IZE = re.compile(r"^(\w{4,})is(e|es|ed|ing|ation|ations)$")
_IZED = _set(
    "organ real author recogn minim maxim optim util priorit summar apolog special general normal standard final modern harmon custom "
    "emphas categor digit energ synchron character local immobil mobil"
)
SHORT_FORMS = {
    "u": ("und", "unter", "um", "you"), "f": ("fuer", "folgende"), "b": ("bei", "beim"), "z": ("zum", "zur", "zu"), "i": ("im", "in"),
    "a": ("am", "an"), "m": ("mit",), "d": ("der", "die", "das", "den", "dem", "des"), "o": ("oder",), "s": ("siehe",),
    "p": ("pro", "per"), "n": ("nicht", "nach"), "v": ("vom", "von", "van", "voor"), "tel": ("telefon", "telefonisch", "telefonnummer"),
    "absatz": ("absender",), "feb": ("februar", "february", "februari"), "apr": ("april",), "aug": ("august", "augustus"),
    "sept": ("september",), "okt": ("oktober",), "oct": ("october",), "nov": ("november",), "dez": ("dezember",), "dec": ("december",),
    "mrz": ("maerz",), "mo": ("montag", "monday"),
}  # fmt: skip
"""Short forms that may stand for several words, or that are words themselves."""
_CONTRACTIONS = {
    "can't": "can not", "cannot": "can not", "won't": "will not", "n't": " not", "'m ": " am ", "'re ": " are ", "'ve ": " have ",
    "'ll ": " will ", "it's ": "it is ", "that's ": "that is ", "there's ": "there is ", "gibt's": "gibt es", "geht's": "geht es",
    "ist's": "ist es", "'t ": "het ", "e-mail": "email",
}  # fmt: skip
_SIGNS = {"§§": " paragraph ", "§": " paragraph ", "&": " und ", "’": "'", "—": "–"}
_UNUSUAL = ["§", "&", "'", "’", "–", "—", ";", ">", "\n", " -", " /", "/ ", "cannot", "t/m", "no.", "e-mail", "b.h"]
_UNUSUAL_SHAPE = (
    r"[a-z]{4}[10][a-z]{2}|(?:^|[ (])[a-z]\. ?[a-z]{1,2}\.|(?:^|[ (])[0-9]{1,3}-[0-9]{1,3}(?:[ ,.)]|$)|\.[0-9]{4}-[0-9]| d-[0-9]{5} "
)
_REWRITTEN = (
    (r"(\p{L})-\n(\p{L})", "$1$2"),
    (r"(\d\.?|[€%])\s+[-–]\s+(\d)", "$1 bis $2"),
    (r"(\d\.?)–(\d)", "$1 bis $2"),
    (r"(^|[\s(])(\d{1,3})-(\d{1,3})([\s,.)]|$)", "$1$2 bis $3$4"),
    (r"(\.\d{4})-(\d)", "$1 bis $2"),
    (r"\bd-(\d{5} \p{L})", "$1"),
    (r"\bg\. ?m\. ?b\. ?h\.?", "gmbh"),
    (r"([\p{L}€])\s*/\s*(\p{L})", "$1/$2"),
    (r"(\p{L}{4})1(\p{L}{2})", "${1}l$2"),
    (r"(\p{L}{4})0(\p{L}{2})", "${1}o$2"),
    (r"\ba\. ?m\.", "am main"),
    (r"\ba\. ?d\.", "an der"),
    (r"\ba\. ?rh\.", "am rhein"),
    (r"\bz\. ?b\.", "zum beispiel"),
    (r"\bd\. ?h\.", "das heisst"),
    (r"\bi\. ?a\.", "im auftrag"),
    (r"\bi\. ?v\.", "in vertretung"),
    (r"\bu\. ?a\.", "unter anderem"),
    (r"\bno\. ?(\d)", "nummer $1"),
    (r"\bt/m\b", "tot en met"),
    (r"(^|[;\n]\s*)(\p{L}[\p{L}-]+),\s*(\p{L}[\p{L}-]+)\s*([;\n])", "$1$3 $2$4"),
)


def unified(texts: pl.Series) -> pl.Series:
    """Folded texts with signs, contractions, phrases in letters and words broken at a line's end written out.

    "4–9" and "4 - 9" become "4 bis 9", "Dreßler, Wolfgang;" becomes "wolfgang dressler;".
    """
    unusual = (texts.str.contains_any(_UNUSUAL) | texts.str.contains(_UNUSUAL_SHAPE)).fill_null(False)
    places = unusual.arg_true()
    if not len(places):
        return texts
    some = texts.filter(unusual).str.replace_many(list(_SIGNS), list(_SIGNS.values()))
    some = some.str.replace_many(list(_CONTRACTIONS), list(_CONTRACTIONS.values()), leftmost=True)
    for pattern, writing in _REWRITTEN:
        some = some.str.replace_all(pattern, writing)
    return texts.clone().scatter(places, some)


def word_form(raw: str) -> str:
    """The canonical form of a folded word: written out, in American spelling; a number word as its number."""
    if raw in _WRITTEN:
        return _WRITTEN[raw]
    if raw.endswith("str"):
        return raw + "asse"
    if raw.endswith("straat"):
        return raw[:-6] + "strasse"
    if raw.endswith("nr"):
        return raw[:-2] + "nummer"
    return _ABBREVIATIONS.get(raw) or _AMERICAN.get(raw) or _american(raw)


def _american(raw: str) -> str:
    """ "organisation" as "organization"."""
    match = _IZE.match(raw)
    return f"{match[1]}iz{match[2]}" if match and match[1] in _IZED else raw


def is_scanned(left: str, right: str) -> bool:
    """Whether two words are one to a scanner: "rn" for "m", "ii" for "ü", "vv" for "w", "cl" for "d", "l" for "I"."""
    return left != right and _seen(left) == _seen(right)


def _seen(word: str) -> str:
    return word.replace("rn", "m").replace("ii", "ue").replace("vv", "w").replace("cl", "d").replace("i", "l")
