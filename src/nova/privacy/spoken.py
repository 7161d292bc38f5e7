"""Folded text in, a view out in which dictated numbers ("null eins sieben zwo") are written as digits; None when nobody dictates.

Words whose letters stand apart ("G i s e l a") are closed up in it too.

A run is at least four number words or single letters in a row, at least three of them numbers; letters may be spelt ("M wie Martha"), signs
named ("Strich"), and a speaker may hesitate ("ähm") or correct a group ("nein").
"""

import re
from bisect import bisect_left

from nova.privacy import lexicon
from nova.privacy.fold import View
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
CORRECTIONS = frozenset({"nein", "nee", "ne", "quatsch", "falsch", "korrektur", "stopp", "stop", "sorry", "pardon", "entschuldigung"})
UNDONE = "!"
SIGNS = {
    "punkt": ".", "strich": "-", "bindestrich": "-", "querstrich": "-", "minus": "-", "schrägstrich": "/", "slash": "/", **TIMES_BEFORE,
    "mal": TIMES,
}  # fmt: skip
WORD = re.compile(r"\n[^\W\d_][\w .-]{1,16}:|(?<![^\W_])[^\W\d_] wie [^\W\d_]{2,20}|[^\W\d_]+(?:-[^\W\d_]+)?|\d{1,4}", re.IGNORECASE)
GAP = re.compile(r"[ ,\n/.-]{1,3}\Z")
TURN_GAP = re.compile(r"[ ,.?!-]{0,5}\Z")
MAKERS = frozenset(("emh", "isk", "ebz", "efr", "lgz", "itr", "iec", "paf", "dnt", "hag", "lgb", "gmt", "esy"))
TIMES_WORDS = frozenset("23456")
Run = list[tuple[re.Match[str], str]]
PLATE, NEAR = re.compile(r"ken+z(?:eichen|\.)|nummernschild|\bkfz", re.IGNORECASE), 48
NUMBER = re.compile(r"nummer|[^\W_]nr\b|\bnr\b|kennung|konto\b|malo\b|ausweis|\bperso", re.IGNORECASE)
SPELT = re.compile(
    rf"{PLATE.pattern}|\bauto|wagen|ausweis|\bperso|\bpass\b|führerschein|"
    r"(?:iban|nummer|nr|melo)\b[^\w\n]{0,4}(?:(?:ist|lautet|die)\b[^\w\n]{0,3}){0,2}\Z",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"[ ,\n]{1,3}(?:(?:ähm?|öhm?|also|und zwar|(?:die |mit der )?(?:haus)?(?:nummer|nr\.?)(?: ist| lautet)?(?: die)?)[ ,]{1,2}){0,3}",
    re.IGNORECASE,
)
HOUSE_LETTER = re.compile(r" (?:[^\W\d_] wie [^\W\d_]{2,20}|[a-z](?!\w|\. ?\d))", re.IGNORECASE)
UP_TO = re.compile(r" (?:bis|strich) (?=\w)", re.IGNORECASE)
MOST_HOUSE_DIGITS = 4
SPACED = re.compile(
    r"(?<![^\W_])(?<![.'&])[^\W\d_](?:(?: {1,3}[^\W\d_]){2,39}|(?P<sign>[._-])[^\W\d_](?:(?P=sign)[^\W\d_]){2,30})"
    r"(?![^\W_]|[ ._-]\d)"
)
LETTER = re.compile(r" (?:[^\W\d_] wie [^\W\d_]{2,20}|[a-z](?!\w|\. ?\d))", re.IGNORECASE)
UP_TO = re.compile(r" (?:bis|strich) (?=\w)", re.IGNORECASE)
MOST_HOUSE_DIGITS = 4
SPACED = re.compile(
    r"(?<![^\W_])(?<![.'&])[^\W\d_](?:(?: {1,3}[^\W\d_]){3,39}|(?P<sign>[._-])[^\W\d_](?:(?P=sign)[^\W\d_]){2,30})(?![^\W_]|[ ._-]\d)"
)
LETTER = re.compile(r"[^\W\d_]")
SHORTEST_PART, KNOWN = 3, (lexicon.ordinary, lexicon.given, lexicon.any_surnames, lexicon.family)
MOST_KNOWN = 8192
LEAST_WORDS, LEAST_NUMBERS, LEAST_DIGITS, LONGEST_GROUP = 4, 3, 5, 12


