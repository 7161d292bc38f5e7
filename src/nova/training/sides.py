"""Three tables in, the questions that both sides answer out, with what is missing or doubled on one side."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nova.training.judge import Item
from nova.training.refusals import sounds_refusing
from nova.training.rows import Table

_YES = frozenset({"true", "1", "ja", "j", "yes", "y", "wahr", "t", "x"})
_NO = frozenset({"false", "0", "nein", "n", "no", "falsch", "f", "-"})
NO_TOPIC = "ohne Thema"


@dataclass(frozen=True, slots=True)
class Sides:
    """The questions that both answer, in order, each side's answers by id, and German sentences of what does not fit (`faults`)."""

    items: tuple[Item, ...]
    cand: Mapping[str, str]
    base: Mapping[str, str]
    faults: tuple[str, ...]


def sides_of(cand: Table, base: Table, reference: Table, problems: list[str]) -> Sides:
    """What can be compared. A fault is an id that comes twice, or that one side lacks; what neither side answers is told, too."""
    ours, theirs, asked = (list(dict.fromkeys(row["id"] for row in table.rows)) for table in (cand, base, reference))
    faults = [
        *map(_doubled, (cand, base, reference)),
        _missing(cand.name, asked, ours), _missing(base.name, asked, theirs), _missing(reference.name, [*ours, *theirs], asked),
    ]  # fmt: skip
    first, second = _answers(cand), _answers(base)
    items = tuple(one for one in _items(reference, problems) if one.id in first and one.id in second)
    return Sides(items, first, second, tuple(filter(None, faults)))


def _missing(name: str, wanted: Sequence[str], there: Sequence[str]) -> str:
    known = set(there)
    lacking = list(dict.fromkeys(one for one in wanted if one not in known))
    return f"In „{name}“ fehlen {len(lacking)} Kennungen, etwa {', '.join(lacking[:3])}." if lacking else ""


def _doubled(table: Table) -> str:
    counts = Counter(row["id"] for row in table.rows)
    twice = [one for one, count in counts.items() if count > 1]
    return f"In „{table.name}“ stehen {len(twice)} Kennungen mehrfach, etwa {', '.join(twice[:3])}." if twice else ""


def _answers(table: Table) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in table.rows:
        found.setdefault(row["id"], row["answer"])
    return found


def _items(table: Table, problems: list[str]) -> Iterable[Item]:
    """The questions that can be judged, the first of each id."""
    found: dict[str, Item] = {}
    odd = untold = 0
    for row in table.rows:
        answerable, readable = _answerable(row)
        odd += not readable
        untold += answerable and not row["reference"]
        if row["reference"] or not answerable:
            found.setdefault(
                row["id"], Item(row["id"], row.get("topic") or NO_TOPIC, row.get("question", ""), row["reference"], answerable)
            )
    if odd:
        problems.append(f"{odd} Zeilen sagen unlesbar, ob die Frage beantwortbar ist; nach der Referenz gelesen.")
    if untold:
        problems.append(f"{untold} beantwortbare Fragen haben keine Referenz; übergangen.")
    return found.values()


def _answerable(row: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether a question has an answer (by its reference where the row does not say), and whether what the row says is readable."""
    said = row.get("answerable", "").lower()
    if said in _YES or said in _NO:
        return said in _YES, True
    return bool(row["reference"]) and not sounds_refusing(row["reference"]), not said
