"""Who lets tuned models answer: which hosts there are, the one that is set up, whether it can be reached, and what lies ready there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nova.errors import NovaError
from nova.flows.training.serving import AdapterStanding, ServingAdapters
from nova.ports.watching import Service

HOSTS = {
    "process": "ein Prozess auf diesem Rechner (PEFT)",
    "transformers": "`transformers serve`, je Adapter ein Modell",
    "llamacpp": "der Server von llama.cpp, Adapter beim Start",
    "vllm": "vLLM, Adapter zur Laufzeit",
    "ollama": "Ollama, je Adapter ein Modell",
}
MEANWHILE = "Antworten schreibt solange die Basis, oder sie werden aus Fundstellen zusammengestellt."


@dataclass(frozen=True, slots=True)
class HostSeen:
    """The host that is set up ("": none) as it is now: its base and the adapters that lie ready, or why not (German)."""

    chosen: str
    base: str
    reached: bool
    reason: str
    holds: str
    adapters: Sequence[str]
    serving: Sequence[AdapterStanding]


class Hosts:
    """`chosen` and `base` as they are set; `adapters` lets them answer."""

    def __init__(self, chosen: str, base: str, adapters: ServingAdapters | None) -> None:
        self._chosen, self._base, self._adapters = chosen, base, adapters

    def look(self) -> HostSeen:
        """Ask it; a process on this machine is begun for that."""
        if self._adapters is None:
            return HostSeen(self._chosen, self._base, False, "", "", (), ())
        told: Mapping[str, Any] = {}
        reason = ""
        try:
            told = self._adapters.host.health()
        except NovaError as error:
            reason = error.message
        adapters, serving = told.get("adapters", ()), self._adapters.standing()
        return HostSeen(self._chosen, self._base, not reason, reason, str(told.get("model", "")), adapters, serving)


def serves(adapters: ServingAdapters | None) -> str:
    """The adapter that answers everybody now; "" where none does, or it does not lie ready."""
    return next((one.name for one in adapters.standing() if one.state == "live" and one.ready), "") if adapters else ""


def state(chosen: str, adapters: ServingAdapters | None) -> Service:
    """How what is to answer lies there, without asking the host for anything."""
    if adapters is None:
        return Service("absent", "Kein Host für trainierte Modelle eingerichtet (NOVA_ADAPTER_HOST).")
    standing, where = adapters.standing(), "embedded" if chosen == "process" else "server"
    away = [one for one in standing if one.reason and not one.ready]
    if away:
        told = " ".join(f"{one.name} liegt nicht bereit. {one.reason}" for one in away)
        return Service("degraded", f"{told} {MEANWHILE}", where)
    told = ", ".join(f"{one.name} {_does(one)}" for one in standing)
    return Service("ok", f"{chosen}: {told or 'kein Adapter dient'}", where)


def _does(one: AdapterStanding) -> str:
    """What becomes of one that nothing is known against; the first question after a start has it loaded."""
    if not one.ready:
        return "wird mit der nächsten Frage geladen"
    return "dient" if one.state == "live" else "wird erprobt"
