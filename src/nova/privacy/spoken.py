"""Folded text in, a view out in which dictated numbers ("null eins sieben zwo") are written as digits; None when nobody dictates.

Words whose letters stand apart ("G i s e l a") are closed up in it too.

A run is at least four number words or single letters in a row, at least three of them numbers; letters may be spelt ("M wie Martha"), signs
named ("Strich"), and a speaker may hesitate ("ähm") or correct a group ("nein").
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from nova.privacy import lexicon
from nova.privacy.fold import View
from nova.privacy.lexicon import words
from nova.privacy.numerals import BELOW_HUNDRED, HUNDREDS, PLURALS, TIMES, in_writing

CORRECTIONS = words("numbers/corrections")
UNDONE = "!"
WORD = re.compile(r"\n[^\W\d_][\w .-]{1,16}:|(?<![^\W_])[^\W\d_] wie [^\W\d_]{2,20}|[^\W\d_]+(?:-[^\W\d_]+)?|\d{1,4}", re.IGNORECASE)
GAP = re.compile(r"[ ,\n/.-]{1,3}\Z")
TURN_GAP = re.compile(r"[ ,.?!-]{0,5}\Z")
TIMES_WORDS = frozenset("23456")
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
    r"(?<![^\W_])(?<![.'&])[^\W\d_](?:(?: {1,3}[^\W\d_]){3,39}|(?P<sign>[._-])[^\W\d_](?:(?P=sign)[^\W\d_]){2,30})(?![^\W_]|[ ._-]\d)"
)
LETTER = re.compile(r"[^\W\d_]")
SHORTEST_PART, KNOWN = 3, (lexicon.ordinary, lexicon.given, lexicon.any_surnames, lexicon.family)
LEAST_WORDS, LEAST_NUMBERS, LEAST_DIGITS, LONGEST_GROUP = 4, 3, 5, 12


class Piece(NamedTuple):
    """A word as it was said, and what stands for it in writing: figures, a letter, a sign, UNDONE for a correction, or nothing."""

    match: re.Match[str]
    written: str

    @property
    def start(self) -> int:
        """Where the word begins."""
        return self.match.start()

    @property
    def end(self) -> int:
        """Where the word ends."""
        return self.match.end()

    @property
    def word(self) -> str:
        """The word in small letters."""
        return self.match.group().lower()

    @property
    def turns(self) -> bool:
        """Whether somebody else begins to speak."""
        return self.match.group()[0] == "\n"

    @property
    def opens(self) -> bool:
        """Whether a number may begin with it."""
        return self.written not in ("", UNDONE)

    @property
    def goes_on(self) -> bool:
        """Whether it may stand within a number."""
        return bool(self.written) or self.turns or self.word in words("hesitation")


Run = list[Piece]


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
        piece = Piece(match, _said(text, match))
        if open_run and piece.goes_on and _joins(text, open_run[-1], piece):
            open_run.append(piece)
            continue
        if open_run:
            runs.append(open_run)
        open_run = [piece] if piece.opens else []
    turns = [part for run in (*runs, open_run) for part in _turns(run)]
    return [_repeated(_corrected(text, run)) for run in map(_trimmed, turns) if _dictated(run)]


def _said(text: str, match: re.Match[str]) -> str:
    """What stands for a word of the text; nothing for a letter before a colon, which is who speaks."""
    word = match.group()
    if len(word.lower()) == 1 and text[match.end() : match.end() + 1] == ":":
        return ""
    return in_writing(word) or (UNDONE if word.lower() in CORRECTIONS else "")


def _joins(text: str, before: Piece, piece: Piece) -> bool:
    """Whether a word goes on with a run; around a change of speakers a question may end."""
    pauses = piece.turns or before.turns or before.word in words("hesitation")
    return bool((TURN_GAP if pauses else GAP).match(text[before.end : piece.start]))


def _turns(run: Run) -> list[Run]:
    """A run, parted where somebody says again what was said."""
    parts: list[Run] = [[]]
    said = ""
    for place, piece in enumerate(run):
        if piece.turns and _again(_next_turn(run[place + 1 :]), said):
            parts.append([])
            said = ""
        said = (said + piece.written)[-2 * LONGEST_GROUP :]
        parts[-1].append(piece)
    return [kept for part in parts if (kept := _from_first(part))]


def _next_turn(behind: Run) -> str:
    """What is said up to the next change of speakers."""
    turn = ""
    for piece in behind:
        if piece.turns and turn:
            break
        turn += piece.written
        if len(turn) > LONGEST_GROUP:
            break
    return turn


def _again(turn: str, said: str) -> bool:
    """Whether a turn repeats what was said, or goes on with a repetition of it."""
    return turn != "" and (turn in said or said in turn)


def _from_first(part: Run) -> Run:
    """What a speaker says from the first sign on, so that what stands before it still parts it from who spoke before."""
    first = next((place for place, piece in enumerate(part) if piece.written), len(part))
    return part[first:]


def _repeated(run: Run) -> Run:
    """A run in which "dreimal die sieben", "drei mal sieben" and "drei Nullen" are written out."""
    written = [piece.written for piece in run]
    filled = [place for place, one in enumerate(written) if one]
    for before, place, following in zip(filled[:1] + filled, filled, filled[1:], strict=False):
        one = written[place]
        times = _times(one, written[before], written[following], run[following].word in PLURALS)
        if times:
            written[following] *= times
            written[place] = ""
        if times and one == TIMES:
            written[before] = ""
    return [Piece(piece.match, "" if one.startswith(TIMES) else one) for piece, one in zip(run, written, strict=True)]


def _times(one: str, before: str, following: str, plural: bool) -> int:
    """How often what follows is meant, by a sign, the signs around it, and whether a plural follows; 0 where it is not repeated."""
    if following.startswith(TIMES):  # "dreimal, dreimal die sieben": the last one counts
        return 0
    if one == TIMES:
        return int(before) if before in TIMES_WORDS else 0
    if one.startswith(TIMES):
        return int(one[1:])
    return int(one) if plural and one in TIMES_WORDS else 0


def _corrected(text: str, run: Run) -> Run:
    """A run in which the group behind "nein" takes the place of as many signs before it."""
    written = [piece.written for piece in run]
    for index, one in enumerate(written):
        if one != UNDONE:
            continue
        written[index] = ""
        back, size = index, _group_behind(text, run, written, index)
        while back > 0 and size > 0:
            back -= 1
            size -= len(written[back])
            written[back] = ""
    return [Piece(piece.match, one) for piece, one in zip(run, written, strict=True)]


def _group_behind(text: str, run: Run, written: list[str], index: int) -> int:
    """How many signs the group behind a correction has, up to a comma or the next one."""
    size = 0
    for end in range(index + 1, len(run)):
        parted = size > 0 and "," in text[run[end - 1].end : run[end].start]
        if parted or size >= LONGEST_GROUP or written[end] == UNDONE:
            break
        size += len(written[end])
    return size


def _trimmed(run: Run) -> Run:
    """A run without signs, hesitations and names that only might spell a letter at its ends."""
    first, end = 0, len(run)
    if _behind(SPELT, run):
        while end and not run[end - 1].written:
            end -= 1
        return run[:end]
    while end and _ends_nothing(run[end - 1]):
        end -= 1
    while first < end and run[first].word in words("spelling"):
        first += 1
    return run[first:end]


def _ends_nothing(piece: Piece) -> bool:
    """Whether no number ends with it: a sign, a pause, a correction or a name."""
    return piece.written in ("", "-", "/", ".", UNDONE) or piece.written.startswith(TIMES) or piece.word in words("spelling")


def _dictated(run: Run) -> bool:
    spoken = [piece.written for piece in run if piece.written.isdigit() and not piece.match.group().isdigit()]
    if len(spoken) < LEAST_NUMBERS - 1:
        return _called(run, len(spoken))
    fewest = LEAST_NUMBERS - 1 if len(run) > LEAST_WORDS else LEAST_NUMBERS
    if len(run) >= LEAST_WORDS and (len(spoken) >= fewest or all(piece.written.isdigit() for piece in run)):
        return True
    long = len(spoken) == len(run) and len("".join(spoken)) >= LEAST_DIGITS
    return long or _called(run, len(spoken))


def _called(run: Run, spoken: int) -> bool:
    """Whether a short run of letters and a number stands behind a word for a plate or a number."""
    return spoken > 0 and len(run) >= LEAST_NUMBERS and (_behind(PLATE, run) or (spoken > 1 and _behind(NUMBER, run)))


def _behind(cue: re.Pattern[str], run: Run) -> bool:
    first = run[0].match
    return cue.search(first.string, max(0, first.start() - NEAR), first.start()) is not None


def _spaced(text: str, taken: list[Run]) -> list[Run]:
    """Words whose letters stand apart ("G i s e l a  M ü l l e r"), each closed up; not what is dictated already."""
    begins = [run[0].start for run in taken]
    found: list[Run] = []
    for match in SPACED.finditer(text):
        before = bisect_left(begins, match.end()) - 1
        if before >= 0 and taken[before][-1].end > match.start():
            continue
        run = _closed_up(match)
        if len(run) > SHORTEST_PART or "".join(piece.written for piece in run).lower() in lexicon.given():
            found.append(_given_first(run))
    return found


def _closed_up(match: re.Match[str]) -> Run:
    """The letters of a match, with a blank before one that begins another word."""
    letters = list(LETTER.finditer(match.string, match.start(), match.end()))
    return [
        Piece(letter, f" {letter.group()}" if _apart(before, letter) else letter.group())
        for before, letter in zip((None, *letters), letters, strict=False)
    ]


def _apart(before: re.Match[str] | None, letter: re.Match[str]) -> bool:
    """Whether a letter begins another word than the one before: more than one sign between, or a capital behind a small letter."""
    if before is None:
        return False
    return letter.start() - before.end() > 1 or (letter.group().isupper() and before.group().islower())


def _given_first(run: Run) -> Run:
    """The run with a blank behind a first name, where all letters are alike and nothing else parts the names."""
    whole = "".join(piece.written for piece in run)
    low = whole.lower()
    if " " in whole or whole not in (low, whole.upper()) or any(low in known() for known in KNOWN):
        return run
    cut = _end_of_given(low)
    return [*run[:cut], *(Piece(match, f" {written}") for match, written in run[cut : cut + 1]), *run[cut + 1 :]] if cut else run


def _end_of_given(low: str) -> int:
    """Where the longest first name at the beginning of letters ends that leaves a surname; 0 without one."""
    return next((at for at in range(len(low) - SHORTEST_PART, SHORTEST_PART - 1, -1) if low[:at] in lexicon.given()), 0)


def spell_out(text: str) -> View | None:
    """The view with dictated runs closed up into digits and letters, and words whose letters stand apart closed up."""
    runs = _runs(text)
    runs = sorted(runs + _spaced(text, runs), key=lambda run: run[0].start)
    if not runs:
        return None
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for run in runs:
        begin = run[0].start
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
        at = run[-1].end
    pieces.append(text[at:])
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return View("".join(pieces), starts, ends)
