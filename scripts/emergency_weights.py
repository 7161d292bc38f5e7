"""Messages in, the weights that tell an emergency from a harmless question out (`src/nova/answers/emergency/weights.npz`).

    python -m scripts.emergency_weights                        learn and write
    python -m scripts.emergency_weights --without author3.tsv   learn without one author's lines, and count on them

Learned from: Nova's own lines (`tests/rooms/answers/emergency/own-*.txt`), those of other authors that may be read (`author*.tsv`), the
lines of `tests/privacy` that are not blind (harmless but for those that `privacy-lines.txt` names), and the sample laws. Copies are made of
the own lines: with slips of the pen and other letters, beside other messages, and in frames (`frames.txt`) that leave them an emergency or
make them harmless; and sentences are made by chance (`grammar.txt`). Of an emergency only the window that tells it counts; a logistic
regression finds it, learned again and again.
Words that look like slips of words in `words.txt` but are words of their own go to `known.txt` with `--known`.
"""

import argparse
import json
import random
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from nova.answers.emergency import concepts, weights
from nova.answers.emergency.signs import sentences, windows
from nova.language.fold import fold
from tests.rooms.answers.emergency.count import SETS, counted, messages, said

ROOT = Path(__file__).parent.parent
HERE = ROOT / "tests/rooms/answers/emergency"
PRIVACY = ROOT / "tests/privacy"
FOLDER = ROOT / "src/nova/answers/emergency"
READ = [
    "first",
    "more",
    "letters",
    "chats",
    "grid",
    "people",
    "office",
    "service",
    "field",
    "town",
    "talk",
    "fifth",
    "numbers",
    "own",
    "counter",
    "desk",
    "export",
    "mixed",
]
STRENGTH, ROUNDS, FEWEST, SEED = 0.3, 3, 8, 7
NETWORKS, UNITS, PENALTY, TURNS = 3, 16, 1e-3, 2
OWN, SERVICE, COPY, FRAMED, LAW, MADE = 1.0, 1.0, 0.5, 0.4, 0.5, 0.5  # what a line counts
EMERGENCY_COUNTS, HARMLESS_COUNTS = 1.5, 1.7
LAW_EVERY, FRAMED_EMERGENCIES, OF_EACH_START = 3, 900, 25
SYMBOL, PLACE = re.compile(r"([A-ZÄÖÜ_0-9]{2,}): ?(.*)"), re.compile(r"<([A-ZÄÖÜ_0-9]+)>")
WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
BARE = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "s"})
EVERYDAY = ("privacy/lexicon/everyday.txt", "privacy/lexicon/words.txt", "language/lexicon/everyday.txt")


@dataclass(frozen=True)
class Line:
    """A message, its kind (`none` for harmless) and what it counts."""

    kind: str
    text: str
    counts: float = OWN


def sections(name: str) -> Iterator[tuple[str, str]]:
    """The lines of a file with the section they stand in."""
    section = ""
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line[1:-1]
        elif line and not line.startswith("#"):
            yield section, line.replace("\\n", "\n")


def authors(but: str) -> list[Line]:
    """The lines of the other authors that may be read, without those of one file."""
    names = (name for name in SETS if "locked" not in name and name != but)
    return [Line(kind, text) for name in names for kind, text in messages(name)]


def service() -> Iterator[Line]:
    """What customers and colleagues write, from the lines of tests/privacy that may be read."""
    texts = [json.loads(line)["text"] for name in READ for line in (PRIVACY / f"lines-{name}.jsonl").read_text("utf-8").splitlines()]
    plain = (*sorted(PRIVACY.glob("plain-*.txt")), PRIVACY / "terms.txt")
    texts += [line.strip() for file in plain for line in file.read_text("utf-8").splitlines()]
    marked = list(sections("privacy-lines.txt"))
    for text in dict.fromkeys(filter(None, texts)):
        kind = next((kind for kind, beginning in marked if text.startswith(beginning)), weights.NONE)
        if kind != "skip":
            yield Line(kind, text, SERVICE if kind == weights.NONE else OWN)


def laws() -> Iterator[Line]:
    """Every third piece of the sample laws."""
    pieces = [
        piece.strip("# \n")
        for file in sorted((ROOT / "docs/samples").glob("*.md"))
        for line in file.read_text("utf-8").splitlines()
        for piece in ([line] if line.startswith("#") else re.split(r"(?<=[.;:,]) ", line))
    ]
    return (Line(weights.NONE, piece, LAW) for piece in [one for one in pieces if 20 < len(one) < 260 or "§" in one][::LAW_EVERY])


