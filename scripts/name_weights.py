"""Lines with marked names in, the weights of the recogniser of names out (`privacy/lexicon/name_weights.txt.gz`).

    python scripts/name_weights.py FILE.jsonl... --plain PLACE            learn from the files and write the weights
    python scripts/name_weights.py FILE.jsonl... --plain PLACE --compare   learn from all files but one, count on that one, for each

Lines are `{"id", "text", "spans": [{"start", "end", "type"}]}` as in `tests/privacy`. Needs python-crfsuite (MIT). Words in values of
other kinds do not count: their own recognisers come first. Lines that name somebody are learned again with names that no list knows, with
surnames that are ordinary words, and with listed ones; every line is learned in small letters or in capitals now and then. `made_lines.py`
adds short sentences with terms, tariffs, products and people in the same spots.
"""

import argparse
import gzip
import json
import random
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from made_lines import made_lines

from nova.privacy import lexicon
from nova.privacy.fold import fold, hidden
from nova.privacy.names import chain
from nova.privacy.names.people import JOINT, SOURCES
from nova.privacy.names.signs import signs
from nova.privacy.spans import TOKEN
from nova.privacy.tokens import read

LEXICON = Path(__file__).parent.parent / "src/nova/privacy/lexicon"
UNKNOWN_EVERY, OTHER_EVERY, SMALL_EVERY, CAPITALS_EVERY = 2, 3, 3, 6
KEPT_GIVEN, SHORTEST, SEED = 0.7, 4, 5
FIRST_ORDER, SECOND_ORDER, ROUNDS, LEAST = 0.1, 0.1, 120, 0.01
WANTED, SHOWN, LONGEST_MADE = (0.88, 0.90, 0.92, 0.94), (0.3, 0.45, 0.6), 12
SENTENCE, SENTENCES, FEWEST, MOST = re.compile(r"(?<=[.;])\s+|\n+"), 6000, 20, 400
KNOWN = (lexicon.ordinary, lexicon.family, lexicon.any_surnames, lexicon.given, lexicon.places)


@dataclass(frozen=True)
class Marked:
    """A line's words by their signs and labels, where they stand, what parts them, and the marked names."""

    signs: list[list[str]]
    labels: list[str]
    places: list[tuple[int, int]]
    gaps: list[str]
    others: list[bool]
    names: list[tuple[int, int]]
    text: str


def marked(row: dict[str, Any]) -> Marked:
    """A line as the recogniser reads it."""
    view = hidden(fold(row["text"]), TOKEN)
    line = read(view.text)
    names = [(one["start"], one["end"]) for one in row["spans"] if one["type"] == "NAME"]
    others = [(one["start"], one["end"]) for one in row["spans"] if one["type"] != "NAME"]
    places = [view.original(word.start, word.end) for word in line.words]
    held = [next((at for at, one in enumerate(names) if _meet(place, one)), None) for place in places]
    labels = ["O" if own is None else "I" if index and held[index - 1] == own else "B" for index, own in enumerate(held)]
    return Marked(
        signs(line, SOURCES), labels, places, [word.gap for word in line.words],
        [any(_meet(place, one) for one in others) for place in places], names, row["text"],
    )  # fmt: skip


class Renamer:
    """Makes copies of lines in which people are called otherwise, so that the words around a name are learned too."""

    def __init__(self) -> None:
        self._chance = random.Random(SEED)
        self._surnames = sorted(word for word in lexicon.family() if word.isalpha() and len(word) > SHORTEST)
        self._lists = {name: sorted(filter(str.isalpha, lexicon.words(name))) for name in ("wordnames", "lastnames")}

    def copy(self, row: dict[str, Any], source: str | None = None) -> dict[str, Any]:
        """The line with other names, of the list `source` or such as no list knows; most first names stay."""
        pieces: list[str] = []
        spans: list[dict[str, Any]] = []
        told: dict[str, str] = {}
        at = length = 0
        for span in sorted(row["spans"], key=lambda one: one["start"]):
            value = row["text"][span["start"] : span["end"]]
            if span["type"] == "NAME":
                value = re.sub(r"[^\W\d_]{4,}", lambda word: told.setdefault(word.group(), self._other(word.group(), source)), value)
            between = row["text"][at : span["start"]]
            start = length + len(between)
            pieces += (between, value)
            spans.append({"start": start, "end": start + len(value), "type": span["type"]})
            length, at = start + len(value), span["end"]
        return {"text": "".join(pieces) + row["text"][at:], "spans": spans}

    def _other(self, word: str, source: str | None) -> str:
        if word.lower() in lexicon.given() and self._chance.random() < KEPT_GIVEN:
            return word
        made = self._chance.choice(self._lists[source]) if source else self._unknown()
        return made.upper() if word.isupper() else made.capitalize() if word[0].isupper() else made

    def _unknown(self) -> str:
        while True:
            front, back = self._chance.choice(self._surnames), self._chance.choice(self._surnames)
            made = front[: self._chance.randint(2, len(front) - 2)] + back[-self._chance.randint(2, 4) :]
            if SHORTEST < len(made) <= LONGEST_MADE and not any(made in known() for known in KNOWN):
                return made


def in_case(text: str, how: Callable[[str], str]) -> str:
    """A text in small letters or in capitals; a letter that would become two stays."""
    return "".join(other if len(other := how(char)) == 1 else char for char in text)


