"""What can be wrong with readings: the kinds of fault, a finding, and what is known beside the readings."""

from dataclasses import dataclass
from typing import Literal

from nova.series import Readings

Kind = Literal["gap", "stuck", "spike", "unit", "late", "dst"]
KINDS: tuple[Kind, ...] = ("gap", "stuck", "spike", "unit", "late", "dst")
COLUMNS = ("consumption", "production")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with the intervals that begin from `start` up to `end` (excluded), and why it is thought so, in German.

    `column` names the power it is about ("" for all), `factor` what its values have to be multiplied with (1 where that is not known).
    """

    kind: Kind
    start: int
    end: int
    why: str
    column: str = ""
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the readings: the window they should fill, and the versions that corrections replaced (ascending)."""

    start: int | None = None
    end: int | None = None
    earlier: Readings | None = None
