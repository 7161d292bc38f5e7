"""Rows with pairs planted that give each other away in, how many of these a split by chance and one by groups leave on two sides out.

`python -m benchmarks.training_split`: 5,000 rows (five seeds), every second one with a planted partner: word for word, with slips, in other
words, within a longer answer, or of the same person, session or template. Copies are left out first.
"""

import random
import time
from collections.abc import Iterable, Mapping

import polars as pl

from benchmarks.training_pairs import planted
from nova.seeding.split import Split, split
from nova.training.dataset import groups

SEEDS, TRAIN, TEST = range(5), 3_300, 1_700


def placed(named: Mapping[str, str]) -> dict[str, str]:
    """Rows by id to their side, by their group."""
    frame = split(pl.DataFrame({"id": list(named), "group": list(named.values())}), Split("group"))
    return dict(frame.select("id", "split").iter_rows())


def across(pairs: Iterable[tuple[str, str]], places: Mapping[str, str]) -> int:
    """How many pairs stand on two sides; a row that is left out stands on none."""
    return sum(one in places and other in places and places[one] != places[other] for one, other in pairs)


def main() -> None:
    """Print a line a seed."""
    for seed in SEEDS:
        made = planted(TRAIN, TEST, seed, share=0.9)
        rows = [{**row, "kind": "sft", "source": "answer"} for row in (*made.train, *made.test)]
        dice = random.Random(seed)
        chance = {row["id"]: dice.choices(("train", "validation", "test"), (70, 15, 15))[0] for row in rows}
        begun = time.process_time()
        gone = {one.id for one in groups.twins(rows)}
        _, places = groups.apart([row for row in rows if row["id"] not in gone], placed)
        seconds = time.process_time() - begun
        alone = len(gone - {id_ for pair in made.leaks for id_ in pair})
        share = sum(side == "test" for side in places.values()) / len(places)
        print(
            f"seed {seed}: {len(rows)} rows, {len(made.leaks)} pairs; by chance {across(made.leaks, chance)} on two sides, by groups "
            f"{across(made.leaks, places)}; {len(gone)} copies left out ({alone} of no pair), test {share:.1%}, {seconds:.1f} CPU s"
        )


if __name__ == "__main__":
    main()
