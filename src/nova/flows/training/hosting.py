"""Who lets tuned models answer: which hosts there are, the one that is set up, whether it can be reached, and what lies ready there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nova.errors import NovaError
from nova.flows.training.serving import AdapterStanding, ServingAdapters

HOSTS = {
    "process": "ein Prozess auf diesem Rechner (PEFT)",
    "transformers": "`transformers serve`, je Adapter ein Modell",
    "llamacpp": "der Server von llama.cpp, Adapter beim Start",
    "vllm": "vLLM, Adapter zur Laufzeit",
    "ollama": "Ollama, je Adapter ein Modell",
}


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
