"""A line of words in, the signs of each word out: what it is, what stands around it, and which rules hold it for a name.

Signs are short texts, so that a weight file and an explanation can be read. Words that cannot be part of a name have few.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from nova.privacy import lexicon
from nova.privacy.lexicon import words
from nova.privacy.names.cues import NOBLE, SALUTATIONS, SPEAKERS
from nova.privacy.names.spots import Spot, unusual
from nova.privacy.names.vetoes import against
from nova.privacy.tokens import Line, Word, known
from nova.remembered import remembered

Source = Callable[[Line], Iterator[Spot]]
LISTS = ("roles", "no_name", "trades", "not_before", "pets", "matters", "does", "contacts", "determiners", "greeted", "skipped", "eponyms")
STEPS, LEAST, MOST, LONGEST, RARE, MOST_PARTS = 2.5, -4, 6, 12, 3, 4
MOST_KNOWN = 16384
OUTSIDE, PARTS = "-", re.compile(r"[-'’]|(?<=\bMc)|(?<=\bMac)")


def signs(line: Line, sources: Sequence[Source]) -> list[list[str]]:
    """The signs of each word. `sources` are rules that say where names may be."""
    if not line.words:
        return []
    sorts = [_sort(word.text) for word in line.words]
    gaps = [_gap(word.gap) for word in line.words] + [_gap(line.gap_after(len(line.words) - 1)) or "$"]
    gaps[0] = gaps[0] or "^"
    fired, weights, vetoes = _told(line, sources)
    often = Counter(word.lower for word in line.words)
    scene = _Scene(line, sorts, gaps)
    return [
        scene.around(index, often[word.lower] > 1) + _rules(sorts[index], fired[index], weights[index], vetoes[index])
        if _possible(word)
        else [f"k={sorts[index]}", f"before={scene.sort(index - 1)}|{sorts[index]}"]
        for index, word in enumerate(line.words)
    ]


class _Scene:
    """The words of a line by their sorts, and the signs between them."""

    def __init__(self, line: Line, sorts: list[str], gaps: list[str]) -> None:
        self.line, self.sorts, self.gaps = line, sorts, gaps
        self.lists = [_lists(word.lower) for word in line.words]
        self.how = line.writing[0]
        self.english = [_english(word) for word in line.words]
        """For each word 2 where it is English and nothing else, 1 where it is English besides, 0 where it is not."""
        only, german = self.english.count(2), sum(word.ordinary and not word.english for word in line.words)
        self.tongue = (only > 1 or only > german) + (only > 1 and only > german)

    def sort(self, index: int) -> str:
        """The sort of a word; "-" outside the text."""
        return self.sorts[index] if 0 <= index < len(self.sorts) else OUTSIDE

    def around(self, index: int, again: bool) -> list[str]:
        """What speaks of a word, its neighbours and what parts it from them."""
        line, word, kind, before, behind = self.line, self.line.words[index], self.sorts[index], self.gaps[index], self.gaps[index + 1]
        left, right, left2, right2 = self.sort(index - 1), self.sort(index + 1), self.sort(index - 2), self.sort(index + 2)
        how, low, up, down = self.how, word.lower, line.lower(index - 1), line.lower(index + 1)
        found = [
            "always",
            f"k={kind}",
            f"k={kind}{how}",
            f"l={left}|{before}|{kind}",
            f"r={kind}|{behind}|{right}",
            f"lr={left}|{kind}|{right}",
            f"ll={left2}|{left}|{kind}",
            f"rr={kind}|{right}|{right2}",
            f"g={before}|{kind}|{behind}{how}",
            f"glr={before}|{kind}|{behind}|{left}|{right}",
            f"w={low}",
            f"wl={up}|{before[:1]}",
            f"wlk={up}|{kind}",
            f"wll={line.lower(index - 2)}|{up}",
            f"wr={down}|{behind[:1]}",
            f"wrk={down}|{kind}",
            f"len={min(len(low), LONGEST)}|{kind}",
        ]
        found += self._members(index, kind)
        if again and len(low) > RARE and word.capital:
            found.append(f"again|{kind}")
        if unusual(word):
            found.append(f"unusual|{before}|{behind}{how}")
        found += (f"looks={word.looks}", f"looks={word.looks}|{kind[:1]}", f"looks={word.looks}|{before}|{behind}")
        found += (f"end={low[-3:]}|{kind[:1]}", f"end={low[-4:]}", f"begin={low[:3]}|{kind[:1]}")
        if behind[:1] == ".":
            found += (f"cut={word.cut}|{kind[:1]}", f"cut={word.cut}|{kind[:1]}|{behind}|{right[:1]}")
        found += self._tongue(index, kind[:2])
        return found + _parts(word.text) if "-" in word.text else found

    def _members(self, index: int, kind: str) -> Iterator[str]:
        """Which lists know a word and its neighbours."""
        yield from (f"in={one}" for one in self.lists[index])
        if index:
            yield from (f"inl={one}|{kind}" for one in self.lists[index - 1])
        if index + 1 < len(self.lists):
            yield from (f"inr={one}|{kind}" for one in self.lists[index + 1])

    def _tongue(self, index: int, kind: str) -> Iterator[str]:
        """How English a word, its neighbours and the line are."""
        told, own = self.english, self.english[index]
        near = sum(told[max(0, index - 2) : index + 3]) - own
        yield f"en={own}|{kind}"
        yield f"ennear={near}|{own}"
        yield f"enl={told[index - 1] if index else '^'}|{own}|{kind}"
        yield f"enr={own}|{told[index + 1] if index + 1 < len(told) else '$'}|{kind}"
        yield f"enline={self.tongue}|{own}"


def _rules(kind: str, fired: set[str], weight: float, veto: float) -> list[str]:
    found = [f"best={max(LEAST, min(MOST, int(weight * STEPS)))}"]
    if veto:
        found.append(f"against={min(MOST, int(veto * 2))}")
    for source in fired:
        found += (f"rule={source}", f"rule={source}|{kind}")
    return found


def _told(line: Line, sources: Sequence[Source]) -> tuple[list[set[str]], list[float], list[float]]:
    """For each word the rules that hold it for part of a name, the most that is left for one that covers it, and the most against one."""
    fired: list[set[str]] = [set() for _ in line.words]
    weights, vetoes = [0.0] * len(line.words), [0.0] * len(line.words)
    looked_at: dict[tuple[int, int], float] = {}
    for source in sources:
        for one in source(line):
            place = (one.first, one.end)
            if one.end > one.first and place not in looked_at:
                looked_at[place] = against(line, *place)
            for index in range(one.first, min(one.end, len(line.words))):
                fired[index].add(source.__name__.strip("_"))
                weights[index] = max(weights[index], one.weight - looked_at[place])
                vetoes[index] = max(vetoes[index], looked_at[place])
    return fired, weights, vetoes


def _possible(word: Word) -> bool:
    """Whether a word can be part of a name."""
    return word.letters and (word.capital or word.given or not word.ordinary or word.lower in words("particles"))


@remembered(4096)
def _lists(low: str) -> tuple[str, ...]:
    return tuple(name for name in LISTS if low in words(name))


@remembered(1024)
def _gap(gap: str) -> str:
    """What parts two words, in at most three characters: "_" is one blank, "N" a line's end."""
    if gap in ("", " "):
        return gap and "_"
    marks = "".join(gap.split())[:2]
    return f"N{marks[:1]}" if "\n" in gap else marks or "__"


