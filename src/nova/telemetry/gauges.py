"""The gauges of the machine: processor, memory and disk, and what Nova's own processes take of them."""

from collections.abc import Callable, Iterator

from nova.ports.watching import Gauge, Sample
from nova.recent import Recent
from nova.telemetry.machine import Machine

KEPT_S = 10.0
FIGURES: tuple[tuple[str, str, Callable[[Machine], float | None]], ...] = (
    ("nova_cpu_cores", "Processors of this machine.", lambda found: found.cores),
    ("nova_cpu_busy", "Share of all processors that works, from 0 to 1, over a quarter of a second.", lambda found: found.cpu),
    ("nova_load", "Processes that run or want to, over a minute.", lambda found: found.load),
    ("nova_own_cpu", "Processors that Nova's own processes keep busy.", lambda found: found.own_cpu),
    ("nova_memory_total_bytes", "Memory of this machine.", lambda found: found.memory_total),
    ("nova_memory_available_bytes", "Memory that is to be had.", lambda found: found.memory_available),
    ("nova_own_memory_bytes", "Memory that Nova's own processes hold, shared parts by share.", lambda found: found.own_memory),
    ("nova_disk_total_bytes", "Size of the data folder's disk.", lambda found: found.disk_total),
    ("nova_disk_free_bytes", "Free on the data folder's disk.", lambda found: found.disk_free),
)


def machine_gauges(look: Callable[[], Machine]) -> list[Gauge]:
    """One look, a quarter of a second long, serves all of them for some seconds; what the system does not tell is left out."""
    machine = Recent(look, KEPT_S)

    def reader(figure: Callable[[Machine], float | None]) -> Callable[[], Iterator[Sample]]:
        def read() -> Iterator[Sample]:
            value = figure(machine())
            if value is not None:
                yield Sample((), value)

        return read

    return [Gauge(name, text, (), reader(figure)) for name, text, figure in FIGURES]
