"""The contract of `AdapterHost`, run on hosts behind servers that are spoken to as their documentation says; and what is each server's own.

tests/tuning/test_hosts.py runs the first part on the host of this machine, on llama.cpp and on `transformers serve` themselves.
"""

import json
import struct
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from nova.answers import work
from nova.answers.ask import Question, ask
from nova.answers.compose.learned_form import Form
from nova.engines.adapters import gguf
from nova.engines.adapters.behind import KEPT, ServerHost
from nova.engines.adapters.servers import DOORS, Where, modelfile
from nova.engines.models.generate import GeneratorLimits
from nova.engines.models.model_server import TooLong
from nova.errors import Conflict, NovaError, ServerAbsent
from nova.flows.training.serving import TunedGenerator, verify
from nova.ports import ChatMessage
from nova.ports.training import Adapter, AdapterHost
from nova.training.config import base_folder, folder_digest
from tests.fakes.adapter_servers import BASE, AdapterServer, serving, voice
from tests.fakes.http import running
from tests.rooms.answers.shelf import laws

QUICK = GeneratorLimits(connect_s=1, piece_s=5, total_s=10, queue_s=0.5)
NOTICE = "Mit welcher Frist kann der Grundversorgungsvertrag gekündigt werden?"
TRUE = "Der Grundversorgungsvertrag kann mit einer Frist von zwei Wochen gekündigt werden [1]. "
FALSE = "Er kann auch mit einer Frist von drei Tagen gekündigt werden [1]. "
NOWHERE = "Die Kündigung bedarf der Textform [9]."


@dataclass
class Hosted:
    """A host with two adapters that it could answer with, what is to be said by whom ("": the base), and the fake behind it, if any."""

    host: AdapterHost
    adapters: dict[str, Adapter]
    said: Callable[[str], str]
    messages: list[ChatMessage] = field(default_factory=lambda: [ChatMessage("user", "Wer da?")])
    server: AdapterServer | None = None
    most: int = 48

    def pieces(self, name: str) -> list[str]:
        return list(self.host.stream(self.messages, adapter=self.adapters.get(name), max_tokens=self.most))


def lora_of(folder: Path, name: str, **more: object) -> Adapter:
    """A small adapter of one layer, as a run leaves it: below the folder that has the run's name."""
    folder = folder / "adapter"
    folder.mkdir(parents=True, exist_ok=True)
    dice = np.random.default_rng(len(name))
    place = "base_model.model.model.layers.0.self_attn.q_proj.lora_{}.weight"
    found = {place.format(part): dice.normal(0, 1, shape).astype("<f4") for part, shape in (("A", (2, 128)), ("B", (128, 2)))}
    header: dict[str, object] = {}
    at = 0
    for key, values in found.items():
        header[key] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [at, at := at + values.nbytes]}
    told = json.dumps(header).encode()
    data = struct.pack("<Q", len(told)) + told + b"".join(values.tobytes() for values in found.values())
    (folder / "adapter_model.safetensors").write_bytes(data)
    (folder / "adapter_config.json").write_text(
        json.dumps(
            {"peft_type": "LORA", "task_type": "CAUSAL_LM", "r": 2, "lora_alpha": 4, "bias": "none", "target_modules": ["q_proj"]}
            | {"base_model_name_or_path": name, **more}
        )
    )
    return Adapter(name, folder, folder_digest(folder))


def base() -> Path:
    return base_folder("nova-mini", Path())


def host_at(server: AdapterServer, folder: Path, limits: GeneratorLimits = QUICK) -> ServerHost:
    """A host behind a fake, whose own files lie in a folder."""
    model = str(base()) if server.kind == "transformers" else BASE
    return ServerHost(DOORS[server.kind](Where(server.address, "", base(), model, folder), limits), verify)