def plain(place: Path) -> list[Marked]:
    """Texts that name nobody: the lines of a file, or sentences of the Markdown files of a folder, such as laws and handbooks, evenly."""
    if place.is_file():
        told = [one for one in place.read_text().splitlines() if one]
        told += [in_case(one, str.lower) for one in told[::SMALL_EVERY]] + [in_case(one, str.upper) for one in told[1::CAPITALS_EVERY]]
    else:
        told = [one for file in sorted(place.glob("**/*.md")) for one in SENTENCE.split(file.read_text()) if FEWEST < len(one) < MOST]
        told = told[:: max(1, len(told) // SENTENCES)][:SENTENCES]
    return [marked({"text": one.strip(), "spans": []}) for one in told]


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and one[1] > other[0]


def rows(file: Path) -> tuple[list[Marked], list[Marked]]:
    """The lines of a file, and copies of them with other names and in other letters."""
    told = [json.loads(line) for line in file.read_text().splitlines() if line.strip()]
    renamer = Renamer()
    named = [row for row in told if any(span["type"] == "NAME" for span in row["spans"])]
    copies = [renamer.copy(row) for row in named[::UNKNOWN_EVERY]]
    copies += [renamer.copy(row, "wordnames") for row in named[1::OTHER_EVERY]]
    copies += [renamer.copy(row, "lastnames") for row in named[2::OTHER_EVERY]]
    copies += [{**row, "text": in_case(row["text"], str.lower)} for row in told[::SMALL_EVERY]]
    copies += [{**row, "text": in_case(row["text"], str.upper)} for row in told[1::CAPITALS_EVERY]]
    return [marked(row) for row in told], [marked(row) for row in copies]


def learn(lines: Sequence[Marked]) -> str:
    """The weights, a label, a sign and a weight a line."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False, algorithm="lbfgs")
    for line in lines:
        if line.signs:
            trainer.append(line.signs, line.labels)
    trainer.set_params({"c1": FIRST_ORDER, "c2": SECOND_ORDER, "max_iterations": ROUNDS})
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/model"
        trainer.train(file)
        tagger = pycrfsuite.Tagger()
        tagger.open(file)
        info = tagger.info()
        tagger.close()
    steps = [f"{before}>{after}\t\t{weight:.3f}\n" for (before, after), weight in sorted(info.transitions.items())]
    own = [f"{label}\t{sign}\t{weight:.3f}\n" for (sign, label), weight in sorted(info.state_features.items()) if abs(weight) >= LEAST]
    return "".join(steps + own)


def write(text: str) -> None:
    """Write the weights, the same bytes for the same text."""
    with (LEXICON / chain.FILE).open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.encode())
    chain._weights.cache_clear()


def found(line: Marked, threshold: float) -> list[tuple[int, int]]:
    """The names that the weights at hand find in a line, by the recogniser's own way of joining words."""
    told = chain.likely(line.signs)
    spans: list[tuple[int, int]] = []
    for index, one in enumerate(told):
        if sum(one) < threshold or line.others[index]:
            continue
        joined = index and sum(told[index - 1]) >= threshold and one[1] >= one[0] and JOINT.fullmatch(line.gaps[index]) and spans
        if joined:
            spans[-1] = (spans[-1][0], line.places[index][1])
        else:
            spans.append(line.places[index])
    return spans


def counts(lines: Sequence[Marked], threshold: float) -> tuple[float, float]:
    """Recall and precision as `benchmarks/privacy.py` counts them."""
    marks = hits = told = right = 0
    for line in lines:
        spans = found(line, threshold)
        inside = {place for start, end in spans for place in range(start, end)}
        marks += len(line.names)
        hits += sum(all(place in inside for place in range(*one) if line.text[place].isalnum()) for one in line.names)
        told += len(spans)
        right += sum(any(_meet(span, one) for one in line.names) for span in spans)
    return hits / max(1, marks), right / max(1, told)


def compare(files: Sequence[Path], nobody: Sequence[Marked], kept: str) -> None:
    """For each file the recall that the others' weights reach on it at a precision."""
    sets = {file: rows(file) for file in files}
    for file in files:
        write(learn([*nobody, *(line for other, both in sets.items() if other != file for lines in both for line in lines)]))
        at = {step / 20: counts(sets[file][0], step / 20) for step in range(1, 20)}
        best = {wanted: max((recall for recall, precision in at.values() if precision >= wanted), default=0.0) for wanted in WANTED}
        print(file.name, "recall at precision", {wanted: round(value, 3) for wanted, value in best.items()})
        print("  recall and precision at likelihood", {key: tuple(round(one, 3) for one in at[key]) for key in SHOWN})
    write(kept)


def main() -> None:
    """Learn and write, or compare."""
    parser = argparse.ArgumentParser(description=re.sub(r"\n\n.*", "", __doc__ or "", flags=re.DOTALL))
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--compare", action="store_true")
    parser.add_argument(
        "--plain", type=Path, action="append", default=[], help="a file of lines, or a folder of Markdown files, that name nobody"
    )
    told = parser.parse_args()
    nobody = [line for place in told.plain for line in plain(place)] + [marked(row) for row in made_lines()]
    file = LEXICON / chain.FILE
    if told.compare:
        compare(told.files, nobody, gzip.decompress(file.read_bytes()).decode() if file.exists() else "")
        return
    text = learn([*nobody, *(line for one in told.files for lines in rows(one) for line in lines)])
    write(text)
    print(f"{text.count(chr(10))} weights, {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
