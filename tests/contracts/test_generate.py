"""The contract of `Generator`, run on Ollama's and OpenAI's protocol against servers on loopback that speak and break them."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nova.engines.models import model_server
from nova.engines.models.generate import GeneratorLimits, NoGenerator, OllamaGenerator, OpenAIGenerator, without_thoughts
from nova.errors import Busy, Misconfigured, ServerAbsent
from nova.ports import ChatMessage
from tests.fakes.models import WORDS, ModelServer, serving

QUICK = GeneratorLimits(connect_s=1, piece_s=0.5, total_s=1.5, queue_s=0.2, num_ctx=4096)
ASKED = (ChatMessage("system", "Sie sind Luna."), ChatMessage("user", "Wann ist die Prüfung?"))
Engine = OllamaGenerator | OpenAIGenerator
Make = Callable[..., Engine]


@pytest.fixture
def make(server: ModelServer) -> Iterator[Make]:
    with ExitStack() as used:

        def engine(model: str = "luna", limits: GeneratorLimits = QUICK, key: str = "") -> Engine:
            if server.kind == "ollama":
                return used.enter_context(closing(OllamaGenerator(server.url, model, limits, key)))
            return used.enter_context(closing(OpenAIGenerator(server.url, model, key, limits)))

        yield engine


def said(generator: Engine) -> str:
    return "".join(generator.stream(ASKED, max_tokens=400))


def test_pieces_come_one_by_one_as_they_are_written(server: ModelServer, make: Make) -> None:
    server.mode = "gate"
    pieces = make(limits=GeneratorLimits(piece_s=5)).stream(ASKED, max_tokens=400)
    assert [next(pieces), next(pieces)] == list(WORDS[:2])
    server.gate.set()
    assert list(pieces) == list(WORDS[2:])


def test_the_request_says_all_that_matters(server: ModelServer, make: Make) -> None:
    assert said(make(key="geheim")) == "".join(WORDS)
    asked = server.seen[0]
    assert asked["model"] == "luna"
    assert asked["stream"] is True
    assert asked["messages"] == [{"role": "system", "content": "Sie sind Luna."}, {"role": "user", "content": "Wann ist die Prüfung?"}]
    if server.kind == "ollama":
        assert asked["path"] == "/api/chat"
        assert asked["options"] == {"num_ctx": 4096, "num_predict": 400, "temperature": 0.1}
        assert asked["keep_alive"] == "30m"
    else:
        assert asked["path"] == "/v1/chat/completions"
        assert (asked["max_tokens"], asked["temperature"]) == (400, 0.1)
    assert server.headers_seen[0]["Authorization"] == "Bearer geheim"


def test_no_key_no_header(server: ModelServer, make: Make) -> None:
    said(make())
    assert "Authorization" not in server.headers_seen[0]


def test_what_is_no_text_is_passed_over(server: ModelServer, make: Make) -> None:
    server.mode = "noise"
    assert said(make()) == "".join(WORDS)


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("error", "meldet: an error was encountered while running the model"),
        ("cut", "abgebrochen"),
        ("no-end", "mitten in der Antwort aufgehört"),
        ("garbage", "unverständlich"),
        ("list", "unverständlich"),
        ("endless-line", "kein Ende"),
        ("slow", "nicht rechtzeitig"),
        ("drip", "länger als 1"),
    ],
)
def test_what_breaks_in_the_middle_is_raised_after_what_was_said(server: ModelServer, make: Make, mode: str, words: str) -> None:
    server.mode = mode
    piece_s, total_s = 0.5 if mode == "slow" else 5.0, 1.0 if mode == "drip" else 20.0
    pieces = make(limits=GeneratorLimits(connect_s=1, piece_s=piece_s, total_s=total_s, queue_s=0)).stream(ASKED, max_tokens=400)
    heard: list[str] = []
    with pytest.raises(ServerAbsent, match=words) as raised:
        heard.extend(pieces)
    assert f"unter {server.url}" in raised.value.message


def test_the_words_before_a_fault_arrive(server: ModelServer, make: Make) -> None:
    server.mode = "error"
    heard: list[str] = []
    with pytest.raises(ServerAbsent):
        heard.extend(make().stream(ASKED, max_tokens=400))
    assert heard == list(WORDS[:2])


def test_an_error_field_is_an_error_too() -> None:
    with serving("openai") as server:
        server.mode = "error-field"
        generator = OpenAIGenerator(server.url, "luna", limits=QUICK)
        with pytest.raises(ServerAbsent, match="slot crashed"):
            said(generator)
        generator.close()


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("500", r"Antwort 500.*exceeds the available context size\.$"),
        ("400", r"Antwort 400.*the request exceeds"),
        ("401", "lehnt den Schlüssel ab"),
    ],
)
def test_refusals_are_named(server: ModelServer, make: Make, mode: str, words: str) -> None:
    server.mode = mode
    with pytest.raises(ServerAbsent, match=words):
        said(make())


@pytest.mark.parametrize("mode", ["429", "503"])
def test_a_busy_server_says_when_to_come_back(server: ModelServer, make: Make, mode: str) -> None:
    server.mode = mode
    with pytest.raises(Busy) as raised:
        said(make())
    assert raised.value.data["retry_after"] == 7


def test_a_server_that_says_nothing_is_not_waited_for(server: ModelServer, make: Make) -> None:
    server.mode = "silent"
    began = time.monotonic()
    with pytest.raises(ServerAbsent, match="nicht rechtzeitig"):
        said(make())
    assert time.monotonic() - began < 2.5


@pytest.mark.parametrize("mode", ["drip-500", "drip-headers"])
def test_a_server_that_drips_frees_its_place_in_time(server: ModelServer, make: Make, mode: str) -> None:
    server.mode = mode
    generator = make(limits=GeneratorLimits(concurrent=1, queue=0, connect_s=1, piece_s=5.0, total_s=1.0))
    began = time.monotonic()
    with pytest.raises(ServerAbsent, match="länger als 1 s"):
        said(generator)
    assert time.monotonic() - began < 5.0
    server.mode = "good"
    assert said(generator) == "".join(WORDS)


def test_an_answer_may_be_read_in_another_thread_than_it_was_asked_in(make: Make) -> None:
    pieces = make().stream(ASKED, max_tokens=400)
    heard = [next(pieces)]
    reader = threading.Thread(target=lambda: heard.extend(pieces))
    reader.start()
    reader.join(5)
    assert heard == list(WORDS)


def test_an_answer_without_end_is_not_taken(server: ModelServer, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_server, "MAX_ANSWER", 100_000)
    server.mode = "flood"
    with pytest.raises(ServerAbsent, match="kein Ende"):
        said(make(limits=GeneratorLimits()))


def test_thinking_without_end_costs_no_more_than_it_says() -> None:
    began = time.process_time()
    assert "".join(without_thoughts(itertools.chain(["<think>"], itertools.repeat("hm ", 200_000), ["</thi", "nk> Ja."]))) == "Ja."
    assert time.process_time() - began < 2.0


def test_an_unknown_model_is_named(make: Make) -> None:
    with pytest.raises(ServerAbsent, match="hat das Modell „gibtsnicht“ nicht"):
        said(make("gibtsnicht"))
    with pytest.raises(ServerAbsent, match=r"„gibtsnicht“ nicht[.] Vorhanden: .*qwen3:4b"):
        make("gibtsnicht").health()


def test_health_names_the_model(make: Make) -> None:
    assert make().health()["model"] == "luna"
    assert make("qwen3:4b").health()["model"] == "qwen3:4b"


@pytest.mark.parametrize("mode", ["garbage", "500", "401", "301"])
def test_health_of_a_broken_server(server: ModelServer, make: Make, mode: str) -> None:
    server.mode = mode
    with pytest.raises(ServerAbsent):
        make().health()


def test_no_server_at_all(make: Make) -> None:
    for generator in (
        OllamaGenerator("http://127.0.0.1:9", "luna", QUICK),
        OpenAIGenerator("http://u:geheim@127.0.0.1:9/v1", "luna", "", QUICK),
    ):
        for call in (generator.health, lambda one=generator: said(one)):
            with pytest.raises(ServerAbsent, match="nicht erreichbar") as raised:
                call()
            assert "geheim" not in raised.value.message
        generator.close()


def test_an_address_that_is_none_is_misconfigured() -> None:
    with pytest.raises(Misconfigured, match="localhost:8000"):
        OpenAIGenerator("localhost:8000", "luna")


def test_no_more_than_allowed_are_written_at_once_and_few_wait(server: ModelServer, make: Make) -> None:
    server.mode = "gate"
    generator = make(limits=GeneratorLimits(concurrent=2, queue=2, queue_s=10, piece_s=10))
    answers: list[str] = []
    threads = [threading.Thread(target=lambda: answers.append(said(generator))) for _ in range(4)]
    for thread in threads:
        thread.start()
    until = time.monotonic() + 30  # over as soon as they wait
    while (len(server.seen) < 2 or generator._server._line._waiting < 2) and time.monotonic() < until:
        time.sleep(0.01)
    with pytest.raises(Busy, match="ausgelastet"):
        said(generator)
    server.gate.set()
    for thread in threads:
        thread.join()
    assert answers == ["".join(WORDS)] * 4
    assert server.peak == 2


def test_waiting_ends(server: ModelServer, make: Make) -> None:
    server.mode = "gate"
    generator = make(limits=GeneratorLimits(concurrent=1, queue=1, queue_s=0.1, piece_s=10))
    first = generator.stream(ASKED, max_tokens=400)
    next(first)
    with pytest.raises(Busy) as raised:
        said(generator)
    assert raised.value.data["retry_after"] >= 1
    first.close()


def test_closing_a_stream_frees_its_place_and_stops_the_server(server: ModelServer, make: Make) -> None:
    generator = make(limits=GeneratorLimits(concurrent=1, queue=0))
    server.mode = "flood"
    pieces = generator.stream(ASKED, max_tokens=400)
    next(pieces)
    pieces.close()
    assert server.hung_up.wait(5)
    server.mode = "good"
    assert said(generator) == "".join(WORDS)


def test_thoughts_are_left_out(server: ModelServer, make: Make) -> None:
    server.words = ("<thi", "nk>Hm, ", "also</th", "ink>\n\n", "Die ", "Antwort.")
    assert said(make()) == "Die Antwort."


@given(st.lists(st.sampled_from(["<think>", "</think>", "a", " ", "<", "<th", "ink>", "\n"]), max_size=8))
def test_text_without_thoughts_stays_as_it_is(pieces: list[str]) -> None:
    whole = "".join(pieces)
    left = "".join(without_thoughts(iter(pieces)))
    if not whole.lstrip().startswith("<think>"):
        assert left == whole
    else:
        assert left == whole.partition("</think>")[2].lstrip() or left.strip() == whole.partition("</think>")[2].strip()


def test_no_model_says_so() -> None:
    generator = NoGenerator()
    assert generator.model == ""
    assert generator.health() == {"name": "none", "model": ""}
    with pytest.raises(ServerAbsent, match="kein Sprachmodell"):
        generator.stream(ASKED, max_tokens=10)
    generator.close()
