"""A message in, its windows out (sentences, neighbours, pieces of a long run of words, the whole of a short one), each with its signs.

Signs are short texts, so that a weight file and an explanation can be read:

    w=riecht b=nach_gas                   a word by its stem; two neighbours
    l=riec l=iech                         pieces of four letters of a word, its beginning and its end marked
    c=SMELL n=SMELL>GAS                   what words speak of (`words.txt`); two such things within three words, in this order
    k=SMELL x=SMELL ag=1                  of what is dangerous: alone, or beside one or more things that speak against it (law, money, past)
    first=wer ask shout long=2            how it begins, that it asks or shouts, how long it is
    part o=LAW oq                         that there is more; what the rest of the message speaks of; that the rest asks
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from nova.answers.emergency.concepts import concepts
from nova.language.fold import fold
from nova.language.stems import stem
from nova.remembered import remembered

MOST_CHARS = 4000  # of a longer message its beginning and its end are looked at
LONG, PIECE, STEP = 18, 14, 7  # words
MOST_SENTENCES = 160
WHOLE = 5  # sentences: a longer message is not judged as one, since so many words say something of everything
NEAR, LONGEST_PIECED, PIECED = 3, 20, 4
WORD = re.compile(r"[^\W_]+|[?!§€%🔥🚒💥💣🚨🆘⚡💡💧🌊]")
AGAIN = re.compile(r"([^\W\d])\1{2,}")
END = re.compile(r"(?<=[^\W\d][.])\s+|(?<=[?!;…])\s*|\n+|(?<=\d[.])\s+(?=[A-ZÄÖÜ]\w+ )|\s[-–—]\s")
DATE = re.compile(r"\b\d{1,2}\.\s?\d{1,2}\.(?:\s?(?:19|20)?\d\d)?(?!\d)")
YEAR = re.compile(r"\b(?:19[5-9]\d|20[0-4]\d)\b")
CLOCK = re.compile(r"\b\d{1,2}(?::\d\d| ?uhr)\b", re.IGNORECASE)
QUOTED = re.compile(r"[„“\"»«][^„“”\"»«]{4,}[“”\"»«]")
AROUND = frozenset({
    "LAW", "MONEY", "STAT", "DEFINE", "DOCUMENT", "PLAN", "IT", "WORK", "PAST", "PASTIME", "DONE", "NOW", "ASKHELP",
    "WHATNOW", "SAYING", "CALM",
})  # fmt: skip
DANGER = frozenset({
    "SMELL", "ROTTEN", "BURNT", "SMOKE", "FIRE", "BLAST", "SPARK", "BUZZ", "HISS", "ESCAPE", "HOT", "STEAM", "ALARM",
    "DETECTOR", "DARK", "OUTAGE", "POWER", "LIGHT", "SHOCK", "LIVE", "POLE", "FALL", "GAS", "GASTHING", "GASALARM",
    "CO", "SICK", "WATER", "SPRAY", "BURST", "PIPE", "HEATNET", "FLOOD", "GONE", "BREAK", "EBOX",
})  # fmt: skip
AGAINST = frozenset({
    "LAW", "MONEY", "STAT", "DEFINE", "DOCUMENT", "IT", "WORK", "DONE", "PAST", "PASTIME", "PLAN", "SAYING", "CALM",
})  # fmt: skip
MOST_AGAINST = 3
NUMBER = re.compile(r"\d{3,}")
LENGTHS = (0, 4, 8, 16, 32)  # words
SHOUTED = 0.7
SAYING = "redensart"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Its words, all that they speak of, whether it asks, what else is seen in it, and the signs that it has in every window."""

    words: tuple[str, ...]
    held: frozenset[str]
    asks: bool
    marks: frozenset[str]
    signs: frozenset[str]

    @staticmethod
    def of(words: tuple[str, ...], asks: bool, marks: frozenset[str]) -> "Sentence":
        """A sentence of these folded words."""
        told = tuple(concepts(word) for word in words)
        held = frozenset[str]().union(*told)
        signs = (f"c={concept}" for concept in held)
        return Sentence(words, held, asks, marks, marks.union(signs, _of_words(words), _near(told), ("ask",) if asks else ()))

    def frame(self) -> frozenset[str]:
        """What it adds to the windows of other sentences."""
        held = {f"o={concept}" for concept in AROUND & self.held}
        return frozenset(held.union((f"o={mark}" for mark in self.marks), ("oq",) if self.asks else ()))


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences `start` to `end` of a message, or, where it is not `whole`, a piece of one; and its signs."""

    start: int
    end: int
    whole: bool
    signs: frozenset[str]


def windows(told: Sequence[Sentence]) -> list[Window]:
    """Every window that is judged by itself: each sentence, two neighbours, pieces of a long one, and the whole of a short message."""
    frames = [one.frame() for one in told]
    before, behind = [frozenset[str]()], [frozenset[str]()]
    for first, last in zip(frames, reversed(frames), strict=True):
        before.append(before[-1] | first)
        behind.append(behind[-1] | last)
    count = len(told)
    spans = (
        {(at, at + 1) for at in range(count)} | {(at, at + 2) for at in range(count - 1)} | ({(0, count)} if 0 < count <= WHOLE else set())
    )
    found = [
        Window(start, end, True, _signs(told[start:end], before[start] | behind[count - end], end - start < count))
        for start, end in sorted(spans)
    ]
    for at, one in enumerate(told):
        found += [Window(at, at + 1, False, _signs([piece], before[count], True)) for piece in _pieces(one)]
    return found


def sentences(text: str) -> list[Sentence]:
    """The sentences of a message that hold a word."""
    if len(text) > MOST_CHARS:
        text = f"{text[: MOST_CHARS // 2]}\n{text[-MOST_CHARS // 2 :]}"
    parts = [part for part in END.split(text) if part and any(map(str.isalnum, part))]
    return [_sentence(part) for part in parts[:MOST_SENTENCES]]


def _sentence(part: str) -> Sentence:
    raw = WORD.findall(AGAIN.sub(r"\1", part))
    letters = [word for word in raw if len(word) > 1 and word.isalpha()]
    marks = {
        "date": DATE.search(part), "year": YEAR.search(part), "clock": CLOCK.search(part), "quoted": QUOTED.search(part),
        "colon": ": " in part,
        "shout": len(letters) > 1 and sum(map(str.isupper, letters)) > SHOUTED * len(letters), "loud": "!" in part, "law": "§" in part,
        "number": NUMBER.search(part), "dots": "..." in part,
    }  # fmt: skip
    return Sentence.of(meant(tuple(map(fold, raw))), "?" in part, frozenset(name for name, there in marks.items() if there))


def meant(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a sentence with every saying, which means something else than its words, as one."""
    text = " ".join(words)
    told = _sayings().sub(SAYING, text)
    return words if told == text else tuple(told.split())


