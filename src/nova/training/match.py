"""Two facts in, whether one tells what the other asks for, and whether they may both be true of one thing."""

from nova.training.facts import SHARE_TOLERANCE, TOLERANCE, Fact, against

_TIMES = frozenset({"monat", "minute", "werktag", "arbeitstag"})


def tells(said: Fact, wanted: Fact) -> bool:
    """Whether a fact of an answer is the one that its reference holds, as exact as there or more so."""
    if said.kind != wanted.kind:
        return said.kind == "provision" and wanted.kind == "law" and said.norm is not None and said.norm.law == wanted.name
    if wanted.kind == "amount":
        return _equal(said, wanted)
    if wanted.kind == "date":
        return _day(said.name, wanted.name) and not against(said.bound, wanted.bound)
    if wanted.kind == "provision":
        return _place(said, wanted)
    return said.name == wanted.name


def fits(said: Fact, held: Fact) -> bool:
    """Whether a fact of an answer is borne out by one that is held, be it less exact."""
    if said.kind == "law" and held.kind == "provision" and held.norm is not None:
        return said.name == held.norm.law
    if said.kind == held.kind == "date":
        return not against(said.bound, held.bound) and (_day(said.name, held.name) or _day(held.name, said.name))
    return tells(said, held)


def rivals(said: Fact, wanted: Fact) -> bool:
    """Whether two facts are of one sort, so that one of them in the other's place is wrong."""
    if said.kind == "amount" == wanted.kind:
        return said.unit == wanted.unit or {said.unit, wanted.unit} <= _TIMES
    return said.kind == wanted.kind


def _equal(said: Fact, wanted: Fact) -> bool:
    if against(said.bound, wanted.bound):
        return False
    near = SHARE_TOLERANCE if said.unit == "prozent" and _is_fraction(said, wanted) else TOLERANCE
    if not said.unit or not wanted.unit:
        return _near(said.plain, wanted.plain, near)
    if said.unit != wanted.unit:
        return False  # days are no months: 30 days and one month are different terms in law
    if said.per and wanted.per:
        return said.per == wanted.per and _near(said.value / said.rate, wanted.value / wanted.rate, near)
    return _near(said.value, wanted.value, near)


def _is_fraction(said: Fact, wanted: Fact) -> bool:
    """Whether one of two shares was written as a third, sixth or the like."""
    return any(abs(one.value * 6 % 100) < 0.01 or abs(one.value * 6 % 100 - 100) < 0.01 for one in (said, wanted)) and any(
        not float(one.value).is_integer() for one in (said, wanted)
    )


def _near(left: float, right: float, share: float) -> bool:
    return abs(left - right) <= share * max(abs(left), abs(right))


def _day(said: str, wanted: str) -> bool:
    """Days as `2025-01-31`, `2025-01`, `2025` or `--01-31`: the wanted one, or a more exact one."""
    if wanted.startswith("--"):
        return said[-5:] == wanted[2:] and len(said) > 6
    if said.startswith("--"):
        return len(wanted) == 10 and said[2:] == wanted[5:]
    return said == wanted or said.startswith(f"{wanted}-")


def _place(said: Fact, wanted: Fact) -> bool:
    left, right = said.norm, wanted.norm
    if left is None or right is None or (left.kind, left.number) != (right.kind, right.number):
        return False
    pairs = ((left.law, right.law), (left.absatz, right.absatz), (left.satz, right.satz), (left.nummer, right.nummer))
    return all(one is None or other is None or one == other for one, other in pairs)
