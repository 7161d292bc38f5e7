"""Folded text in, a view out in which dictated numbers ("null eins sieben zwo") are written as digits; None when nobody dictates.

A run is at least four number words or single letters in a row, at least three of them numbers; letters may be spelt ("M wie Martha"), signs
named ("Strich"), and a speaker may hesitate ("ähm").
"""

import re

from nova.privacy.fold import View

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
SIGNS = {"strich": "-", "bindestrich": "-", "minus": "-", "schrägstrich": "/"}
HESITATION = frozenset({"äh", "ähm", "öhm", "hm", "dann", "danach", "moment", "also", "pause", "leerzeichen"})
WORD = re.compile(r"(?<![^\W_])[^\W\d_] wie [^\W\d_]{2,20}|[^\W\d_]+(?:-[^\W\d_]+)?|\d{1,4}", re.IGNORECASE)
GAP = re.compile(r"[ ,\n/.-]{1,3}\Z")
LEAST_WORDS, LEAST_NUMBERS, LEAST_DIGITS = 4, 3, 5


def _written(word: str) -> str:
    lower = word.lower()
    if word.isdigit():
        return word
    if lower[1:6] == " wie ":
        return word[0].upper()
    return NUMBERS.get(lower) or _thousands(lower) or SIGNS.get(lower) or (word.upper() if len(word) == 1 else "")


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
        written = _written(match.group())
        if open_run and not written and match.group().lower() in HESITATION and GAP.match(text[open_run[-1][0].end() : match.start()]):
            open_run.append((match, ""))
            continue
        joined = open_run and GAP.match(text[open_run[-1][0].end() : match.start()])
        if written and joined:
            open_run.append((match, written))
            continue
        runs.append(open_run)
        open_run = [(match, written)] if written else []
    runs.append(open_run)
    return [run for run in map(_trimmed, runs) if _dictated(run)]


def _trimmed(run: list[tuple[re.Match[str], str]]) -> list[tuple[re.Match[str], str]]:
    """A run without the signs and hesitations at its end."""
    end = len(run)
    while end and run[end - 1][1] in ("", "-", "/"):
        end -= 1
    return run[:end]


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
        for match, written in run:
            pieces.append(written)
            starts.extend([match.start()] * len(written))
            ends.extend([match.end()] * len(written))
        at = run[-1][0].end()
    pieces.append(text[at:])
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return View("".join(pieces), starts, ends)
