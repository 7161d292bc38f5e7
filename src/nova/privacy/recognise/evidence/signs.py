"""A text and the runs in it in, the signs of each run out: what it looks like, and the words around it, whole and in pieces.

Signs are short texts, so that a weight file and an explanation can be read. No recogniser's verdict is among them; what a word calls a
number (`labels.called`) is, beside the pieces of the word, so that a label nobody listed still speaks.

    make=A-9:6 n=6 letters=1 pre=k zero is=date    the value: its make, digits, letters, first letters, what else it may be
    gap=: end=,                                    what stands right before and behind it
    b2=kunden b=kunden b1~nden b0~^kun             the second word before; a word before; pieces of the nearest, and of one in this clause
    b!nnum bv=meter|0#                             pieces of the nearest word for a number; what the nearest label calls it
    t=vertra tv=contract_no                        the beginning of a longer word nearby; what a label nearby calls numbers

`a` stands for behind. 0 is the same clause, 1 the same sentence, 2 further; "#" says that another number stands between.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from nova.language.fold import WRITTEN_OUT
from nova.privacy.fold import HIDDEN
from nova.privacy.recognise.card import valid as valid_card
from nova.privacy.recognise.dates import DATE
from nova.privacy.recognise.evidence.runs import Run
from nova.privacy.recognise.grid import MALO_LENGTH, valid_malo
from nova.privacy.recognise.labelled import OTHER_SPEAKER
from nova.privacy.recognise.labels import Called, called
from nova.privacy.recognise.values import UNIT, digits
from nova.remembered import remembered

SPEAKER = re.compile(r"(?:^|(?<=\n))(?:\[?\d\d:\d\d(?::\d\d)?\]? )?[^\W\d_]{1,14}:")
WORD = re.compile(rf"[^\W\d_]+|\d+|{HIDDEN}+|\n|[?!;,:()|=]|\.(?= ?[^\W_a-zäöü]| ?\n|\Z)")
PIECE = re.compile(r"\d+|[^\W\d_]+|[^\w]|_")
FAR = {"?": 2, "!": 2, ".": 2, "\n": 2, ";": 1, ",": 1, "|": 1}
MARKS = frozenset("?!;,:()|=.\n")
NUMBER, BEFORE, BEHIND, CLOSE, NEARBY = "#", 8, 6, 3, 24
LONGEST_WORD, LONGEST_PIECED, PIECED, STEM, SHORTEST_STEM = 40, 24, 4, 6, 4
MOST_DIGITS, MOST_LETTERS, MOST_PARTS, CARD_LENGTH = 16, 6, 6, 10
DEVICE = re.compile(r"\d ?[A-Z]{3} ?\d\d ?(?:\d ?){8}\Z", re.IGNORECASE)
TELEPHONE, YEAR, AMOUNT = re.compile(r"0[1-9]\d+\Z"), re.compile(r"(?:19|20)\d\d(?!\d)"), re.compile(r"\d{1,3}(?:\.\d{3})+\Z")
NUMBER_WORD = re.compile(r"(?:nummern?|nrn?|no|ids?|kennung|code|zeichen|konto|kennzahl|ziffer|num|referenz)\Z")


def signs(text: str, found: Sequence[Run]) -> list[list[str]]:
    """The signs of each of `found`, which are runs of `text` in order."""
    makes = [make(run.value) for run in found]
    often = Counter(makes)
    counts = [f"n{min(MOST_DIGITS, sum(map(str.isdigit, run.value)))}" for run in found]
    told: list[list[str]] = []
    for index, (run, around) in enumerate(zip(found, surroundings(text, found, counts), strict=True)):
        own = [*_shape(run.value, makes[index]), *around, f"of={min(4, len(found))}"]
        if often[makes[index]] > 1:
            own.append("again")
        if index:
            own.append(f"last={makes[index - 1][:8]}")
        told.append(own)
    return told


def surroundings(text: str, found: Sequence[Run], measures: Sequence[str]) -> Iterator[list[str]]:
    """What stands around each of `found`; `measures` say of each what the words right beside it are seen together with."""
    words, places = _words(text, found)
    for run, at, measure in zip(found, places, measures, strict=True):
        own = [*_edges(text, run)]
        own += _around("b", words[max(0, at - 2 * BEFORE) : at][::-1], BEFORE, measure)
        own += _around("a", words[at + 1 : at + 1 + 2 * BEHIND], BEHIND, measure)
        nearby = {word for word in words[max(0, at - NEARBY) : at + NEARBY] if word.isalpha()}
        own += {f"t={word[:STEM]}" for word in nearby if len(word) >= SHORTEST_STEM}
        own += {f"tv={label[0]}" for word in nearby if (label := called(word))}
        yield own


def make(value: str) -> str:
    """How many digits and letters stand where in a value, and what parts them: "K-118827" is "A-96"."""
    return "".join(
        f"9{len(piece)}" if piece.isdigit() else "A" * min(4, len(piece)) if piece.isalpha() else piece for piece in PIECE.findall(value)
    )


@remembered(8192)
def pieces(word: str) -> tuple[str, ...]:
    """A word's pieces of four letters, its beginning and its end marked."""
    marked = f"^{word[:LONGEST_PIECED]}$"
    return tuple({marked[at : at + PIECED] for at in range(max(1, len(marked) - PIECED + 1))})


