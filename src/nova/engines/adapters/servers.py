"""vLLM, `transformers serve`, llama.cpp's server and Ollama: what each is asked so that it answers with a base and an adapter by name."""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nova.engines.adapters import gguf
from nova.engines.adapters.behind import LOAD_S, Held
from nova.engines.models.generate import GeneratorLimits, ollama_chat, openai_chat
from nova.engines.models.model_server import Declined, ModelServer, NoSuchPath, Place, names
from nova.errors import Conflict, ServerAbsent
from nova.ports import ChatMessage
from nova.ports.training import Adapter

CHAT = "/v1/chat/completions"
BLOB = "/api/blobs/sha256:"


@dataclass(frozen=True, slots=True)
class Where:
    """`base` is the folder with the base's weights, `model` what the server calls it ("": it says so), `folder` what is written for it."""

    url: str
    key: str
    base: Path
    model: str
    folder: Path


class _Server:
    """One address, asked with a question's patience and told with a load's."""

    name = ""
    probe = "/v1/models"
    called = ""

    def __init__(self, where: Where, limits: GeneratorLimits | None = None) -> None:
        self.where, self.limits = where, replace(limits or GeneratorLimits(), temperature=0.0)
        place = Place(self.called, where.url.removesuffix("/v1"), where.model or where.base.name, where.key, probe=self.probe)
        self.server = ModelServer(place, self.limits)
        self.loader = ModelServer(place, replace(self.limits, piece_s=LOAD_S, total_s=LOAD_S))
        self.servers = (self.server, self.loader)

    def drop(self, key: str) -> None:
        """Nothing: it cannot let go of one."""

    def chat(self, messages: Sequence[ChatMessage], model: str, most: int, **more: Any) -> Iterator[str]:
        """Words by chat completions."""
        return openai_chat(self.server, CHAT, model, messages, {"max_tokens": most, "temperature": 0.0, **more})

    def listed(self) -> list[dict[str, Any]]:
        """What `/v1/models` says."""
        entries = self.server.ask("/v1/models").get("data")
        return [one for one in entries if isinstance(one, dict) and "id" in one] if isinstance(entries, list) else []

    def own(self) -> Path:
        """The folder for what is written for the server."""
        self.where.folder.mkdir(parents=True, exist_ok=True)
        return self.where.folder


class Vllm(_Server):
    """vLLM, begun with `--enable-lora` and VLLM_ALLOW_RUNTIME_LORA_UPDATING=True: adapters are models with a parent."""

    name, called = "vllm", "vLLM"

    def held(self) -> Held:
        """As the door says."""
        listed = self.listed()
        bases = [str(one["id"]) for one in listed if not one.get("parent")]
        base = self.where.model or next(iter(bases), "")
        if base not in bases:
            raise self.server.missing(bases)
        return Held(base, frozenset(str(one["id"]) for one in listed if one.get("parent")))

    def load(self, adapter: Adapter, key: str) -> None:
        """As the door says."""
        try:
            self.loader.tell("POST", "/v1/load_lora_adapter", json={"lora_name": key, "lora_path": str(adapter.folder)})
        except NoSuchPath as error:
            hint = f"Es braucht --enable-lora, VLLM_ALLOW_RUNTIME_LORA_UPDATING=True und {adapter.folder} unter demselben Pfad."
            raise ServerAbsent(f"{error.message} {hint}") from error

    def drop(self, key: str) -> None:
        """As the door says."""
        self.loader.tell("POST", "/v1/unload_lora_adapter", json={"lora_name": key})

    def pieces(self, messages: Sequence[ChatMessage], key: str, most: int) -> Iterator[str]:
        """As the door says."""
        return self.chat(messages, key or self.held().base, most)


class TransformersServe(_Server):
    """`transformers serve` knows no adapters, but loads any folder: here the base's files, as links, with an adapter beside them.

    Each such folder becomes a model of its own there, base and all.
    """

    name, called = "transformers", "transformers serve"

    def held(self) -> Held:
        """As the door says. The base is loaded when it is first asked."""
        ours = [Path(str(one["id"])) for one in self.listed() if _loaded(one)]
        return Held(self._base(), frozenset(path.name for path in ours if path.parent == self.where.folder))

    def load(self, adapter: Adapter, key: str) -> None:
        """As the door says."""
        folder = self._written(adapter, key)
        last: Mapping[str, Any] = {}
        for line in self.loader.lines("/load_model", {"model": str(folder)}):
            if line.startswith("data:"):
                last = self.loader.parsed(line.removeprefix("data:"))
        if last.get("status") != "ready":
            raise self.loader.absent(f"kann {key} nicht laden: {last.get('message', 'ohne ein Wort dazu')}")

    def pieces(self, messages: Sequence[ChatMessage], key: str, most: int) -> Iterator[str]:
        """As the door says."""
        return self.chat(messages, str(self.where.folder / key) if key else self._base(), most)

    def _base(self) -> str:
        return self.where.model or str(self.where.base)

    def _written(self, adapter: Adapter, key: str) -> Path:
        """The folder that it loads, made whole or not at all."""
        folder, draft = self.own() / key, self.where.folder / f"{key}.draft"
        if folder.is_dir():
            return folder
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        base = self._base()
        for one in sorted(self.where.base.iterdir()):
            if one.is_file():
                (draft / one.name).symlink_to(Path(base) / one.name)  # as the server sees it
        shutil.copy(adapter.folder / "adapter_model.safetensors", draft)
        said = json.loads((adapter.folder / "adapter_config.json").read_text("utf-8"))
        (draft / "adapter_config.json").write_text(json.dumps({**said, "base_model_name_or_path": base}), "utf-8")
        return draft.rename(folder)


