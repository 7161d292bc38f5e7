"""The n8n workflows that deliver conversations and order runs: of the form that n8n imports, without secrets, signing what Nova checks."""

import json
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema
import pytest

from nova.api.hooking import HEADERS, PATIENCE, check, sign
from nova.api.models.people.consents import SessionDelivery
from nova.api.models.seeding import DeliveryOrder, RunOrder
from nova.seeding.delivery.registry import shipped as engines
from nova.seeding.pipeline import shipped

FOLDER = Path(__file__).parents[2] / "deploy" / "n8n"
HOWTO = FOLDER.parents[1] / "docs" / "how-to" / "conversations.md"
SECRET = "0123456789abcdef0123456789abcdef"


SESSION, RUN, DELIVER = "sophia-session.json", "seed-run.json", "deliver.json"


def flow(name: str = SESSION) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / name).read_text("utf-8"))
    return found


def node(kind: str, of: str = SESSION, **parameters: str) -> dict[str, Any]:
    """The one node of a kind with these parameters."""
    of_kind = (one for one in flow(of)["nodes"] if one["type"] == f"n8n-nodes-base.{kind}")
    (found,) = [one for one in of_kind if all(one["parameters"].get(name) == value for name, value in parameters.items())]
    return dict(found)


def valid(workflow: dict[str, Any]) -> None:
    schema = json.loads((FOLDER / "workflow.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(workflow)


@pytest.mark.parametrize("name", [SESSION, RUN, DELIVER])
def test_the_workflow_is_of_the_form_that_n8n_imports(name: str) -> None:
    workflow = flow(name)
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


@pytest.mark.parametrize(("name", "end"), [(SESSION, "/hook/sophia-session"), (RUN, "/hook/seed-run"), (DELIVER, "/hook/deliver")])
def test_it_signs_what_nova_checks(name: str, end: str) -> None:
    body, nonce, stamp = '{"session_id":"ä"}', "3f0c1f0e-4f7a-4a43-9f51-6e3a3c1f7f11", str(int(datetime.now(UTC).timestamp()))
    item = {"body": body, "nonce": nonce, "timestamp": stamp}
    signing = node("crypto", name, action="hmac")
    assert (signing["parameters"]["type"], signing["parameters"]["encoding"]) == ("SHA256", "hex")
    parts = re.findall(r"\$json\.(\w+)|'([^']*)'", signing["parameters"]["value"])
    assert "".join(item[one] if one else text for one, text in parts) == f"{stamp}.{nonce}.{body}"
    item[signing["parameters"]["dataPropertyName"]] = sign(SECRET, stamp, nonce, body.encode()).removeprefix("sha256=")
    sending = node("httpRequest", name)
    given = sending["parameters"]["headerParameters"]["parameters"]
    sent = {one["name"]: re.sub(r"\{\{ \$json\.(\w+) \}\}", lambda found: item[found[1]], one["value"][1:]) for one in given}
    stamped, nonced, signed = (sent[name] for name in HEADERS)
    assert check(SECRET, (stamped, nonced, signed), body.encode(), datetime.now(UTC)) is None
    assert (sending["parameters"]["contentType"], sending["parameters"]["body"]) == ("raw", "={{ $json.body }}")
    assert sending["parameters"]["url"].endswith(end)


def ordered(name: str) -> str:
    """What a workflow orders, run by Node as n8n does, with what n8n gives a node of code."""
    code = node("code", name)["parameters"]["jsCode"]
    given = "const $json = {nonce: 'n'}, $workflow = {id: 'w7'}, $execution = {id: '4711'};"
    script = f"{given} process.stdout.write((() => {{ {code} }})().json.body)"
    return subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True, timeout=60).stdout


@pytest.mark.parametrize("name", [RUN, DELIVER])
def test_an_order_names_its_execution_and_a_refusal_fails_it(name: str) -> None:
    if name == RUN:
        order: RunOrder | DeliveryOrder = RunOrder.model_validate_json(ordered(name))
        assert order.model_dump()["pipeline"] in shipped()
    else:
        order = DeliveryOrder.model_validate_json(ordered(name))
        assert engines().one(order.engine).dataset is not None
    assert order.execution == "n8n:w7:4711"
    sending = node("httpRequest", name)
    assert (sending["onError"], "response" in sending["parameters"]["options"]) == ("stopWorkflow", False)


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
