"""Settings in; whether whoever smells gas or sits in the dark is told the supplier's number out."""

from collections.abc import Iterator

from nova.cli.checks.line import Line
from nova.cli.hotlines import hotlines, serving
from nova.settings import Settings

FIX = "NOVA_HOTLINE=<Ihre Störungsnummer>; für einzelne Sparten NOVA_HOTLINE_GAS, NOVA_HOTLINE_POWER, NOVA_HOTLINE_HEAT, NOVA_HOTLINE_WATER"


def hotline(settings: Settings) -> Iterator[Line]:
    """Gas and power have a number, or a common one stands for all."""
    known, served = hotlines(settings), serving(settings)
    if served and not any(served.values()) and known.numbers:
        yield Line("hotline", "fail", "Nova läuft noch ohne die eingestellte Störungsnummer.", "`nova down`, dann `nova up`")
    elif not known.of("gas") or not known.of("outage"):
        lacking = " und ".join(name for name, kind in (("Gas", "gas"), ("Strom", "outage")) if not known.of(kind))  # type: ignore[arg-type]
        yield Line("hotline", "fail", f"Keine Störungsnummer für {lacking}: Bei Notfällen steht dort nur die 112.", FIX)
    elif not known.of("heat") or not known.of("water"):
        yield Line("hotline", "warn", "Wärme oder Wasser haben keine Störungsnummer: Bei Rohrbrüchen steht dort nur die 112.", FIX)
    else:
        yield Line("hotline", "ok", ", ".join(known.numbers))
