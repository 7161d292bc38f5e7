"""The functions whose conditions are hard to follow, counted as `lizard` does: 1, and 1 for each branch, loop, `and`, `or` and condition.

`python -m scripts.complexity` writes `tests/house/complexity.txt` anew. The record may only shrink: a function that comes to it, or grows,
is named, and nothing is written.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

import lizard

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "nova"
RECORD = ROOT / "tests" / "house" / "complexity.txt"
MOST = 10

Complex = Mapping[str, int]


def measured() -> dict[str, int]:
    """Every function of the package over `MOST`, as `file function`, with its number; of two of one name in a file the larger."""
    found: dict[str, int] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for one in lizard.analyze_file(str(path)).function_list:
            if one.cyclomatic_complexity > MOST:
                name = f"{path.relative_to(PACKAGE).as_posix()} {one.name}"
                found[name] = max(one.cyclomatic_complexity, found.get(name, 0))
    return found


def recorded() -> dict[str, int]:
    """What the record says."""
    lines = [line.rsplit(" ", 1) for line in RECORD.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return {name: int(number) for name, number in lines}


def grown(now: Complex, before: Complex) -> list[str]:
    """The functions that are not in the record, or were simpler there."""
    return [f"{name} has {number}, {before.get(name, MOST)} at most" for name, number in now.items() if number > before.get(name, MOST)]


def main() -> int:
    """Write the record; 1 where something grew."""
    now = measured()
    worse = grown(now, recorded()) if RECORD.exists() else []
    for line in worse:
        print(line, file=sys.stderr)
    if not worse:
        head = f"# Functions over {MOST} as lizard counts; it may only shrink: `python -m scripts.complexity` writes it anew.\n"
        RECORD.write_text(head + "".join(f"{name} {number}\n" for name, number in sorted(now.items())), "utf-8")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
