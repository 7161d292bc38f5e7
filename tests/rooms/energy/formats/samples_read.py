"""Files of the samples and made ones, read as the service reads them, but in this process."""

from pathlib import Path

import numpy as np

from nova.energy.delivery.imports import plain
from nova.energy.formats import child
from nova.energy.formats.parsed import Options, ParsedRows
from nova.energy.formats.rowtimes import State
from nova.energy.formats.sniff import HEAD, sniff
from nova.series import Readings

SAMPLES = Path(__file__).parents[1] / "samples"
AUTUMN, SPRING = 1729980000, 1711839600  # when 2024-10-27 and 2024-03-31 begin in Germany


def parse(data: bytes | str, **options: str) -> ParsedRows:
    raw = plain(data.encode() if isinstance(data, str) else data)
    return child.read(sniff(raw[:HEAD]), raw, Options(**options), State())


def sample(name: str, **options: str) -> ParsedRows:
    return parse((SAMPLES / name).read_bytes(), name=name, **options)


def reasons(parsed: ParsedRows, kind: str = "refused") -> dict[str, int]:
    return {reason.text: reason.count for reason in parsed.report.reasons if reason.kind == kind}


def equal(first: Readings, second: Readings) -> bool:
    """Whether two objects hold the same rows."""
    values = all(
        np.array_equal(getattr(first, name), getattr(second, name), equal_nan=True)
        for name in ("ts", "consumption", "production", "voltage")
    )
    rules = [first.rules[code] for code in first.rule] == [second.rules[code] for code in second.rule]
    head = (first.meter_id, first.seconds) == (second.meter_id, second.seconds)
    return head and values and rules and np.array_equal(first.quality, second.quality)
