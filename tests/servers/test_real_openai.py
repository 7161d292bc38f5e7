"""A real OpenAI-compatible server (llama.cpp) behind the engines that otherwise meet fakes: chat in pieces, vectors with a meaning.

`scripts/real_model_server.sh` makes and starts it in pytest's cache folder; the first run compiles for some ten minutes. The language
model is random, so only the form of what it says is looked at; the encoder is the English all-MiniLM-L6-v2.
"""

import math
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from operator import mul
from pathlib import Path

import httpx
import pytest

from nova.engines.models.embed import EmbedderLimits, OpenAIEmbedder
from nova.engines.models.generate import GeneratorLimits, OpenAIGenerator
from nova.errors import ServerAbsent
from nova.ports import ChatMessage

pytestmark = pytest.mark.bars

SCRIPT = Path(__file__).parents[2] / "scripts" / "real_model_server.sh"
BUILD_S = 3600.0
PATIENT = EmbedderLimits(question_s=30.0)
ASKED = (ChatMessage("system", "Sie sind Luna."), ChatMessage("user", "Hallo"))


@pytest.fixture(scope="module")
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a server started for these tests."""
    assert request.config.cache is not None
    folder = request.config.cache.mkdir("real-models")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [str(SCRIPT), str(folder), str(port)], stdout=log, stderr=log, env={"PYTHON": sys.executable, "PATH": "/usr/bin:/bin"}
        )
    until = time.monotonic() + BUILD_S
    while not answers(port):
        assert server.poll() is None and time.monotonic() < until, (folder / "log").read_text()[-3000:]
        time.sleep(0.5)
    yield f"http://127.0.0.1:{port}/v1"
    server.terminate()
    server.wait(30)


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/v1/models", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


@pytest.fixture
def embedder(url: str) -> Iterator[OpenAIEmbedder]:
    made = OpenAIEmbedder(url, "all-minilm", "", PATIENT)
    yield made
    made.close()


@pytest.fixture
def generator(url: str) -> Iterator[OpenAIGenerator]:
    made = OpenAIGenerator(url, "zufall", "", GeneratorLimits(piece_s=60))
    yield made
    made.close()


def test_chat_comes_in_pieces_and_ends(generator: OpenAIGenerator) -> None:
    pieces = list(generator.stream(ASKED, max_tokens=24))
    assert 1 < len(pieces) <= 24


def test_a_stream_that_is_closed_leaves_the_server_free(generator: OpenAIGenerator) -> None:
    stream = generator.stream(ASKED, max_tokens=400)
    next(stream)
    stream.close()
    assert list(generator.stream(ASKED, max_tokens=4))


def test_a_conversation_longer_than_the_context_is_a_named_error(generator: OpenAIGenerator) -> None:
    with pytest.raises(ServerAbsent, match="Modell-Server"):
        list(generator.stream([ChatMessage("user", "Netz " * 2000)], max_tokens=4))


def test_health_finds_both_models(generator: OpenAIGenerator, embedder: OpenAIEmbedder) -> None:
    assert set(generator.health()["models"]) == {"zufall", "all-minilm"}
    assert embedder.health()["model"] == "all-minilm"


def cosine(one: tuple[float, ...] | None, other: tuple[float, ...] | None) -> float:
    assert one is not None and other is not None
    return sum(map(mul, one, other))


def test_vectors_have_length_one_and_the_models_dimension(embedder: OpenAIEmbedder) -> None:
    found = embedder.passages(["The cat sits outside", "A man is playing guitar", "A feline is sitting outdoors"])
    assert [len(one or ()) for one in found] == [384] * 3
    assert all(one and math.isclose(math.hypot(*one), 1.0) for one in found)
    assert cosine(found[0], found[1]) == pytest.approx(0.0363, abs=0.01)  # what the model's authors publish for this pair
    assert cosine(found[0], found[2]) > 0.6


def test_order_and_batches_do_not_change_a_vector(embedder: OpenAIEmbedder) -> None:
    texts = [f"Der Anschluss Nummer {number} wird im {number}. Jahr geprüft." for number in range(20)]
    together = embedder.passages(texts)
    for text, vector in zip(texts, together, strict=True):
        assert cosine(vector, embedder.question(text)) == pytest.approx(1.0, abs=1e-3)


def test_a_text_longer_than_the_model_reads_has_a_vector(embedder: OpenAIEmbedder) -> None:
    long = "Der Netzbetreiber hat den Anschluss unverzüglich herzustellen. " * 100
    found = embedder.passages(["Kurz und gut.", long])
    assert [len(one or ()) for one in found] == [384, 384]
    assert cosine(found[0], embedder.question("Kurz und gut.")) == pytest.approx(1.0, abs=1e-3)