class Copier:
    """Makes other messages of the own ones."""

    def __init__(self, harmless: Sequence[str]) -> None:
        self._chance = random.Random(SEED)
        self._beside = [text for text in harmless if len(text) < 200]
        self._frames = {
            name: [frame for section, frame in sections("frames.txt") if section == name] for name in ("emergency", "harmless", "plain")
        }

    def noisy(self, text: str) -> str:
        """The message as somebody in a hurry types it."""
        chance = self._chance
        told = chance.random()
        text = text.lower() if told < 0.45 else text.upper() if told < 0.55 else text
        told = chance.random()
        text = text.translate(WRITTEN_OUT) if told < 0.25 else text.translate(BARE) if told < 0.35 else text
        if chance.random() < 0.35:
            text = re.sub(r"[.,;:!?]+", lambda match: match.group() if chance.random() < 0.3 else "", text)
        rate = chance.choice((0.0, 0.05, 0.12, 0.2))
        return re.sub(r"[^\W\d_]+", lambda match: self._slip(match.group()) if chance.random() < rate else match.group(), text)

    def _slip(self, word: str) -> str:
        if len(word) < 4:
            return word
        at, told = self._chance.randrange(1, len(word) - 1), self._chance.random()
        if told < 0.3:
            return word[:at] + word[at + 1 :]
        if told < 0.55:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if told < 0.75:
            return word[:at] + word[at] + word[at:]
        return word[:at] + self._chance.choice("abcdefghiklmnoprstuwz") + word[at + 1 :]

    def _some(self, text: str, share: float) -> str:
        return self.noisy(text) if self._chance.random() < share else text

    def of_emergency(self, line: Line) -> Iterator[Line]:
        """Four copies that still tell the emergency."""
        chance = self._chance
        yield from (Line(line.kind, self.noisy(line.text), COPY) for _ in range(2))
        framed = chance.choice(self._frames["emergency"]).replace("{E}", self._some(line.text, 0.4))
        yield Line(line.kind, self._some(framed, 0.3), COPY)
        one, other, gap = chance.choice(self._beside), chance.choice(self._beside), chance.choice((" ", "\n", " ", ". "))
        mixes = (f"{one}{gap}{line.text}", f"{line.text}{gap}{one}", f"{one}{gap}{line.text}{gap}{other}")
        mixes += (f"{one} und {line.text}", f"{one}{gap}Und noch was: {line.text}")
        yield Line(line.kind, self._some(chance.choice(mixes), 0.4), COPY)

    def of_harmless(self, line: Line) -> Iterator[Line]:
        """Three copies that are as harmless."""
        yield Line(line.kind, self.noisy(line.text), COPY)
        yield Line(line.kind, f"{line.text} {self._chance.choice(self._beside)}", COPY)
        yield Line(line.kind, self._chance.choice(self._frames["plain"]).replace("{E}", line.text), COPY / 2)

    def made_harmless(self, lines: Sequence[Line]) -> Iterator[Line]:
        """Emergencies that are quoted, over, reported or made up."""
        for line in self._chance.sample(lines, min(len(lines), FRAMED_EMERGENCIES)):
            yield Line(weights.NONE, self._chance.choice(self._frames["harmless"]).replace("{E}", line.text), FRAMED)


def made_by_chance(copier: Copier) -> Iterator[Line]:
    """Sentences of the grammar, three of ten as somebody in a hurry types them."""
    chance, symbols, starts = random.Random(SEED), dict[str, list[str]](), list[tuple[str, str]]()
    for section, line in sections("grammar.txt"):
        found = SYMBOL.fullmatch(line)
        if found:
            symbols[found[1]] = [one.strip() for one in found[2].split("|")]
        else:
            starts.append((section, line))
    for kind, start in starts:
        told = {_expanded(start, symbols, chance) for _ in range(OF_EACH_START)}
        yield from (Line(kind, copier.noisy(text) if chance.random() < 0.3 else text, MADE) for text in sorted(told))


def _expanded(text: str, symbols: dict[str, list[str]], chance: random.Random) -> str:
    while found := PLACE.search(text):
        text = text[: found.start()] + chance.choice(symbols[found[1]]) + text[found.end() :]
    text = " ".join(text.split()).replace(" ,", ",").replace(" .", ".")
    return text[0].upper() + text[1:]


def lines(but: str = "") -> list[Line]:
    """All that is learned from, without one author's file."""
    read = authors(but)
    emergencies = [Line(kind, text) for kind, text in sections("own-emergencies.txt")] + [one for one in read if one.kind != weights.NONE]
    harmless = [Line(weights.NONE, text) for _, text in sections("own-harmless.txt")] + [one for one in read if one.kind == weights.NONE]
    letters = list(service())
    copier = Copier([one.text for one in harmless] + [one.text for one in letters if one.kind == weights.NONE and len(one.text) > 25])
    made = [copy for line in emergencies for copy in copier.of_emergency(line)]
    plain = [*harmless, *copier.made_harmless(emergencies), *(copy for line in harmless for copy in copier.of_harmless(line))]
    weighted = [Line(one.kind, one.text, one.counts * HARMLESS_COUNTS) for one in plain]
    return [*emergencies, *made, *weighted, *letters, *laws(), *made_by_chance(copier)]


