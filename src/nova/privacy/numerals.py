"""How numbers, letters and signs are said in German, each with what stands for it in writing."""

from nova.privacy.lexicon import words
from nova.remembered import remembered

ONES = {
    "null": "0", "eins": "1", "ein": "1", "zwei": "2", "zwo": "2", "drei": "3", "vier": "4",
    "fünf": "5", "fuenf": "5", "sechs": "6", "sieben": "7", "acht": "8", "neun": "9",
}  # fmt: skip
TEENS = {
    "zehn": "10", "elf": "11", "zwölf": "12", "zwoelf": "12", "dreizehn": "13", "vierzehn": "14", "fünfzehn": "15",
    "fuenfzehn": "15", "sechzehn": "16", "siebzehn": "17", "achtzehn": "18", "neunzehn": "19",
}  # fmt: skip
TENS = {
    "zwanzig": 2, "dreißig": 3, "dreissig": 3, "vierzig": 4, "fünfzig": 5, "fuenfzig": 5,
    "sechzig": 6, "siebzig": 7, "achtzig": 8, "neunzig": 9,
}  # fmt: skip
DOUBLED = {f"{word}{one}": digit * 2 for word in ("doppel", "doppel-") for one, digit in ONES.items()}
PLURALS = {
    "nullen": "0", "einsen": "1", "zweien": "2", "dreien": "3", "vieren": "4", "fünfen": "5",
    "sechsen": "6", "siebenen": "7", "neunen": "9",
}  # fmt: skip
LETTER_NAMES = {
    "ha": "H", "em": "M", "pe": "P", "be": "B", "ce": "C", "ef": "F", "ge": "G", "jot": "J", "ka": "K", "el": "L", "te": "T", "vau": "V",
    "we": "W", "ix": "X", "zet": "Z", "zett": "Z", "ku": "Q",
}  # fmt: skip
TIMES, TIMES_BEFORE = "*", {
    "doppel": "*2", "doppelt": "*2", "doppelte": "*2", "zweifach": "*2", "zweimal": "*2", "zwomal": "*2", "dreifach": "*3",
    "dreifache": "*3",
    "dreimal": "*3", "viermal": "*4", "fünfmal": "*5", "sechsmal": "*6",
}  # fmt: skip
BELOW_HUNDRED: dict[str, str] = {
    **{word: digit for word, digit in ONES.items() if word != "ein"},
    **TEENS,
    **{word: f"{ten}0" for word, ten in TENS.items()},
    **{f"{one}und{word}": f"{ten}{digit}" for word, ten in TENS.items() for one, digit in ONES.items() if digit != "0"},
}
HUNDREDS = {
    f"{one}hundert{rest}": f"{digit}{int(number):02d}"
    for one, digit in {"": "1", **ONES, **TEENS}.items()
    for rest, number in {"": "0", **BELOW_HUNDRED}.items()
    if digit not in ("0", "10")
}
NUMBERS: dict[str, str] = {**BELOW_HUNDRED, **HUNDREDS, **DOUBLED, **PLURALS, "plus": "+"}
MAKERS = words("numbers/makers")
SIGNS = {
    "punkt": ".", "strich": "-", "bindestrich": "-", "querstrich": "-", "minus": "-", "schrägstrich": "/", "slash": "/", **TIMES_BEFORE,
    "mal": TIMES,
}  # fmt: skip
MOST_KNOWN = 8192


@remembered(MOST_KNOWN)
def in_writing(word: str) -> str:
    """What stands for a word that was said: figures, a letter, a sign ("*2" for "zweimal"); "" for any other word."""
    lower = word.lower()
    if word.isdigit():
        return word
    if lower[1:6] == " wie ":
        return word[0].upper()
    return NUMBERS.get(lower) or _thousands(lower) or SIGNS.get(lower) or LETTER_NAMES.get(lower) or _letters(word)


def _letters(word: str) -> str:
    """The letter that a word spells, or a letter or a maker's short name as it is; "" for any other word."""
    if word.lower() in words("spelling"):
        return word[0].upper()
    return word.upper() if len(word) == 1 or word.lower() in MAKERS else ""


def _thousands(word: str) -> str:
    """ "zwotausenddreihundert" as 2300; "" for any other word."""
    before, found, after = word.partition("tausend")
    rest = after.removeprefix("und")
    if not found or (before and before not in NUMBERS and before != "ein") or (rest and rest not in NUMBERS):
        return ""
    return str(int(NUMBERS.get(before, "1")) * 1000 + int(NUMBERS.get(rest, "0")))
