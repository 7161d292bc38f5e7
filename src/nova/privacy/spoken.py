"""Folded text in, a view out in which dictated numbers ("null eins sieben zwo") are written as digits; None when nobody dictates.

A run is at least four number words or single letters in a row, at least three of them numbers; letters may be spelt ("M wie Martha"), signs
named ("Strich"), and a speaker may hesitate ("ähm") or correct a group ("nein").
"""

import re

from nova.privacy.fold import View
from nova.privacy.lexicon import words

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
BELOW_HUNDRED: dict[str, str] = {
    **{word: digit for word, digit in ONES.items() if word != "ein"},
    **TEENS,
    **{word: f"{ten}0" for word, ten in TENS.items()},
    **{f"{one}und{word}": f"{ten}{digit}" for word, ten in TENS.items() for one, digit in ONES.items() if digit != "0"},
}
HUNDREDS = {
    f"{one}hundert{rest}": f"{digit}{int(number):02d}"
    for one, digit in {"": "1", **ONES}.items()
    for rest, number in {"": "0", **BELOW_HUNDRED}.items()
    if digit != "0"
}
NUMBERS: dict[str, str] = {**BELOW_HUNDRED, **HUNDREDS, **DOUBLED, "plus": "+"}
CORRECTIONS = frozenset({"nein", "nee", "ne", "quatsch", "falsch", "korrektur", "stopp", "stop", "sorry", "pardon", "entschuldigung"})
UNDONE = "!"
SIGNS = {"punkt": ".", "strich": "-", "bindestrich": "-", "minus": "-", "schrägstrich": "/"}
HESITATION = frozenset(
    {
        "äh",
        "ähm",
        "öhm",
        "hm",
        "dann",
        "danach",
        "moment",
        "also",
        "pause",
        "leerzeichen",
        "halt",
        "genau",
        "ja",
        "und",
        "nochmal",
        "noch",
        "jetzt",
        "warte",
        "warten",
        "gleich",
    }
)
WORD = re.compile(r"(?<![^\W_])[^\W\d_] wie [^\W\d_]{2,20}|[^\W\d_]+(?:-[^\W\d_]+)?|\d{1,4}", re.IGNORECASE)
GAP = re.compile(r"[ ,\n/.-]{1,3}\Z")
LEAST_WORDS, LEAST_NUMBERS, LEAST_DIGITS, LONGEST_GROUP = 4, 3, 5, 12


def _written(word: str) -> str:
    lower = word.lower()
    if word.isdigit():
        return word
    if lower[1:6] == " wie ":
        return word[0].upper()
    return (
        NUMBERS.get(lower)
        or _thousands(lower)
        or SIGNS.get(lower)
        or (word[0].upper() if lower in words("spelling") else "")
        or (word.upper() if len(word) == 1 else "")
    )


def _thousands(word: str) -> str:
    """ "zwotausenddreihundert" as 2300; "" for any other word."""
    before, found, after = word.partition("tausend")
    rest = after.removeprefix("und")
    if not found or (before and before not in NUMBERS and before != "ein") or (rest and rest not in NUMBERS):
        return ""
    return str(int(NUMBERS.get(before, "1")) * 1000 + int(NUMBERS.get(rest, "0")))


def _runs(text: str) -> list[list[tuple[re.Match[str], str]]]:
    runs: list[list[tuple[re.Match[str], str]]] = []
    open_run: list[tuple[re.Match[str], str]] = []
    for match in WORD.finditer(text):
        speaks = len(match.group()) == 1 and text[match.end() : match.end() + 1] == ":"
        written = "" if speaks else _written(match.group())
        joined = open_run and GAP.match(text[open_run[-1][0].end() : match.start()])
        if joined and not written and match.group().lower() in HESITATION | CORRECTIONS:
            open_run.append((match, UNDONE if match.group().lower() in CORRECTIONS else ""))
            continue
        if written and joined:
            open_run.append((match, written))
            continue
        runs.append(open_run)
        open_run = [(match, written)] if written else []
    runs.append(open_run)
    return [_corrected(text, run) for run in map(_trimmed, runs) if _dictated(run)]


def _corrected(text: str, run: list[tuple[re.Match[str], str]]) -> list[tuple[re.Match[str], str]]:
    """A run in which the group behind "nein" takes the place of as many signs before it."""
    written = [one for _, one in run]
    for index, one in enumerate(written):
        if one != UNDONE:
            continue
        written[index] = ""
        end, size = index + 1, 0
        while (
            end < len(run)
            and size < LONGEST_GROUP
            and written[end] != UNDONE
            and (not size or "," not in text[run[end - 1][0].end() : run[end][0].start()])
        ):
            size += len(written[end])
            end += 1
        back = index
        while back > 0 and size > 0:
            back -= 1
            size -= len(written[back])
            written[back] = ""
    return [(match, one) for (match, _), one in zip(run, written, strict=True)]


def _trimmed(run: list[tuple[re.Match[str], str]]) -> list[tuple[re.Match[str], str]]:
    """A run without signs, hesitations and names that only might spell a letter at its ends."""
    first, end = 0, len(run)
    while end and (run[end - 1][1] in ("", "-", "/", ".", UNDONE) or run[end - 1][0].group().lower() in words("spelling")):
        end -= 1
    while first < end and run[first][0].group().lower() in words("spelling"):
        first += 1
    return run[first:end]


def _dictated(run: list[tuple[re.Match[str], str]]) -> bool:
    spoken = [written for match, written in run if written.isdigit() and not match.group().isdigit()]
    enough = len(spoken) >= LEAST_NUMBERS or (len(spoken) == LEAST_NUMBERS - 1 and len(run) > LEAST_WORDS)
    long = len(spoken) > 1 and len(spoken) == len(run) and len("".join(spoken)) >= LEAST_DIGITS
    return (len(run) >= LEAST_WORDS and enough) or long


def spell_out(text: str) -> View | None:
    """The view with dictated runs closed up into digits and letters."""
    runs = _runs(text)
    if not runs:
        return None
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for run in runs:
        begin = run[0][0].start()
        pieces.append(text[at:begin])
        starts.extend(range(at, begin))
        ends.extend(range(at + 1, begin + 1))
        lead: int | None = None
        for match, written in run:
            lead = match.start() if lead is None else lead
            pieces.append(written)
            starts.extend([lead] * len(written))
            ends.extend([match.end()] * len(written))
            lead = None if written else lead
        at = run[-1][0].end()
    pieces.append(text[at:])
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return View("".join(pieces), starts, ends)