@dataclass(frozen=True)
class Windows:
    """Every window of every line as a row of ones at its signs: of which line it is, of which kind, and what it counts."""

    places: dict[str, int]
    table: csr_matrix
    of: NDArray[np.int64]
    kinds: NDArray[np.str_]
    worth: NDArray[np.float64]

    @staticmethod
    def of_lines(told: Sequence[Line]) -> "Windows":
        """The windows of these lines; of a harmless one with many each counts less."""
        seen = [[window.signs for window in windows(sentences(line.text))] for line in told]
        often = Counter(sign for own in seen for sign in frozenset().union(*own))
        places = {sign: place for place, sign in enumerate(sorted(sign for sign, count in often.items() if count >= FEWEST))}
        of = np.array([index for index, own in enumerate(seen) for _ in own])
        kinds, counts = np.array([told[index].kind for index in of]), np.array([told[index].counts for index in of])
        many = np.bincount(of, minlength=len(told))[of]
        worth = counts * np.where(kinds != weights.NONE, EMERGENCY_COUNTS, 1 / np.sqrt(many))
        return Windows(places, matrix([window for own in seen for window in own], places), of, kinds, worth)

    def telling(self) -> NDArray[np.bool_]:
        """The windows to learn from: all of harmless lines, and of an emergency the one that tells it, found by learning again."""
        tells, many = self.kinds != weights.NONE, np.bincount(self.of)[self.of]
        kept = np.ones(len(self.of), bool)
        for turn in range(ROUNDS):
            model = LogisticRegression(C=STRENGTH, max_iter=200, tol=1e-3, fit_intercept=False)
            model.fit(self.table[kept], self.kinds[kept], sample_weight=(self.worth / np.where(tells & (turn == 0), many, 1))[kept])
            chance = 1 - model.predict_proba(self.table)[:, list(model.classes_).index(weights.NONE)]
            best = np.zeros(self.of.max() + 1)
            np.maximum.at(best, self.of, chance)
            kept = ~tells | (chance >= best[self.of] - 1e-9)
        return kept


def learn(told: Sequence[Line]) -> bytes:
    """The networks' file."""
    seen = Windows.of_lines(told)
    kept = seen.telling()
    table, kinds, worth = seen.table[kept].astype(np.float32), seen.kinds[kept], seen.worth[kept]
    learned = []
    for seed in range(NETWORKS):
        model = MLPClassifier((UNITS,), alpha=PENALTY, batch_size=512, learning_rate_init=2e-3, max_iter=TURNS, random_state=seed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # it is stopped early, before it knows the lines by heart
            learned.append(model.fit(table, kinds, sample_weight=worth))
    order = [list(learned[0].classes_).index(kind) for kind in weights.ALL]
    return weights.packed(
        seen.places,
        np.hstack([model.coefs_[0] for model in learned]).astype(np.float32),
        np.hstack([model.intercepts_[0] for model in learned]).astype(np.float32),
        np.stack([model.coefs_[1][:, order] for model in learned]).astype(np.float32),
        np.stack([model.intercepts_[1][order] for model in learned]).astype(np.float32),
    )


def matrix(seen: Sequence[frozenset[str]], places: dict[str, int]) -> csr_matrix:
    """Windows as rows, their signs as ones."""
    rows: list[NDArray[np.int64]] = [np.array(sorted(places[sign] for sign in own if sign in places), np.int64) for own in seen]
    begins = np.cumsum([0, *map(len, rows)])
    return csr_matrix((np.ones(begins[-1]), np.concatenate(rows), begins), shape=(len(rows), len(places)))


def write(file: bytes) -> None:
    """Write the weights."""
    (FOLDER / weights.FILE).write_bytes(file)
    weights.networks.cache_clear()


def known() -> str:
    """Everyday words that are no slips of a listed one."""
    lexicon = concepts.parse((FOLDER / "words.txt").read_text("utf-8"))
    words = {fold(word) for name in EVERYDAY for word in (ROOT / "src/nova" / name).read_text("utf-8").split()}
    return " ".join(sorted(word for word in words if word.isalpha() and not lexicon.of(word) and lexicon.meant(word))) + "\n"


def main() -> None:
    """Learn and write, or count."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--without", default="", metavar="FILE", help="learn without an author's lines, count on them, and write nothing")
    parser.add_argument("--known", action="store_true", help="write known.txt anew, and nothing else")
    told = parser.parse_args()
    if told.known:
        (FOLDER / "known.txt").write_text(known(), "utf-8")
        return
    before = (FOLDER / weights.FILE).read_bytes() if (FOLDER / weights.FILE).exists() else b""
    write(learn(lines(told.without)))
    print(f"{len(weights.networks().places)} signs, {(FOLDER / weights.FILE).stat().st_size} bytes")
    if told.without:
        print(said(told.without, counted(told.without)))
        (FOLDER / weights.FILE).write_bytes(before)


if __name__ == "__main__":
    main()