@remembered(MOST_KNOWN)
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
        or LETTER_NAMES.get(lower)
        or (word[0].upper() if lower in words("spelling") else "")
        or (word.upper() if len(word) == 1 or lower in MAKERS else "")
    )


def _thousands(word: str) -> str:
    """ "zwotausenddreihundert" as 2300; "" for any other word."""
    before, found, after = word.partition("tausend")
    rest = after.removeprefix("und")
    if not found or (before and before not in NUMBERS and before != "ein") or (rest and rest not in NUMBERS):
        return ""
    return str(int(NUMBERS.get(before, "1")) * 1000 + int(NUMBERS.get(rest, "0")))


def dictated_number(text: str, at: int) -> int | None:
    """The end of a number of up to four digits spoken behind `at` ("sieben", "eins null vier", "Nummer zwölf b"); else None."""
    lead = ASIDE.match(text, at)
    end = _digits_said(text, lead.end()) if lead else None
    if end is None:
        return None
    letter, further = HOUSE_LETTER.match(text, end), UP_TO.match(text, end)
    if letter:
        return letter.end()
    return (_digits_said(text, further.end()) if further else None) or end


def _digits_said(text: str, at: int) -> int | None:
    """The end of the number words at `at`; None where none stands."""
    end, digits = None, ""
    while (word := WORD.match(text, at)) and (said := BELOW_HUNDRED.get(word.group().lower()) or HUNDREDS.get(word.group().lower())):
        digits += said
        if len(digits) > MOST_HOUSE_DIGITS:
            break
        end, at = word.end(), word.end() + 1
        if text[word.end() : at] != " ":
            break
    return end


def _runs(text: str) -> list[Run]:
    runs: list[Run] = []
    open_run: Run = []
    for match in WORD.finditer(text):
        word = match.group().lower()
        speaks = len(word) == 1 and text[match.end() : match.end() + 1] == ":"
        written = "" if speaks else _written(match.group())
        joined = open_run and _joins(text[open_run[-1][0].end() : match.start()], open_run[-1][0].group(), word)
        if joined and not written and (word[0] == "\n" or word in words("hesitation") or word in CORRECTIONS):
            open_run.append((match, UNDONE if word in CORRECTIONS else ""))
            continue
        if written and joined:
            open_run.append((match, written))
            continue
        runs.append(open_run)
        open_run = [(match, written)] if written else []
    runs.append(open_run)
    turns = [part for run in runs if run for part in _turns(run)]
    return [_repeated(_corrected(text, run)) for run in map(_trimmed, turns) if _dictated(run)]


def _joins(gap: str, before: str, word: str) -> bool:
    """Whether a word goes on with a run; around a change of speakers a question may end."""
    return bool((TURN_GAP if word[0] == "\n" or before[0] == "\n" or before.lower() in words("hesitation") else GAP).match(gap))


def _turns(run: Run) -> list[Run]:
    """A run, parted where somebody says again what was said."""
    parts: list[Run] = [[]]
    said = ""
    for place, (match, written) in enumerate(run):
        if match.group()[0] == "\n":
            after = ""
            for other, one in run[place + 1 :]:
                if other.group()[0] == "\n" and after:
                    break
                after += one
                if len(after) > LONGEST_GROUP:
                    break
            if after and (after in said or said in after):
                parts.append([])
                said = ""
        said = (said + written)[-2 * LONGEST_GROUP :]
        parts[-1].append((match, written))
    return [kept for part in parts if (kept := _from_first(part))]


def _from_first(part: Run) -> Run:
    """What a speaker says from the first sign on, so that what stands before it still parts it from who spoke before."""
    first = next((place for place, (_, written) in enumerate(part) if written), len(part))
    return part[first:]