class LlamaCpp(_Server):
    """llama.cpp's server, begun with the adapters as GGUF files (`--lora`); each question says how much of each it wants."""

    name, called = "llamacpp", "llama.cpp"

    def held(self) -> Held:
        """As the door says. What others ask it is answered by the base alone from then on: it begins with all adapters at once."""
        found = self._adapters()
        if any(scale for _, scale in found.values()):
            self.server.tell("POST", "/lora-adapters", json=[{"id": number, "scale": 0.0} for number, _ in found.values()])
            if any(scale for _, scale in self._adapters().values()):
                raise self.server.absent("legt seine Adapter nicht beiseite")
        return Held(next((str(one["id"]) for one in self.listed()), ""), frozenset(found))

    def load(self, adapter: Adapter, key: str) -> None:
        """Never, for it loads when it begins; the file is written, and the error says how to begin it."""
        target = self.own() / f"{key}.gguf"
        if not target.is_file():
            gguf.lora(adapter.folder, self.where.base, target)
        files = ",".join(str(one) for one in sorted(self.where.folder.glob("*.gguf")))
        raise Conflict(f"llama.cpp lädt Adapter nur, wenn es beginnt. Beginnen Sie es neu mit --lora {files}")

    def pieces(self, messages: Sequence[ChatMessage], key: str, most: int) -> Iterator[str]:
        """As the door says. Numbers of adapters are those of this moment: begun anew, the server may count otherwise."""
        found = self._adapters()
        if key and key not in found:
            raise self.server.absent(f"hat {key} nicht mehr")
        scales = [{"id": number, "scale": float(one == key)} for one, (number, _) in found.items()]
        return self.chat(messages, self.where.base.name, most, lora=scales, cache_prompt=False)

    def _adapters(self) -> dict[str, tuple[int, float]]:
        """Number and scale of each, by the name of its file."""
        entries = [one for one in self.server.ask_list("/lora-adapters") if isinstance(one, dict)]
        return {Path(str(one["path"])).stem: (int(one["id"]), float(one["scale"])) for one in entries}


class Ollama(_Server):
    """Ollama: each adapter is made into a model beside the base, from files that are sent; nothing is ever pulled.

    From 0.34.1 on it takes no adapters any more, only whole models: then a file with both has to lie beside the Modelfile.
    """

    name, called, probe = "ollama", "Ollama", "/api/tags"

    def held(self) -> Held:
        """As the door says."""
        entries = self.server.ask("/api/tags").get("models")
        known = {one.removesuffix(":latest") for one in names(entries, "name")}
        base = (self.where.model or self.where.base.name).removesuffix(":latest")
        if base not in known:  # before anything is made of it: Ollama would fetch it from the net
            raise self.server.missing(sorted(known))
        return Held(base, frozenset(known - {base}))

    def load(self, adapter: Adapter, key: str) -> None:
        """As the door says."""
        whole = self.own() / f"{key}.whole.gguf"
        file = whole if whole.is_file() else self.where.folder / f"{key}.gguf"
        if not file.is_file():
            gguf.lora(adapter.folder, self.where.base, file)
        base = self.held().base
        (self.where.folder / f"{key}.Modelfile").write_text(modelfile(base, file, whole=file == whole), "utf-8")
        self._sent(file, digest := _sha256(file))
        files = {file.name: f"sha256:{digest}"}
        try:
            self._made({"model": key, "files": files} if file == whole else {"model": key, "from": base, "adapters": files})
        except Declined as error:
            if "adapter" not in error.message.lower() or file == whole:
                raise
            raise Conflict(
                "Dieses Ollama nimmt keine Adapter mehr an (seit 0.34.1). Fügen Sie Basis und Adapter zusammen, dann schickt Nova das: "
                f"llama-export-lora -m BASIS.gguf --lora {file} -o {whole}"
            ) from error

    def drop(self, key: str) -> None:
        """As the door says."""
        self.loader.tell("DELETE", "/api/delete", (200, 404), json={"model": key})

    def pieces(self, messages: Sequence[ChatMessage], key: str, most: int) -> Iterator[str]:
        """As the door says."""
        model = key or self.where.model or self.where.base.name
        return ollama_chat(self.server, model, messages, most, self.limits)

    def _sent(self, file: Path, digest: str) -> None:
        """The file, unless it lies there already."""
        if self.loader.tell("HEAD", BLOB + digest, (200, 404)) == 404:
            with file.open("rb") as content:
                self.loader.tell("POST", BLOB + digest, (200, 201), content=content)

    def _made(self, wanted: Mapping[str, Any]) -> None:
        last: Mapping[str, Any] = {}
        for line in self.loader.lines("/api/create", wanted):
            if line:
                last = self.loader.parsed(line)
        if last.get("status") != "success":
            raise self.loader.absent("hat das Modell nicht zu Ende gemacht")


def modelfile(base: str, file: Path, *, whole: bool) -> str:
    """The same for people, who make it with `ollama create NAME -f FILE`."""
    source = f"FROM {file}\n" if whole else f"FROM {base}\nADAPTER {file}\n"
    return f"{source}PARAMETER temperature 0\n"


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _loaded(one: Mapping[str, Any]) -> bool:
    status = one.get("status")
    return not isinstance(status, dict) or status.get("value") == "loaded"


DOORS = {door.name: door for door in (TransformersServe, LlamaCpp, Vllm, Ollama)}