@remembered(MOST_KNOWN)
def _sort(text: str) -> str:
    """One or two letters for what a word is, one for how it is written, and those of the lists that know it."""
    word = known(text)
    if not word.letters:
        return "digits" if text.isdigit() else "mixed"
    return f"{_class(word)}{_case(text)}{_known(word.lower)}"


def _english(word: Word) -> int:
    return 0 if not word.english else 1 if word.family or word.surname or word.given or word.ordinary else 2


@remembered(4096)
def _parts(text: str) -> list[str]:
    """What the parts of a word with hyphens are."""
    parts = [known(part) for part in text.split("-") if part]
    sorts = [_part(part) for part in parts]
    found = [f"parts={'-'.join(sorts[:MOST_PARTS])}", f"nparts={len(parts)}", f"last={sorts[-1]}"]
    return [*found, "small inside"] if any(not part.capital for part in parts[1:]) else found


PARTS_OF: tuple[tuple[str, Callable[[Word], bool]], ...] = (
    ("E", lambda part: part.english and not (part.family or part.given)),
    ("G", lambda part: part.given and not part.weak),
    ("g", lambda part: part.given),
    ("O", lambda part: part.ordinary),
    ("F", lambda part: part.family),
    ("P", lambda part: part.place),
    ("S", lambda part: part.surname),
)
"""What a part of a word is, the surest first."""


def _part(part: Word) -> str:
    kind = next((sign for sign, holds in PARTS_OF if holds(part)), "U")
    return kind if part.capital else f"c{kind}"


def _case(text: str) -> str:
    """Capitals throughout, capitals within ("BImSchV"), one at the beginning of each part, or none."""
    if len(text) > 1 and text.isupper():
        return "A"
    within = any(part[1:] != part[1:].lower() for part in PARTS.split(text))
    return "X" if within else "C" if known(text).capital else "c"


CLASSES: tuple[tuple[str, Callable[[Word], bool]], ...] = (
    ("sal", lambda word: word.lower in SALUTATIONS),
    ("tit", lambda word: word.lower in words("titles")),
    ("par", lambda word: word.lower in words("particles")),
    ("nob", lambda word: word.lower in NOBLE),
    ("spk", lambda word: word.lower in SPEAKERS),
    ("I", lambda word: word.initial),
    ("G", lambda word: word.given and not word.weak),
    ("g", lambda word: word.given),
    ("O", lambda word: word.ordinary),
    ("P", lambda word: word.place),
    ("F", lambda word: word.family),
    ("S", lambda word: word.surname),
    ("M", lambda word: word.compound),
)
"""What a word is, the surest first."""


def _class(word: Word) -> str:
    return next((sign for sign, holds in CLASSES if holds(word)), "U")


def _known(low: str) -> str:
    """Which hand-written lists know a word, a letter each."""
    told = "".join(letter for letter, name in lexicon.HAND_WRITTEN if low in words(name))
    if told or len(low) <= RARE + 1 or not low.endswith("s"):
        return told
    return "s" if low[:-1] in words("lastnames") or low[:-1] in words("firstnames") else ""