@pytest.fixture(params=sorted(DOORS))
def hosted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hosted]:
    adapters = {name: lora_of(tmp_path / "runs" / name, name) for name in ("eins", "zwei")}
    own = tmp_path / "host"
    files: tuple[Path, ...] = ()
    if request.param == "llamacpp":  # it has to begin with them
        own.mkdir()
        files = tuple(own / f"{one.key}.gguf" for one in adapters.values())
    with ExitStack() as stack:
        server = stack.enter_context(serving(request.param, files=files))
        host = host_at(server, own)
        stack.callback(host.close)
        yield Hosted(host, adapters, lambda name: voice(adapters[name].key if name else ""), server=server)


def test_words_come_in_pieces_whichever_adapter_is_asked(hosted: Hosted) -> None:
    for name in ("eins", "", "zwei", "eins", ""):
        pieces = hosted.pieces(name)
        assert len(pieces) > 1 and "".join(pieces).strip() == hosted.said(name)


def test_adapters_answer_beside_each_other(hosted: Hosted) -> None:
    asked = ["eins", "zwei", "", "zwei", "eins", ""] * 3
    with ThreadPoolExecutor(3) as clients:
        found = list(clients.map(lambda name: "".join(hosted.pieces(name)).strip(), asked))
    assert found == [hosted.said(name) for name in asked]


def test_an_adapter_lies_ready_once_it_is_prepared_and_is_told(hosted: Hosted) -> None:
    one = hosted.adapters["eins"]
    assert not hosted.host.ready(one) and not hosted.host.ready(hosted.adapters["zwei"])
    hosted.host.prepare(one)
    assert hosted.host.ready(one)
    told = hosted.host.health()
    assert told["name"] == hosted.host.name and told["model"] and any("eins" in key for key in told["adapters"])


def test_other_files_than_those_that_were_judged_are_refused(hosted: Hosted, tmp_path: Path) -> None:
    others = (
        (replace(hosted.adapters["eins"], sha256="0" * 64), "andere als die, die beurteilt wurden"),
        (
            Adapter("drei", tmp_path / "nirgends", "1" * 64),
            "nicht geladen",
        ),
    )
    for other, why in others:
        with pytest.raises(Conflict, match=why):
            hosted.host.prepare(other)
        with pytest.raises(Conflict):
            next(hosted.host.stream(hosted.messages, adapter=other, max_tokens=8))
        assert not hosted.host.ready(other)
    assert hosted.server is None or hosted.server.seen == []  # not even that there is one


def test_who_stops_listening_hinders_nobody(hosted: Hosted) -> None:
    for _ in range(3):
        pieces = hosted.host.stream(hosted.messages, adapter=hosted.adapters["zwei"], max_tokens=2000)
        next(pieces)
        pieces.close()  # type: ignore[attr-defined]
    assert "".join(hosted.pieces("eins")).strip() == hosted.said("eins")


CONTRACT = (
    test_words_come_in_pieces_whichever_adapter_is_asked,
    test_adapters_answer_beside_each_other,
    test_an_adapter_lies_ready_once_it_is_prepared_and_is_told,
    test_other_files_than_those_that_were_judged_are_refused,
    test_who_stops_listening_hinders_nobody,
)


def fake_of(hosted: Hosted) -> AdapterServer:
    assert hosted.server is not None
    return hosted.server


def test_a_stream_that_is_left_is_cut_at_the_server(hosted: Hosted) -> None:
    fake_of(hosted).mode = "endless"
    pieces = hosted.host.stream(hosted.messages, adapter=hosted.adapters["eins"], max_tokens=48)
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert fake_of(hosted).hung_up.wait(5)


def test_gone_in_the_middle_it_says_so_and_the_adapter_is_prepared_again(hosted: Hosted) -> None:
    server, one = fake_of(hosted), hosted.adapters["eins"]
    server.mode = "cut"
    heard: list[str] = []
    with pytest.raises(ServerAbsent, match="abgebrochen"):
        heard.extend(hosted.host.stream(hosted.messages, adapter=one, max_tokens=48))
    assert heard and not hosted.host.ready(one)
    server.mode = "good"
    assert "".join(hosted.pieces("eins")) == hosted.said("eins") and hosted.host.ready(one)