@lru_cache(maxsize=1)
def _sayings() -> re.Pattern[str]:
    lines = resources.files("nova.answers.emergency").joinpath("sayings.txt").read_text("utf-8").splitlines()
    return re.compile("|".join(rf"(?:\b{line}\b)" for line in lines if line and not line.startswith("#")))


def _pieces(one: Sentence) -> Iterator[Sentence]:
    """Overlapping pieces of a long run of words, which people write without stops."""
    if len(one.words) >= LONG:
        for at in range(0, len(one.words) - PIECE + STEP, STEP):
            yield Sentence.of(one.words[at : at + PIECE], one.asks, one.marks)


def _signs(told: Sequence[Sentence], around: frozenset[str], part: bool) -> frozenset[str]:
    count = sum(len(one.words) for one in told)
    length = sum(count >= bound for bound in LENGTHS)
    first = stem(told[0].words[0]) if told[0].words else ""
    held = frozenset[str]().union(*(one.held for one in told))
    against = min(MOST_AGAINST, len(held & AGAINST))
    danger = (f"{'x' if against else 'k'}={concept}" for concept in held & DANGER)
    return around.union(
        *(one.signs for one in told), danger, (f"ag={against}", "always", f"long={length}", f"first={first}", *(("part",) if part else ()))
    )


def _of_words(words: Sequence[str]) -> Iterator[str]:
    before = "^"
    for word in words:
        root = stem(word)
        yield f"w={root}"
        yield f"b={before}_{root}"
        before = root
        if len(word) > PIECED - 1 and not word.isdigit():
            yield from letters(word)
    yield f"b={before}_$"


@remembered(16384)
def letters(word: str) -> tuple[str, ...]:
    """A word's pieces of four letters, its beginning and its end marked."""
    marked = f"^{word[:LONGEST_PIECED]}$"
    return tuple({f"l={marked[at : at + PIECED]}" for at in range(len(marked) - PIECED + 1)})


def _near(told: Sequence[frozenset[str]]) -> Iterator[str]:
    for at, first in enumerate(told):
        for second in told[at + 1 : at + 1 + NEAR]:
            for one in first:
                for other in second:
                    if one != other:
                        yield f"n={one}>{other}"
