"""Lines with marked personal values in, recall and precision a class and milliseconds a text out.

    python benchmarks/privacy.py FILE.jsonl [--misses]
    python benchmarks/privacy.py --negatives FOLDER [--most 2000]
    python benchmarks/privacy.py --terms FILE.txt

A line is `{"id", "text", "spans": [{"start", "end", "type"}]}`. A marked span counts as found when spans of its type cover every
letter and digit of it; a found span is right when it overlaps a marked span of its type; `exact` counts equal edges. `--negatives` takes
texts that hold no personal values (such as laws) and says how many spans are found in a thousand sentences. `--terms` takes lines in
which nobody is named and says in how many something is found.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nova.privacy import TYPES, find

Row = dict[str, Any]
PASSAGE, SENTENCE = re.compile(r"\n\s*\n"), re.compile(r"[.!?](?:\s|$)")
WARMING = 3


def rows(files: Iterable[Path]) -> list[Row]:
    """All lines of the files."""
    return [json.loads(line) for file in files for line in file.read_text().splitlines() if line.strip()]


def found_in(text: str) -> list[tuple[int, int, str]]:
    """What Nova finds, by the names of types that the lines use."""
    return [(span.start, span.end, TYPES[span.kind]) for span in find(text)]


def covered(text: str, marked: tuple[int, int, str], found: list[tuple[int, int, str]]) -> bool:
    """Whether spans of its type cover every letter and digit of a marked span."""
    inside = {place for start, end, kind in found if kind == marked[2] for place in range(start, end)}
    return all(place in inside for place in range(marked[0], marked[1]) if text[place].isalnum())


def overlaps(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Whether two spans of one type share a character."""
    return one[2] == other[2] and one[0] < other[1] and other[0] < one[1]


def measure(lines: list[Row], misses: bool = False) -> dict[str, Counter[str]]:
    """Counts a class: marked, found, exact, predicted, right."""
    counts: dict[str, Counter[str]] = {}
    for line in lines:
        text, found = line["text"], found_in(line["text"])
        marked = [(span["start"], span["end"], span["type"]) for span in line["spans"]]
        for span in marked:
            hit = covered(text, span, found)
            counts.setdefault(span[2], Counter()).update(marked=1, found=hit, exact=span in found)
            if misses and not hit:
                print(f"  missed {line['id']} {span[2]} {text[span[0] : span[1]]!r} in {text!r}")
        for span in found:
            right = any(overlaps(span, one) for one in marked)
            counts.setdefault(span[2], Counter()).update(predicted=1, right=right)
            if misses and not right:
                print(f"  wrong  {line['id']} {span[2]} {text[span[0] : span[1]]!r} in {text!r}")
    return counts


def report(counts: dict[str, Counter[str]]) -> None:
    """A table, with the whole in its last line."""
    whole: Counter[str] = Counter()
    print(f"{'class':<14}{'marked':>7}{'recall':>8}{'exact':>7}{'found':>7}{'precision':>10}")
    for name in sorted(counts):
        whole.update(counts[name])
        _line(name, counts[name])
    _line("all", whole)


def _line(name: str, one: Counter[str]) -> None:
    recall, exact = (one[key] / one["marked"] if one["marked"] else 1.0 for key in ("found", "exact"))
    precision = one["right"] / one["predicted"] if one["predicted"] else 1.0
    print(f"{name:<14}{one['marked']:>7}{recall:>8.3f}{exact:>7.3f}{one['predicted']:>7}{precision:>10.3f}")


def speed(texts: list[str]) -> float:
    """CPU milliseconds a text, warmed up."""
    for text in texts[:WARMING]:
        find(text)
    begun = time.process_time()
    for text in texts:
        find(text)
    return (time.process_time() - begun) * 1000 / max(1, len(texts))


def negatives(folder: Path, most: int) -> None:
    """How often something is found where there is nothing."""
    passages = [one for file in sorted(folder.glob("*.md")) for one in PASSAGE.split(file.read_text())]
    chosen = passages[:: max(1, len(passages) // most)][:most]
    sentences = sum(len(SENTENCE.findall(one)) or 1 for one in chosen)
    found = [(TYPES[span.kind], one[span.start : span.end]) for one in chosen for span in find(one)]
    print(f"{len(chosen)} passages, {sentences} sentences, {len(found)} found: {1000 * len(found) / sentences:.2f} a thousand sentences")
    for (name, value), count in Counter(found).most_common(60):
        print(f"  {count:>4} {name} {value!r}")


def terms(file: Path) -> None:
    """In how many lines something is found where nobody is named."""
    lines = [line for line in file.read_text().splitlines() if line.strip()]
    print(f"{sum(bool(find(line)) for line in lines)} of {len(lines)} lines of {file.name} redacted")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--negatives", type=Path)
    parser.add_argument("--most", type=int, default=2000)
    parser.add_argument("--terms", type=Path)
    told = parser.parse_args()
    if told.terms:
        terms(told.terms)
    if told.negatives:
        negatives(told.negatives, told.most)
    if told.files:
        lines = rows(told.files)
        report(measure(lines, told.misses))
        print(f"{len(lines)} lines, {speed([line['text'] for line in lines]):.3f} ms a text (CPU)")


if __name__ == "__main__":
    main()