def test_what_is_too_long_for_it_takes_no_adapter_away(hosted: Hosted) -> None:
    fake_of(hosted).mode = "long"
    with pytest.raises(TooLong):
        hosted.pieces("eins")
    assert hosted.host.ready(hosted.adapters["eins"])


def test_a_server_that_is_not_there_is_named(hosted: Hosted, tmp_path: Path) -> None:
    hosted.host.prepare(hosted.adapters["eins"])
    fake_of(hosted).stop()
    for act in (lambda: hosted.host.prepare(hosted.adapters["zwei"]), hosted.host.health, lambda: hosted.pieces("eins")):
        with pytest.raises(ServerAbsent, match="ist nicht erreichbar"):
            act()
    assert not hosted.host.ready(hosted.adapters["eins"])


def test_questions_are_greedy(hosted: Hosted) -> None:
    hosted.pieces("eins")
    server = fake_of(hosted)
    asked = server.asked("/api/chat" if server.kind == "ollama" else "/v1/chat/completions")[-1]
    told = asked["options"] if server.kind == "ollama" else asked
    assert told["temperature"] == 0.0 and 48 in (told.get("max_tokens"), told.get("num_predict"))


def test_what_luna_cannot_prove_is_not_shown_whoever_writes(hosted: Hosted) -> None:
    server = fake_of(hosted)
    server.said = TRUE + FALSE + NOWHERE
    writer = (TunedGenerator(hosted.adapters["eins"], hosted.host), Form("", 8192, 200))
    answer = ask(replace(laws(), tuned=lambda _: writer), Question(NOTICE))
    assert answer.sentences[0].text == "Der Grundversorgungsvertrag kann mit einer Frist von zwei Wochen gekündigt werden."
    assert "drei Tagen" not in answer.text and answer.model == "eins"
    assert all(one.checked and one.citations for one in answer.sentences)
    server.said = FALSE
    answer = ask(replace(laws(), tuned=lambda _: writer), Question(NOTICE))
    assert answer.sentences[0].text == work.UNPROVEN and "Frist von zwei Wochen" in answer.text and "drei Tagen" not in answer.text
    server.mode = "cut"
    answer = ask(replace(laws(), tuned=lambda _: writer), Question(NOTICE))
    assert "Frist von zwei Wochen" in answer.text and answer.status == "answered"


def test_only_so_many_are_kept_and_the_one_in_use_is_not_the_one_that_goes(tmp_path: Path) -> None:
    many = [lora_of(tmp_path / f"lauf-{at}", f"lauf-{at}") for at in range(KEPT + 1)]
    for kind in ("vllm", "ollama"):
        with serving(kind) as server:
            host = host_at(server, tmp_path / kind)
            for one in many[:KEPT]:
                host.prepare(one)
            host.prepare(many[0])  # it is asked again and again
            host.prepare(many[KEPT])
            assert [host.ready(one) for one in many] == [True, False, True, True]
            assert many[1].key not in {*server.loaded, *server.models} and many[0].key in {*server.loaded, *server.models}
            host.close()


def test_vllm_begun_without_what_it_takes_says_what(tmp_path: Path) -> None:
    one = lora_of(tmp_path / "eins", "eins")
    with serving("vllm") as server:
        host = host_at(server, tmp_path / "own")
        host.prepare(one)
        assert server.asked("/v1/load_lora_adapter") == [{"lora_name": one.key, "lora_path": str(one.folder)}]
        host_at(server, tmp_path / "own").prepare(one)  # another process of Nova: it lies there already
        assert len(server.asked("/v1/load_lora_adapter")) == 1
        server.runtime = False
        with pytest.raises(ServerAbsent, match="VLLM_ALLOW_RUNTIME_LORA_UPDATING=True"):
            host.prepare(lora_of(tmp_path / "zwei", "zwei"))


