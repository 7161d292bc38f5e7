"""The n8n workflow that delivers conversations: of the form that n8n imports, without secrets, and it signs what Nova checks."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema
import pytest

from nova.api.hooking import HEADERS, PATIENCE, check, sign
from nova.api.models.people.consents import SessionDelivery

FOLDER = Path(__file__).parents[2] / "deploy" / "n8n"
HOWTO = FOLDER.parents[1] / "docs" / "how-to" / "conversations.md"
SECRET = "0123456789abcdef0123456789abcdef"


def flow() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "sophia-session.json").read_text("utf-8"))
    return found


def node(kind: str, **parameters: str) -> dict[str, Any]:
    """The one node of a kind with these parameters."""
    of_kind = (one for one in flow()["nodes"] if one["type"] == f"n8n-nodes-base.{kind}")
    (found,) = [one for one in of_kind if all(one["parameters"].get(name) == value for name, value in parameters.items())]
    return dict(found)


def valid(workflow: dict[str, Any]) -> None:
    schema = json.loads((FOLDER / "workflow.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(workflow)


def test_the_workflow_is_of_the_form_that_n8n_imports() -> None:
    workflow = flow()
    valid(workflow)
    names = [one["name"] for one in workflow["nodes"]]
    assert len(set(names)) == len({UUID(one["id"]) for one in workflow["nodes"]}) == len(names)
    reached = [to["node"] for outs in workflow["connections"].values() for out in outs["main"] for to in out]
    assert {*workflow["connections"], *reached} == set(names)
    assert sorted(reached) == sorted(names[1:])


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("typeVersion", "2"),
        ("position", [1]),
        ("maxTries", 50),
        ("type", "python"),
        ("parameters", {"action": "md5", "dataPropertyName": "x"}),
        ("onError", "ignore"),
    ],
)
def test_the_schema_refuses_what_n8n_would_not_take(change: str, value: object) -> None:
    workflow = flow()
    workflow["nodes"][1][change] = value
    with pytest.raises(jsonschema.ValidationError):
        valid(workflow)


def test_it_signs_what_nova_checks() -> None:
    body, nonce, stamp = '{"session_id":"ä"}', "3f0c1f0e-4f7a-4a43-9f51-6e3a3c1f7f11", str(int(datetime.now(UTC).timestamp()))
    item = {"body": body, "nonce": nonce, "timestamp": stamp}
    signing = node("crypto", action="hmac")
    assert (signing["parameters"]["type"], signing["parameters"]["encoding"]) == ("SHA256", "hex")
    parts = re.findall(r"\$json\.(\w+)|'([^']*)'", signing["parameters"]["value"])
    assert "".join(item[name] if name else text for name, text in parts) == f"{stamp}.{nonce}.{body}"
    item[signing["parameters"]["dataPropertyName"]] = sign(SECRET, stamp, nonce, body.encode()).removeprefix("sha256=")
    sending = node("httpRequest")
    given = sending["parameters"]["headerParameters"]["parameters"]
    sent = {one["name"]: re.sub(r"\{\{ \$json\.(\w+) \}\}", lambda found: item[found[1]], one["value"][1:]) for one in given}
    stamped, nonced, signed = (sent[name] for name in HEADERS)
    assert check(SECRET, (stamped, nonced, signed), body.encode(), datetime.now(UTC)) is None
    assert (sending["parameters"]["contentType"], sending["parameters"]["body"]) == ("raw", "={{ $json.body }}")
    assert sending["parameters"]["url"].endswith("/hook/sophia-session")


def test_it_answers_what_nova_answers_and_tries_again_only_where_nova_does_not() -> None:
    """A refusal is no failure of the node, so its status and body reach the sender; the error output is left to a Nova that is away."""
    sending = node("httpRequest")
    options = sending["parameters"]["options"]
    assert options["response"]["response"] == {"fullResponse": True, "neverError": True}
    longest = sending["maxTries"] * (sending["waitBetweenTries"] + options["timeout"])
    assert (sending["retryOnFail"], sending["onError"]) == (True, "continueErrorOutput")
    assert longest < PATIENCE.total_seconds() * 1000  # the signature still holds at the last try
    answered, failed = (out[0]["node"] for out in flow()["connections"][sending["name"]]["main"])
    ways = {one["name"]: one["parameters"] for one in flow()["nodes"] if one["type"].endswith("respondToWebhook")}
    assert (ways[answered]["responseBody"], ways[answered]["options"]) == ("={{ $json.body }}", {"responseCode": "={{ $json.statusCode }}"})
    assert ways[failed]["options"] == {"responseCode": 502} and "später" in json.loads(ways[failed]["responseBody"])["message"]


def test_n8n_keeps_neither_texts_nor_secrets() -> None:
    workflow = flow()
    assert workflow["settings"]["saveDataSuccessExecution"] == workflow["settings"]["saveDataErrorExecution"] == "none"
    assert workflow["pinData"] == {}
    assert not re.search(r"[0-9a-f]{32}", json.dumps(workflow))
    assert {one["id"] for found in workflow["nodes"] for one in found.get("credentials", {}).values()} == {""}


def test_the_example_of_the_guide_is_a_delivery() -> None:
    examples = re.findall(r"```json\n(\{.*?\n\})\n```", HOWTO.read_text("utf-8"), re.DOTALL)
    assert examples
    for example in examples:
        assert SessionDelivery.model_validate_json(example).turns
