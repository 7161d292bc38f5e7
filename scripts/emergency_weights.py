"""Messages in, the weights that tell an emergency from a harmless question out (`src/nova/answers/emergency/weights.txt.gz`).

    python scripts/emergency_weights.py            learn and write
    python scripts/emergency_weights.py --author    learn without the first author's lines, and count on those that may be read

Learned from: Nova's own lines (`tests/rooms/answers/emergency/own-*.txt`), the half of the first author's lines that may be read, the
lines of `tests/privacy` that are not blind (harmless but for those that `privacy-lines.txt` names), and the sample laws. Copies are made of
the own lines: with slips of the pen and other letters, beside other messages, and in frames (`frames.txt`) that leave them an emergency or
make them harmless. Of an emergency only the window that tells it counts; it is found by learning again.
Words that look like slips of words in `words.txt` but are words of their own go to `known.txt` with `--known`.
"""

import argparse
import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from nova.answers.emergency import concepts, weights
from nova.answers.emergency.signs import sentences, windows
from nova.language.fold import fold

ROOT = Path(__file__).parent.parent
HERE = ROOT / "tests/rooms/answers/emergency"
PRIVACY = ROOT / "tests/privacy"
FOLDER = ROOT / "src/nova/answers/emergency"
READ = ["first", "more", "letters", "chats", "grid", "people", "office", "service", "field", "town", "talk", "fifth", "numbers", "own"]
STRENGTH, ROUNDS, FEWEST, LEAST, SEED = 0.1, 3, 4, 0.02, 7
OWN, SERVICE, COPY, FRAMED, LAW = 1.0, 0.5, 0.5, 0.4, 0.3  # what a line counts
EMERGENCY_COUNTS, HARMLESS_COUNTS = 1.5, 1.7
LAW_EVERY, FRAMED_EMERGENCIES = 3, 900
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


def author(name: str) -> list[Line]:
    """The lines of another author."""
    rows = [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]
    return [Line(row["about"] if row["emergency"] else weights.NONE, row["text"], 1.0) for row in rows]


def service() -> Iterator[Line]:
    """What customers and colleagues write, from the lines of tests/privacy that may be read."""
    texts = [json.loads(line)["text"] for name in READ for line in (PRIVACY / f"lines-{name}.jsonl").read_text("utf-8").splitlines()]
    texts += [line.strip() for file in sorted(PRIVACY.glob("plain-*.txt")) for line in file.read_text("utf-8").splitlines()]
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


def lines(*, with_author: bool) -> list[Line]:
    """All that is learned from."""
    read = author("author1-dev.jsonl") if with_author else []
    emergencies = [Line(kind, text) for kind, text in sections("own-emergencies.txt")] + [one for one in read if one.kind != weights.NONE]
    harmless = [Line(weights.NONE, text) for _, text in sections("own-harmless.txt")] + [one for one in read if one.kind == weights.NONE]
    letters = list(service())
    copier = Copier([one.text for one in harmless] + [one.text for one in letters if one.kind == weights.NONE and len(one.text) > 25])
    made = [copy for line in emergencies for copy in copier.of_emergency(line)]
    plain = [*harmless, *copier.made_harmless(emergencies), *(copy for line in harmless for copy in copier.of_harmless(line))]
    weighted = [Line(one.kind, one.text, one.counts * HARMLESS_COUNTS) for one in plain]
    return [*emergencies, *made, *weighted, *letters, *laws()]


def learn(told: Sequence[Line]) -> str:
    """The weights, a sign and one of each kind a line."""
    seen = [[window.signs for window in windows(sentences(line.text))] for line in told]
    often = Counter(sign for own in seen for sign in frozenset().union(*own))
    places = {sign: place for place, sign in enumerate(sorted(sign for sign, count in often.items() if count >= FEWEST))}
    of = np.array([index for index, own in enumerate(seen) for _ in own])
    table = matrix([window for own in seen for window in own], places)
    kinds = np.array([told[index].kind for index in of])
    counts = np.array([line.counts for line in told])
    tells = kinds != weights.NONE
    many = np.bincount(of, minlength=len(told))[of]
    worth = counts[of] * np.where(tells, EMERGENCY_COUNTS, 1 / np.sqrt(many))
    kept = np.ones(len(of), bool)
    for turn in range(ROUNDS):
        model = LogisticRegression(C=STRENGTH, max_iter=200, tol=1e-3, fit_intercept=False)
        model.fit(table[kept], kinds[kept], sample_weight=(worth / np.where(tells & (turn == 0), many, 1))[kept])
        chance = 1 - model.predict_proba(table)[:, list(model.classes_).index(weights.NONE)]
        best = np.zeros(len(told))
        np.maximum.at(best, of, chance)
        kept = ~tells | (chance >= best[of] - 1e-9)
    rows = [list(model.classes_).index(kind) for kind in weights.ALL]
    return "".join(
        f"{sign}\t" + "\t".join(f"{model.coef_[row, place]:.3f}" for row in rows) + "\n"
        for sign, place in places.items()
        if np.abs(model.coef_[:, place]).max() >= LEAST
    )


def matrix(seen: Sequence[frozenset[str]], places: dict[str, int]) -> csr_matrix:
    """Windows as rows, their signs as ones."""
    rows: list[NDArray[np.int64]] = [np.array(sorted(places[sign] for sign in own if sign in places), np.int64) for own in seen]
    begins = np.cumsum([0, *map(len, rows)])
    return csr_matrix((np.ones(begins[-1]), np.concatenate(rows), begins), shape=(len(rows), len(places)))


def write(text: str) -> None:
    """Write the weights, the same bytes for the same text."""
    with (FOLDER / weights.FILE).open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.encode())
    weights._weights.cache_clear()


def known() -> str:
    """Everyday words that are no slips of a listed one."""
    lexicon = concepts.parse((FOLDER / "words.txt").read_text("utf-8"))
    words = {fold(word) for name in EVERYDAY for word in (ROOT / "src/nova" / name).read_text("utf-8").split()}
    return " ".join(sorted(word for word in words if word.isalpha() and not lexicon.of(word) and lexicon.meant(word))) + "\n"


def main() -> None:
    """Learn and write, or count."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--author", action="store_true", help="learn without the first author's lines and count on them")
    parser.add_argument("--known", action="store_true", help="write known.txt anew, and nothing else")
    told = parser.parse_args()
    if told.known:
        (FOLDER / "known.txt").write_text(known(), "utf-8")
        return
    before = (FOLDER / weights.FILE).read_bytes() if (FOLDER / weights.FILE).exists() else b""
    text = learn(lines(with_author=not told.author))
    write(text)
    print(f"{text.count(chr(10))} signs, {(FOLDER / weights.FILE).stat().st_size} bytes")
    if told.author:
        from tests.rooms.answers.emergency.count import counted, said

        print(said("author1-dev", counted("author1-dev.jsonl")))
        (FOLDER / weights.FILE).write_bytes(before)


if __name__ == "__main__":
    main()
