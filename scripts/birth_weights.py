"""Lines with marked dates of birth in, the weights of the learned recogniser of them out (`privacy/lexicon/birth_weights.txt.gz`).

    python scripts/birth_weights.py FILE.jsonl... [--plain PLACE]             learn from the files and write the weights
    python scripts/birth_weights.py FILE.jsonl... [--plain PLACE] --compare   learn from all files but one, count on that one, for each

Lines are `{"id", "text", "spans": [{"start", "end", "type"}]}` as in `tests/privacy`; a plain place is a file of lines, or a folder of
Markdown files, in which no day is one of birth. Every day counts, whatever the rules say of it. Days of birth are learned a second time
with other values: another year of a life, written another way.
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
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from nova.privacy.fold import fold, hidden
from nova.privacy.recognise.dates import DATE, birth_dates
from nova.privacy.recognise.evidence.births import days, signs
from nova.privacy.recognise.evidence.weights import BIRTHS, NONE
from nova.privacy.rows import by_columns
from nova.privacy.spans import TOKEN
from nova.privacy.spoken import spell_out

FILE = Path(__file__).parent.parent / "src/nova/privacy/lexicon" / BIRTHS.file
KIND, TYPE = BIRTHS.sorts[0], "BIRTH_DATE"
STRENGTH, COPY_WEIGHT, LEAST, FEWEST, ROUNDS, SEED, CHANGED = 0.5, 0.4, 0.02, 2, 500, 3, 0.6
SHOWN = (0.3, 0.5, 0.7, 0.9)
FIRST, LAST = 1928, 2007
MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember")
Row = dict[str, Any]


@dataclass(frozen=True)
class Day:
    """A day of a line: its signs, whether it is one of birth, and whether a rule says so."""

    signs: list[str]
    birth: bool
    ruled: bool
    said: str


def read(row: Row) -> Iterator[Day]:
    """The days of a line in all views: as it stands, as it is dictated, and cell by cell; none that is part of another value."""
    view = hidden(fold(row["text"]), TOKEN)
    spoken, table = spell_out(view.text), by_columns(view.text)
    views = [
        (view.text, (view,)),
        *([(spoken.text, (spoken, view))] if spoken else ()),
        *([(table.view.text, (table.view, view))] if table else ()),
    ]
    for text, ways in views:
        found = days(text)
        ruled = [(span.start, span.end) for span in birth_dates(text)] if found else []
        for day, own in zip(found, signs(text, found), strict=True):
            start, end = day.start, day.end
            for way in ways:
                start, end = way.original(start, end)
            kinds = {span["type"] for span in row["spans"] if start < span["end"] and span["start"] < end}
            if kinds <= {TYPE}:
                told = any(day.start < stop and begin < day.end for begin, stop in ruled)
                yield Day(own, bool(kinds), told, f"{row['id']} {day.value!r} in {row['text'][:160]!r}")


def copied(row: Row, chance: random.Random) -> Row | None:
    """The line with other dates of birth; None where it has none or keeps them."""
    pieces: list[str] = []
    spans: list[Row] = []
    at = length = 0
    changed = False
    for span in sorted(row["spans"], key=lambda one: one["start"]):
        value = row["text"][span["start"] : span["end"]]
        if span["type"] == TYPE and DATE.search(value) and chance.random() < CHANGED:
            value, changed = another(chance), True
        between = row["text"][at : span["start"]]
        start = length + len(between)
        pieces += (between, value)
        spans.append({"start": start, "end": start + len(value), "type": span["type"]})
        length, at = start + len(value), span["end"]
    return {"id": row["id"], "text": "".join(pieces) + row["text"][at:], "spans": spans} if changed else None


def another(chance: random.Random) -> str:
    """A day of birth in one of many writings."""
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(FIRST, LAST)
    return chance.choice(
        [f"{day:02}.{month:02}.{year}"] * 4
        + [f"{day}.{month}.{year}"] * 2
        + [f"{day}. {MONTHS[month - 1]} {year}"] * 2
        + [f"{day:02}.{month:02}.{year % 100:02}", f"{day}.{month}.{year % 100:02}"]
        + [f"{year}-{month:02}-{day:02}", f"{day}/{month}/{year}", f"{day:02}{month:02}{year}"]
    )


def learn(lines: Sequence[Row], nobody: Sequence[Day]) -> str:
    """The weights, a kind, a sign and a weight a line."""
    chance = random.Random(SEED)
    own = [*nobody, *(day for row in lines for day in read(row))]
    more = [day for row in lines if (copy := copied(row, chance)) for day in read(copy)]
    often = Counter(sign for day in [*own, *more] for sign in set(day.signs))
    places = {sign: place for place, sign in enumerate(sorted(sign for sign, count in often.items() if count >= FEWEST))}
    rows = [sorted({places[sign] for sign in day.signs if sign in places}) for day in [*own, *more]]
    begins = np.cumsum([0, *map(len, rows)])
    table = csr_matrix((np.ones(begins[-1]), np.concatenate(rows), begins), shape=(len(rows), len(places)))
    model = LogisticRegression(C=STRENGTH, max_iter=ROUNDS, fit_intercept=False)
    model.fit(table, [day.birth for day in [*own, *more]], sample_weight=[1.0] * len(own) + [COPY_WEIGHT] * len(more))
    weights = model.coef_[0]
    return "".join(
        f"{KIND}\t{sign}\t{weights[place]:.3f}\n{NONE}\t{sign}\t0.000\n" for sign, place in places.items() if abs(weights[place]) >= LEAST
    )


def write(text: str) -> None:
    """Write the weights, the same bytes for the same text."""
    with FILE.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.encode())
    BIRTHS.__dict__.pop("table", None)


def rows(file: Path) -> list[Row]:
    """The lines of a marked file."""
    return [json.loads(line) for line in file.read_text().splitlines() if line.strip()]


def plain(place: Path) -> Iterator[Day]:
    """The days of texts in which nobody is born."""
    for file in sorted(place.glob("**/*.md")) if place.is_dir() else [place]:
        for line in file.read_text().splitlines():
            if DATE.search(line):
                yield from read({"id": file.name, "text": line.strip(), "spans": []})


def compare(files: Sequence[Path], nobody: Sequence[Day], kept: str, misses: bool) -> None:
    """What the model does on each file when it was learned from the others, alone and where no rule found anything."""
    sets = {file: rows(file) for file in files}
    whole = {likelihood: Counter[str]() for likelihood in SHOWN}
    for file, lines in sets.items():
        write(learn([row for other, told in sets.items() if other != file for row in told], nobody))
        for day in (day for row in lines for day in read(row)):
            likely = BIRTHS.likely(day.signs)[1]
            for likelihood, counts in whole.items():
                said = likely >= likelihood
                counts.update(marked=day.birth, ruled=day.birth and day.ruled, right=said and day.birth, wrong=said and not day.birth)
                if not day.ruled:
                    counts.update(adds_right=said and day.birth, adds_wrong=said and not day.birth)
            if misses and not day.ruled and day.birth != (likely >= SHOWN[1]):
                print(f"  {'missed' if day.birth else 'wrong '} {likely:.2f} {day.said} {BIRTHS.reasons(day.signs, KIND)}")
    for likelihood, counts in whole.items():
        print(f"likelihood {likelihood}: {dict(counts)}")
    write(kept)


def main() -> None:
    """Learn and write, or compare."""
    parser = argparse.ArgumentParser(description=re.sub(r"\n\n.*", "", __doc__ or "", flags=re.DOTALL))
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("--misses", action="store_true", help="with --compare: each day that was missed or wrong where no rule speaks")
    parser.add_argument(
        "--plain", type=Path, action="append", default=[], help="a file of lines or a folder of Markdown in which nobody is born"
    )
    told = parser.parse_args()
    nobody = [day for place in told.plain for day in plain(place)]
    if told.compare:
        compare(told.files, nobody, gzip.decompress(FILE.read_bytes()).decode() if FILE.exists() else "", told.misses)
        return
    text = learn([row for file in told.files for row in rows(file)], nobody)
    write(text)
    print(f"{text.count(chr(10)) // len(BIRTHS.all)} signs, {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
