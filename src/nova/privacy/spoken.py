"""Folded text in, a view out in which dictated numbers ("null eins sieben zwo") are written as digits; None when nobody dictates.

A run is at least four number words or single letters in a row, at least three of them numbers.
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
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?|\d{1,4}")
GAP = re.compile(r"[ ,\n/.-]{1,3}\Z")
LEAST_WORDS, LEAST_NUMBERS = 4, 3


def _written(word: str) -> str:
    lower = word.lower()
    if word.isdigit():
        return word
    return NUMBERS.get(lower) or (word.upper() if len(word) == 1 else "")


def _runs(text: str) -> list[list[tuple[re.Match[str], str]]]:
    runs: list[list[tuple[re.Match[str], str]]] = []
    open_run: list[tuple[re.Match[str], str]] = []
    for match in WORD.finditer(text):
        written = _written(match.group())
        joined = open_run and GAP.match(text[open_run[-1][0].end() : match.start()])
        if written and joined:
            open_run.append((match, written))
            continue
        runs.append(open_run)
        open_run = [(match, written)] if written else []
    runs.append(open_run)
    return [run for run in runs if _dictated(run)]


def _dictated(run: list[tuple[re.Match[str], str]]) -> bool:
    spoken = sum(1 for match, _ in run if match.group().lower() in NUMBERS)
    return len(run) >= LEAST_WORDS and spoken >= LEAST_NUMBERS


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
