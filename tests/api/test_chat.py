"""OpenAI's protocol, spoken by the official client over a real socket."""

from collections.abc import Iterator

import pytest
from openai import APIError, AuthenticationError, BadRequestError, OpenAI

from nova.api.protocol.errors import INTERNAL
from nova.errors import ServerAbsent
from tests.api.house import ADMIN_KEY, QUESTION, Door


@pytest.fixture(params=["/v1", "/api/v1"])
def client(address: str, request: pytest.FixtureRequest) -> Iterator[OpenAI]:
    with OpenAI(base_url=address + request.param, api_key=ADMIN_KEY, max_retries=0) as opened:
        yield opened


def test_the_models_are_luna(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["luna"]


def test_an_answer_with_marks_sources_and_citations(client: OpenAI) -> None:
    messages = [{"role": "system", "content": "x"}, {"role": "user", "content": "Hallo"}, {"role": "assistant", "content": "?"}]
    made = client.chat.completions.create(model="luna", messages=[*messages, {"role": "user", "content": QUESTION}])
    text = made.choices[0].message.content
    assert "drei Jahre" in text
    assert "[1]" in text
    assert "\n\nQuellen:\n[1] Verordnung über Musterlampen (MusterV), § 2" in text
    assert "[chunk" not in text
    assert made.choices[0].finish_reason == "stop"
    assert made.model_extra["citations"][0]["quote"] in made.model_extra["citations"][0]["payload"]["text"]


def test_a_stream_adds_up_to_the_answer(client: OpenAI) -> None:
    messages = [{"role": "user", "content": [{"type": "text", "text": QUESTION}]}]
    whole = client.chat.completions.create(model="luna", messages=messages).choices[0].message.content
    chunks = list(client.chat.completions.create(model="luna", messages=messages, stream=True))
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == whole
    assert [chunk.choices[0].finish_reason for chunk in chunks][-1] == "stop"
    assert chunks[-1].model_extra["citations"]


def test_a_refusal_is_an_answer_too(client: OpenAI) -> None:
    made = client.chat.completions.create(model="luna", messages=[{"role": "user", "content": "Wie hoch ist der Eiffelturm in Paris?"}])
    assert made.choices[0].message.content
    assert made.model_extra["citations"] == []


def test_errors_have_the_shape_the_client_knows(client: OpenAI, address: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        client.chat.completions.create(model="luna", messages=[{"role": "assistant", "content": "x"}])
    assert caught.value.code == "validation"
    with pytest.raises(BadRequestError):
        client.chat.completions.create(model="luna", messages=[])
    with OpenAI(base_url=address + "/v1", api_key="wrong", max_retries=0) as stranger, pytest.raises(AuthenticationError) as refused:
        stranger.models.list()
    assert refused.value.code == "not_signed_in"


SILENT = ServerAbsent("Der Suchindex antwortet nicht.")


@pytest.mark.parametrize(("fault", "code", "words"), [(SILENT, "server_absent", SILENT.message), (LookupError("x"), "internal", INTERNAL)])
def test_a_stream_that_breaks_says_so_in_the_shape_the_client_knows(
    client: OpenAI, door: Door, monkeypatch: pytest.MonkeyPatch, fault: Exception, code: str, words: str
) -> None:
    def search(*_: object) -> None:
        raise fault

    monkeypatch.setattr(door.nova.index, "search", search)
    messages = [{"role": "user", "content": QUESTION}]
    with pytest.raises(APIError) as raised:
        list(client.chat.completions.create(model="luna", messages=messages, stream=True))
    assert (raised.value.code, raised.value.message) == (code, words)
    raw = client.chat.completions.with_raw_response.create(model="luna", messages=messages, stream=True).http_response.read().decode()
    assert raw.endswith("\n\ndata: [DONE]\n\n")
    assert "event:" not in raw