def _repeated(run: Run) -> Run:
    """A run in which "dreimal die sieben", "drei mal sieben" and "drei Nullen" are written out."""
    written = [one for _, one in run]
    filled = [place for place, one in enumerate(written) if one]
    for index, place in enumerate(filled[:-1]):
        one, following = written[place], filled[index + 1]
        plural = run[following][0].group().lower() in PLURALS
        if one.startswith(TIMES) and len(one) > 1:
            written[place], written[following] = "", written[following] * int(one[1:])
        elif one == TIMES and index and written[filled[index - 1]] in TIMES_WORDS:
            before = filled[index - 1]
            written[following] *= int(written[before])
            written[place] = written[before] = ""
        elif plural and one in TIMES_WORDS:
            written[place], written[following] = "", written[following] * int(one)
    return [(match, "" if one.startswith(TIMES) else one) for (match, _), one in zip(run, written, strict=True)]


def _corrected(text: str, run: Run) -> Run:
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


def _trimmed(run: Run) -> Run:
    """A run without signs, hesitations and names that only might spell a letter at its ends."""
    first, end = 0, len(run)
    if run and _behind(SPELT, run):
        while run and not run[-1][1]:
            run.pop()
        return run
    while end and (
        (run[end - 1][1] in ("", "-", "/", ".", UNDONE) or run[end - 1][1].startswith(TIMES))
        or run[end - 1][0].group().lower() in words("spelling")
    ):
        end -= 1
    while first < end and run[first][0].group().lower() in words("spelling"):
        first += 1
    return run[first:end]


def _dictated(run: Run) -> bool:
    spoken = [written for match, written in run if written.isdigit() and not match.group().isdigit()]
    enough = len(spoken) >= LEAST_NUMBERS or (len(spoken) == LEAST_NUMBERS - 1 and len(run) > LEAST_WORDS)
    long = len(spoken) > 1 and len(spoken) == len(run) and len("".join(spoken)) >= LEAST_DIGITS
    mixed = len(spoken) > 1 and len(run) >= LEAST_WORDS and all(written.isdigit() for _, written in run)
    return (len(run) >= LEAST_WORDS and enough) or long or mixed or _called(run, len(spoken))


def _called(run: Run, spoken: int) -> bool:
    """Whether a short run of letters and a number stands behind a word for a plate or a number."""
    return spoken > 0 and len(run) >= LEAST_NUMBERS and (_behind(PLATE, run) or (spoken > 1 and _behind(NUMBER, run)))


def _behind(cue: re.Pattern[str], run: Run) -> bool:
    first = run[0][0]
    return cue.search(first.string, max(0, first.start() - NEAR), first.start()) is not None


def _spaced(text: str, taken: list[Run]) -> list[Run]:
    """Words whose letters stand apart ("G i s e l a  M ü l l e r"), each closed up; not what is dictated already."""
    begins = [run[0][0].start() for run in taken]
    found: list[Run] = []
    for match in SPACED.finditer(text):
        before = bisect_left(begins, match.end()) - 1
        if before >= 0 and taken[before][-1][0].end() > match.start():
            continue
        run: Run = []
        for letter in LETTER.finditer(text, match.start(), match.end()):
            apart = bool(run) and (_wide(run[-1][0], letter) or (letter.group().isupper() and run[-1][0].group().islower()))
            run.append((letter, f" {letter.group()}" if apart else letter.group()))
        if len(run) > SHORTEST_PART or "".join(written for _, written in run).lower() in lexicon.given():
            found.append(_given_first(run))
    return found


def _wide(before: re.Match[str], letter: re.Match[str]) -> bool:
    """Whether more than one sign parts two letters."""
    return letter.start() - before.end() > 1


def _given_first(run: Run) -> Run:
    """The run with a blank behind a first name, where all letters are alike and nothing else parts the names."""
    whole = "".join(written for _, written in run)
    low = whole.lower()
    if " " in whole or whole not in (low, whole.upper()) or any(low in known() for known in KNOWN):
        return run
    cut = next((at for at in range(len(low) - SHORTEST_PART, SHORTEST_PART - 1, -1) if low[:at] in lexicon.given()), 0)
    return [(match, f" {written}" if cut and place == cut else written) for place, (match, written) in enumerate(run)]


def spell_out(text: str) -> View | None:
    """The view with dictated runs closed up into digits and letters, and words whose letters stand apart closed up."""
    runs = _runs(text)
    runs = sorted(runs + _spaced(text, runs), key=lambda run: run[0][0].start())
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
