"""The contract of `Embedder`, run on Ollama's and OpenAI's protocol against servers on loopback that speak and break them."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest

from nova.engines.models.embed import EmbedderLimits, OllamaEmbedder, OpenAIEmbedder
from nova.engines.models.embed_families import family, note
from nova.errors import Busy, Misconfigured, ServerAbsent
from tests.fakes.embeddings import LONGEST, POISON, vector
from tests.fakes.models import ModelServer, serving

QUICK = EmbedderLimits(question_s=5.0, batch_s=1.0, connect_s=1.0)
TEXTS = ("Der Netzbetreiber haftet.", "Die Anlage wird angeschlossen.", "Der Preis gilt ein Jahr.")
Engine = OllamaEmbedder | OpenAIEmbedder
Make = Callable[..., Engine]


@pytest.fixture
def make(server: ModelServer) -> Iterator[Make]:
    with ExitStack() as used:

        def engine(model: str = "sinn", key: str = "", limits: EmbedderLimits = QUICK) -> Engine:
            kind = OllamaEmbedder if server.kind == "ollama" else OpenAIEmbedder
            return used.enter_context(closing(kind(server.url, model, key, limits)))

        yield engine


def close_to(found: tuple[float, ...] | None, text: str) -> bool:
    return found is not None and all(math.isclose(a, b, abs_tol=1e-6) for a, b in zip(found, vector(text), strict=True))


def test_a_vector_for_each_text_in_order_and_of_length_one(make: Make) -> None:
    found = make().passages(TEXTS)
    assert all(close_to(one, text) for one, text in zip(found, TEXTS, strict=True))
    assert all(one and math.isclose(math.hypot(*one), 1) for one in found)
    assert make().passages([]) == []


def test_the_request_says_all_that_matters(server: ModelServer, make: Make) -> None:
    make(key="geheim").passages(TEXTS)
    asked = server.seen[0]
    assert (asked["model"], asked["input"]) == ("sinn", list(TEXTS))
    if server.kind == "ollama":
        assert (asked["path"], asked["truncate"], asked["keep_alive"]) == ("/api/embed", True, "2h")
    else:
        assert (asked["path"], asked["encoding_format"]) == ("/v1/embeddings", "float")
    assert server.headers_seen[0]["Authorization"] == "Bearer geheim"


def test_questions_and_passages_carry_the_words_the_model_was_trained_with(server: ModelServer, make: Make) -> None:
    embedder = make("nomic-embed-text")
    embedder.question("Wer haftet?")
    embedder.passages(["Der Netzbetreiber haftet."])
    assert [one["input"] for one in server.seen] == [["search_query: Wer haftet?"], ["search_document: Der Netzbetreiber haftet."]]


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("fewer", "2 Vektoren für 3 Texte"),
        ("words", "ohne Zahlen"),
        ("shorter", "47 statt 48"),
        ("nothing", "unverständlich"),
        ("garbage", "unverständlich"),
        ("401", "lehnt den Schlüssel ab"),
        ("silent", "nicht rechtzeitig"),
        ("drip", "nicht rechtzeitig"),
        ("endless", "kein Ende"),
    ],
)
def test_what_is_wrong_is_named(server: ModelServer, make: Make, mode: str, words: str) -> None:
    server.mode = mode
    limits = EmbedderLimits(batch_s=20 if mode == "endless" else 1.0)
    with pytest.raises(ServerAbsent, match=words) as raised:
        make(limits=limits).passages(TEXTS)
    assert f"unter {server.url}" in raised.value.message


@pytest.mark.parametrize("mode", ["429", "503"])
def test_a_busy_server_says_when_to_come_back(server: ModelServer, make: Make, mode: str) -> None:
    server.mode = mode
    with pytest.raises(Busy, match="Einbettungsmodell") as raised:
        make().passages(TEXTS)
    assert raised.value.data["retry_after"] == 7


@pytest.mark.parametrize("mode", ["silent", "drip"])
def test_a_question_does_not_wait(server: ModelServer, make: Make, mode: str) -> None:
    server.mode = mode
    embedder, began = make(limits=EmbedderLimits(question_s=0.4)), time.monotonic()
    with pytest.raises(ServerAbsent, match="nicht rechtzeitig"):
        embedder.question("Wer haftet?")
    assert time.monotonic() - began < 2.0


@pytest.mark.parametrize("mode", ["long", "poison"])
def test_a_question_that_is_declined_slowly_has_no_more_time_than_others(server: ModelServer, make: Make, mode: str) -> None:
    server.mode, server.thinks_s = mode, 0.3
    embedder, began = make(limits=EmbedderLimits(question_s=0.5)), time.monotonic()
    with pytest.raises(ServerAbsent, match="nicht rechtzeitig"):
        embedder.question(f"{POISON} schadet dem Netz, oder nicht? " * 40)
    assert time.monotonic() - began < 1.5


def test_a_text_that_is_too_long_is_shortened_and_the_others_are_not(server: ModelServer, make: Make) -> None:
    server.mode = "long"
    long = "Der Netzbetreiber haftet für Schäden. " * 40
    found = make().passages([TEXTS[0], long, TEXTS[2]])
    assert close_to(found[0], TEXTS[0]) and close_to(found[2], TEXTS[2])
    assert found[1] is not None
    assert max(len(one) for one in server.seen[-2]["input"] + server.seen[-1]["input"]) <= LONGEST


@pytest.mark.parametrize("patient", [False, True])
def test_a_question_is_shortened_as_passages_are(server: ModelServer, make: Make, patient: bool) -> None:
    server.mode = "long"
    assert make().question("Wer haftet für Schäden an der Anlage? " * 40, patient=patient) is not None
    assert len(server.seen[-1]["input"][0]) <= LONGEST


@pytest.mark.parametrize("mode", ["poison", "null"])
def test_a_question_the_model_takes_in_no_form_has_no_vector(server: ModelServer, make: Make, mode: str) -> None:
    server.mode = mode
    assert make().question(f"Was ist {POISON}?") is None
    assert make().question("Wer haftet?") is not None


@pytest.mark.parametrize("mode", ["poison", "null"])
def test_a_text_the_model_takes_in_no_form_has_no_vector(server: ModelServer, make: Make, mode: str) -> None:
    server.mode = mode
    found = make().passages([*TEXTS, POISON, *TEXTS])
    assert [one is None for one in found] == [False] * 3 + [True] + [False] * 3


@pytest.mark.parametrize("mode", ["nan", "zero", "huge", "500", "400"])
def test_a_server_that_declines_everything_is_absent(server: ModelServer, make: Make, mode: str) -> None:
    server.mode = mode
    with pytest.raises(ServerAbsent):
        make().passages(TEXTS)
    with pytest.raises(ServerAbsent):
        make().question("Wer haftet?")


def test_another_model_that_takes_the_name_is_heard(server: ModelServer, make: Make) -> None:
    embedder = make()
    embedder.passages(TEXTS)
    assert embedder.health()["dimension"] == 48
    server.dimension = 32
    vector = embedder.question("Wer haftet?")
    assert vector is not None and len(vector) == 32
    assert [len(one or ()) for one in embedder.passages(TEXTS)] == [32] * 3
    assert embedder.health()["dimension"] == 32


def test_order_comes_from_the_index_where_there_is_one() -> None:
    with serving("openai") as server:
        embedder = OpenAIEmbedder(server.url, "sinn", "", QUICK)
        server.mode = "shuffled"
        assert all(close_to(one, text) for one, text in zip(embedder.passages(TEXTS), TEXTS, strict=True))
        server.mode = "twice"
        with pytest.raises(ServerAbsent, match="unverständlich"):
            embedder.passages(TEXTS)
        embedder.close()


def test_a_missing_model_is_named_with_the_way_to_get_it(server: ModelServer, make: Make) -> None:
    for ask in (make("fehlt").health, lambda: make("fehlt").passages(TEXTS)):
        with pytest.raises(ServerAbsent, match="hat das Modell „fehlt“ nicht") as raised:
            ask()
        assert ("ollama pull fehlt" in raised.value.message) == (server.kind == "ollama")


def test_health_names_the_model(server: ModelServer, make: Make) -> None:
    embedder = make("luna")
    assert embedder.health()["model"] == "luna"
    server.mode = "500"
    with pytest.raises(ServerAbsent):
        embedder.health()


def test_a_server_that_lists_no_models_is_asked_for_a_vector() -> None:
    with serving("openai") as server:
        embedder = OpenAIEmbedder(server.url, "sinn", "", QUICK)
        server.mode = "404"
        assert embedder.health()["dimension"] == 48
        embedder.close()


def test_no_server_at_all() -> None:
    for embedder in (OllamaEmbedder("http://127.0.0.1:9", "sinn", "", QUICK), OpenAIEmbedder("http://u:geheim@127.0.0.1:9/v1", "sinn")):
        for call in (embedder.health, lambda one=embedder: one.passages(TEXTS), lambda one=embedder: one.question("Wer?")):
            with pytest.raises(ServerAbsent, match="nicht erreichbar") as raised:
                call()
            assert "geheim" not in raised.value.message
        embedder.close()
    with pytest.raises(Misconfigured, match="Einbettungsmodells"):
        OpenAIEmbedder("localhost:80", "sinn")


@pytest.mark.parametrize(
    ("model", "question", "passage", "english"),
    [
        ("snowflake-arctic-embed2", "query: ", "", False),
        ("Snowflake/snowflake-arctic-embed-l-v2.0", "query: ", "", False),
        ("snowflake-arctic-embed:137m", "Represent this sentence for searching relevant passages: ", "", True),
        ("embeddinggemma:300m", "task: search result | query: ", "title: none | text: ", False),
        ("hf.co/nomic-ai/nomic-embed-text-v1.5-GGUF:Q8_0", "search_query: ", "search_document: ", True),
        ("nomic-embed-text-v2-moe", "search_query: ", "search_document: ", False),
        ("intfloat/multilingual-e5-large", "query: ", "passage: ", False),
        ("all-minilm", "", "", True),
        ("paraphrase-multilingual-MiniLM-L12-v2", "", "", False),
        ("bge-m3", "", "", False),
        ("irgendein-modell", "", "", False),
    ],
)
def test_what_is_known_of_families(model: str, question: str, passage: str, english: bool) -> None:
    known = family(model)
    assert (known.question, known.passage, known.english) == (question, passage, english)
    assert bool(note(model)) is english