def _words(text: str, found: Sequence[Run]) -> tuple[list[str], list[int]]:
    """The words and marks of a text, a number as "#"; and at which of them each run stands."""
    words: list[str] = []
    places: list[int] = []
    speaking = {match.end() - 1 for match in SPEAKER.finditer(text)} if OTHER_SPEAKER.search(text) else ()
    for match in WORD.finditer(text):
        if match.end() in speaking:
            continue
        while len(places) < len(found) and match.start() >= found[len(places)].start:
            places.append(len(words))
            words.append(NUMBER)
        if places and match.start() < found[len(places) - 1].end:
            continue
        word = match.group()
        words.append(NUMBER if word[0] == HIDDEN else _plain(word))
    return words, places


def _around(side: str, words: Sequence[str], most: int, measure: str) -> Iterator[str]:
    """The words on one side, nearest first."""
    place = far = 0
    past = parted = ""
    numbered = labelled = False
    for index, word in enumerate(words):
        if word in MARKS:
            far = max(far, FAR.get(word, 0))
            parted += "N" if word == "\n" else word
            continue
        place += 1
        if place > most:
            return
        yield from _place(side, place, word, (measure, parted[-2:]))
        if word == NUMBER:
            past = NUMBER
            continue
        of_number = NUMBER_WORD.search(word) is not None
        marks = [f"{side}1~"] if place == 1 else []
        marks += [f"{side}{far}{past}~"] if numbered or not of_number else [f"{side}{far}{past}~", f"{side}!{past}"]
        yield from (f"{mark}{piece}" for piece in pieces(word) for mark in marks)
        numbered = numbered or of_number
        label = None if labelled else _label(word, "".join(words[index + 1 : index + 2]) if side == "b" else "")
        if label:
            labelled = True
            yield from _labelled(f"{side}v={label[0]}", (measure, f"{far}{past}", f"w{min(place, 4)}{past}"))
            if label[1]:
                yield f"{side}v={label[0]}|strong{past}"


def _place(side: str, place: int, word: str, beside: Sequence[str]) -> Iterator[str]:
    """A word, where it stands where it is close, and, right beside the number, what it is seen together with."""
    yield f"{side}={word}"
    if place <= CLOSE:
        yield f"{side}{place}={word}"
    if place == 1:
        yield from (f"{side}1={word}|{one}" for one in beside)


def _label(word: str, before: str) -> tuple[Called, bool] | None:
    """What a word calls a number; a bare "Nummer" together with the word before it."""
    together = called(before + word) if before.isalpha() and NUMBER_WORD.fullmatch(word) else None
    return together or called(word)


def _labelled(kind: str, beside: Sequence[str]) -> Iterator[str]:
    """What a label calls the number, alone and together with where it stands."""
    yield kind
    yield from (f"{kind}|{one}" for one in beside)


def _edges(text: str, run: Run) -> Iterator[str]:
    """What stands right before and right behind a run."""
    before = "".join(char for char in text[max(0, run.start - 3) : run.start] if not char.isalnum() and char != " ")
    behind = text[run.end : run.end + 1]
    yield f"gap={before[-2:]}".replace("\n", "N")
    yield f"end={'x' if behind.isalnum() else behind or '$'}".replace("\n", "N")
    if UNIT.match(text, run.end):
        yield "unit"


def _shape(value: str, made: str) -> list[str]:
    """What a value looks like."""
    bare = "".join(filter(str.isalnum, value)).upper()
    figures = digits(bare)
    letters = len(bare) - figures
    count, mixed = f"n={min(MOST_DIGITS, figures)}", min(3, letters)
    found = ["always", f"make={made}", count, f"letters={min(MOST_LETTERS, letters)}", f"{count}|{mixed}"]
    found.append(f"parts={min(MOST_PARTS, len(PIECE.findall(value)))}")
    found += [f"sep={char}" for char in sorted({char for char in value if not char.isalnum()})]
    if value[0].isalpha():
        found.append(f"pre={''.join(filter(str.isalpha, value[:MOST_LETTERS])).lower()[:4]}")
    if value[-1].isalpha():
        found.append("tail")
    if bare[0] == "0":
        found.append("zero")
    return found + [f"is={name}" for name, fits in KNOWN_LOOKS if fits(value, bare)]


def _like_malo(bare: str) -> bool:
    """Whether these are the digits of a market location."""
    return len(bare) == MALO_LENGTH and bare.isdigit() and valid_malo(bare)


def _like_card(bare: str) -> bool:
    """Whether these are the characters of a card, a letter among them and its check digit last."""
    return len(bare) == CARD_LENGTH and bare.isascii() and bare[-1].isdigit() and not bare.isdigit() and valid_card(bare)


KNOWN_LOOKS: tuple[tuple[str, Callable[[str, str], object]], ...] = (
    ("year", lambda value, _: YEAR.match(value)),
    ("date", lambda value, _: DATE.match(value)),
    ("telephone", lambda _, bare: TELEPHONE.match(bare)),
    ("amount", lambda value, _: AMOUNT.match(value)),
    ("device", lambda value, _: DEVICE.match(value)),
    ("malo", lambda _, bare: _like_malo(bare)),
    ("card", lambda _, bare: _like_card(bare)),
)
"""What a value may be by its looks; the second is its letters and digits alone."""


@remembered(8192)
def _plain(word: str) -> str:
    return "0" if word.isdigit() else word.lower().translate(WRITTEN_OUT)[:LONGEST_WORD]