def test_a_base_that_the_server_does_not_hold_is_named(tmp_path: Path) -> None:
    for kind in ("vllm", "ollama"):
        with serving(kind) as server:
            host = ServerHost(DOORS[kind](Where(server.address, "", base(), "fremd", tmp_path), QUICK), verify)
            with pytest.raises(ServerAbsent, match="hat das Modell „fremd“ nicht"):
                host.prepare(lora_of(tmp_path / "eins", "eins"))
            assert server.asked("/api/create") == server.asked("/v1/load_lora_adapter") == []  # Ollama would fetch it from the net


def test_llama_cpp_is_to_be_begun_with_the_file_and_begun_otherwise_it_is_asked_rightly(tmp_path: Path) -> None:
    one, two = (lora_of(tmp_path / name, name) for name in ("eins", "zwei"))
    own = tmp_path / "own"
    with serving("llamacpp") as server:
        host, port = host_at(server, own), server.port
        for adapter in (one, two):
            with pytest.raises(Conflict, match=r"--lora .*gguf"):
                host.prepare(adapter)
        assert not host.ready(one)
    files = sorted(own.glob("*.gguf"))
    assert [file.stem for file in files] == [one.key, two.key]
    with running(AdapterServer("llamacpp", port, tuple(files))) as server:
        host.prepare(one)
        assert server.scales == {0: 0.0, 1: 0.0}  # who asks it for the base gets the base
        assert "".join(host.stream([], adapter=one, max_tokens=8)) == voice(one.key)
    with running(AdapterServer("llamacpp", port, tuple(reversed(files)))):  # begun anew, it counts otherwise
        assert host.ready(one)
        assert "".join(host.stream([], adapter=one, max_tokens=8)) == voice(one.key)
        assert "".join(host.stream([], adapter=None, max_tokens=8)) == voice("")
    with running(AdapterServer("llamacpp", port, ())):
        with pytest.raises(ServerAbsent, match="nicht mehr"):
            next(host.stream([], adapter=one, max_tokens=8))
        assert not host.ready(one)
    host.close()


@pytest.mark.parametrize("kind", ["transformers", "llamacpp", "ollama"])
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, kind: str) -> None:
    (tmp_path / "own").write_text("a file")
    one = lora_of(tmp_path / "eins", "eins")
    with serving(kind) as server, closing(host_at(server, tmp_path / "own")) as host, pytest.raises(ServerAbsent, match="nicht schreiben"):
        host.prepare(one)


def test_transformers_gets_the_bases_files_and_the_adapter_in_one_folder(tmp_path: Path) -> None:
    one, own = lora_of(tmp_path / "eins", "eins"), tmp_path / "own"
    with serving("transformers") as server:
        host = host_at(server, own)
        host.prepare(one)
        folder = own / one.key
        assert server.asked("/load_model") == [{"model": str(folder)}]
        assert (folder / "model.safetensors").resolve() == (base() / "model.safetensors").resolve()
        assert (folder / "adapter_model.safetensors").read_bytes() == (one.folder / "adapter_model.safetensors").read_bytes()
        assert json.loads((folder / "adapter_config.json").read_text("utf-8"))["base_model_name_or_path"] == str(base())
        (folder / "config.json").unlink()
        server.loaded.clear()
        with pytest.raises(ServerAbsent, match=r"kann eins-.* nicht laden: no config in"):
            host_at(server, own).prepare(one)
        host.close()


