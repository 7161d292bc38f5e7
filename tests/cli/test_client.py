"""The client turns answers into data and error answers into the errors they name."""

from collections.abc import Callable

import httpx
import pytest

from nova import errors
from nova.cli.client import Client
from tests.cli.conftest import Answer, envelope

Make = Callable[[Answer], Client]


def test_an_answer_becomes_its_data(client_to: Make) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/api/v1/jobs"
        assert request.url.params["limit"] == "5"
        assert "state" not in request.url.params
        assert request.headers["X-Admin-Key"] == "nova_adm_key"
        return envelope({"jobs": []})

    assert client_to(answer).get("/jobs", limit=5, state=None) == {"jobs": []}


@pytest.mark.parametrize(
    ("status", "code", "kind", "exit_code"),
    [
        (404, "not_found", errors.NotFound, 3),
        (409, "duplicate", errors.Duplicate, 1),
        (400, "validation", errors.InvalidInput, 2),
        (503, "server_absent", errors.ServerAbsent, 4),
        (500, "something_new", errors.NovaError, 1),
    ],
)
def test_an_error_answer_becomes_the_error_it_names(
    client_to: Make, status: int, code: str, kind: type[errors.NovaError], exit_code: int
) -> None:
    client = client_to(lambda _: envelope({"code": code, "item_id": "i"}, status=status, message="So nicht."))
    with pytest.raises(kind, match="So nicht") as caught:
        client.get("/items")
    assert caught.value.exit_code == exit_code
    assert caught.value.data["item_id"] == "i"


def test_wrong_fields_are_named(client_to: Make) -> None:
    data = {"code": "validation", "fields": [{"field": "top_k", "message": "höchstens 50"}]}
    with pytest.raises(errors.InvalidInput, match="top_k: höchstens 50"):
        client_to(lambda _: envelope(data, status=400, message="Falsch.")).post("/rag/ask", {})


def test_what_the_message_says_already_is_not_said_twice(client_to: Make) -> None:
    told = "In der Prompt-Datei prompt fehlt „version“ oder ist kein Text."
    data = {"code": "validation", "fields": [{"field": "yaml", "message": told}]}
    with pytest.raises(errors.InvalidInput) as raised:
        client_to(lambda _: envelope(data, status=400, message=told)).post("/admin/prompts", {})
    assert raised.value.message == told


def test_a_used_up_limit_is_waited_for(client_to: Make) -> None:
    answers = iter([envelope({"code": "rate_limited"}, status=429, headers={"Retry-After": "0"}), envelope({"done": True})])
    assert client_to(lambda _: next(answers)).get("/items") == {"done": True}


def test_what_is_no_nova_is_said_so(client_to: Make) -> None:
    with pytest.raises(errors.ServerAbsent, match="kein Nova"):
        client_to(lambda _: httpx.Response(200, text="<html>")).get("/items")


def test_nobody_there_is_an_absent_server(client_to: Make) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(errors.ServerAbsent, match="antwortet nicht"):
        client_to(refuse).get("/items")


def test_the_health_report_is_read_also_when_something_failed(client_to: Make) -> None:
    report = {"status": "failed", "services": {}, "checks": []}
    body = {"status": "ok", "message": "", "data": report, "trace_id": "t"}
    assert client_to(lambda _: httpx.Response(503, json=body)).health() == report


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [(401, "not_signed_in", errors.NotSignedIn), (500, "internal", errors.NovaError), (503, "busy", errors.Busy)],
)
def test_a_refused_health_report_is_a_named_error(client_to: Make, status: int, code: str, kind: type[errors.NovaError]) -> None:
    with pytest.raises(kind, match="So nicht"):
        client_to(lambda _: envelope({"code": code}, status=status, message="So nicht.")).health()


def test_a_health_report_that_is_none_is_a_named_error(client_to: Make) -> None:
    with pytest.raises(errors.ServerAbsent, match="kein Nova"):
        client_to(lambda _: httpx.Response(502, text="<html>")).health()


def test_events_come_by_name(client_to: Make) -> None:
    stream = 'event: status\ndata: {"stage": "searching"}\n\n: keep-alive\n\nevent: final\ndata: {"status": "answered"}\n\n'
    client = client_to(lambda _: httpx.Response(200, text=stream, headers={"Content-Type": "text/event-stream"}))
    assert list(client.events({"question": "?"})) == [("status", {"stage": "searching"}), ("final", {"status": "answered"})]


def test_a_refused_stream_raises(client_to: Make) -> None:
    with pytest.raises(errors.Busy):
        list(client_to(lambda _: envelope({"code": "busy"}, status=503)).events({"question": "?"}))