def test_ollama_gets_the_file_once_and_makes_a_model_of_it(tmp_path: Path) -> None:
    one, own = lora_of(tmp_path / "eins", "eins"), tmp_path / "own"
    with serving("ollama") as server:
        host = host_at(server, own)
        host.prepare(one)
        file = own / f"{one.key}.gguf"
        made = server.asked("/api/create")[0]
        assert (made["model"], made["from"], list(made["adapters"])) == (one.key, BASE, [file.name])
        assert (own / f"{one.key}.Modelfile").read_text("utf-8") == f"FROM {BASE}\nADAPTER {file}\nPARAMETER temperature 0\n"
        server.models.pop(one.key)
        host_at(server, own).prepare(one)
        assert len([True for method, path, _ in server.seen if method == "POST" and "blobs" in path]) == 1
        host.close()


def test_an_ollama_that_takes_no_adapters_gets_base_and_adapter_in_one_file(tmp_path: Path) -> None:
    one, own = lora_of(tmp_path / "eins", "eins"), tmp_path / "own"
    with serving("ollama") as server:
        server.takes_adapters = False
        host = host_at(server, own)
        with pytest.raises(Conflict, match=r"llama-export-lora -m BASIS.gguf --lora"):
            host.prepare(one)
        whole = own / f"{one.key}.whole.gguf"
        whole.write_bytes(b"GGUF")
        host.prepare(one)
        assert list(server.asked("/api/create")[-1]["files"]) == [whole.name] and "from" not in server.asked("/api/create")[-1]
        assert modelfile(BASE, whole, whole=True).startswith(f"FROM {whole}\n")
        assert "".join(host.stream([], adapter=one, max_tokens=8)) == voice(one.key)
        host.close()


def test_an_adapter_is_written_as_gguf_with_rotated_rows_turned(tmp_path: Path) -> None:
    one, target = lora_of(tmp_path / "eins", "eins"), tmp_path / "eins.gguf"
    gguf.lora(one.folder, base(), target)
    data = target.read_bytes()
    assert data[:4] == b"GGUF" and struct.unpack_from("<IQQ", data, 4) == (3, 2, 4)
    asked = gguf.tensors(one.folder / "adapter_model.safetensors")
    (told,) = (values for name, values in asked.items() if ".lora_B." in name)
    turned = np.frombuffer(data[-128 * 2 * 4 :], dtype="<f4").reshape(128, 2)
    order = [head * 32 + half * 16 + at for head in range(4) for at in range(16) for half in range(2)]
    assert np.array_equal(turned, told[order])
    assert data.count(b"blk.0.attn_q.weight.lora_") == 2 and target.stat().st_size % 32 == 0


@pytest.mark.parametrize("more", [{"use_dora": True}, {"bias": "all"}, {"peft_type": "IA3"}, {"modules_to_save": ["lm_head"]}])
def test_what_it_does_not_know_is_left_to_people(tmp_path: Path, more: dict[str, object]) -> None:
    one = lora_of(tmp_path / "eins", "eins", **more)
    with pytest.raises(Conflict, match=r"convert_lora_to_gguf.py"):
        gguf.lora(one.folder, base(), tmp_path / "eins.gguf")
    assert not (tmp_path / "eins.gguf").exists()


def test_weights_of_half_the_size_are_read_as_whole_ones(tmp_path: Path) -> None:
    header = {"a": {"dtype": "F16", "shape": [2], "data_offsets": [0, 4]}, "b": {"dtype": "BF16", "shape": [1, 2], "data_offsets": [4, 8]}}
    told = json.dumps({**header, "__metadata__": {"format": "pt"}}).encode()
    values = np.array([1.5, -2], dtype="<f2").tobytes() + (np.array([0.5, -3], dtype="<f4").view("<u4") >> 16).astype("<u2").tobytes()
    (tmp_path / "x.safetensors").write_bytes(struct.pack("<Q", len(told)) + told + values)
    found = gguf.tensors(tmp_path / "x.safetensors")
    assert found["a"].tolist() == [1.5, -2.0] and found["b"].tolist() == [[0.5, -3.0]]
    (tmp_path / "y.safetensors").write_bytes(b"\xff" * 64)
    with pytest.raises(NovaError, match="keine Datei mit Gewichten"):
        gguf.tensors(tmp_path / "y.safetensors")
