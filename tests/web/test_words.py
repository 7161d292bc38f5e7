"""The web app has a German name for all that the server writes down and the page shows: audit actions, tables, refusals, checks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from nova.cli.checks.running import FIXES, SEEN_BEFORE
from nova.governance.accounts.doorbook import USED
from nova.governance.audit.chain import GAPLESS
from nova.store.people.personal import PERSONAL

ROOT = Path(__file__).resolve().parents[2]
WORDS = (ROOT / "web" / "src" / "features" / "learning" / "words.ts").read_text("utf-8")
LOG = (ROOT / "web" / "src" / "features" / "learning" / "log-words.ts").read_text("utf-8")
TRAINING = (ROOT / "web" / "src" / "features" / "training" / "words.ts").read_text("utf-8")
SHARED = (ROOT / "web" / "src" / "lib" / "words.ts").read_text("utf-8")
SPELLED = {  # what stands in the place of a variable
    "{}.started": ("forecast.started", "recommend.started"),
    "handover.{}": ("handover.open", "handover.taken", "handover.done", "handover.withdrawn"),
    "simulator.{}": ("simulator.start", "simulator.stop"),
}


def _named(table: str, words: str = WORDS) -> set[str]:
    body = re.search(rf"const {table}: Record<string, string> = {{\n(.*?)\n}}", words, re.DOTALL)
    assert body, table
    return set(re.findall(r"^  '?([a-z_.]+)'?: '[^']+',$", body[1], re.MULTILINE))


def _sources() -> Iterator[ast.AST]:
    for file in sorted((ROOT / "src" / "nova").rglob("*.py")):
        yield from ast.walk(ast.parse(file.read_text("utf-8"), str(file)))


def _spelled(action: ast.expr) -> Iterator[str]:
    match action:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from (*_spelled(one), *_spelled(other))
        case ast.JoinedStr(values=parts):
            yield from SPELLED["".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)]
        case ast.Name():
            return  # handed on by the log itself
        case _:
            pytest.fail(f"an action that this test cannot read: {ast.unparse(action)}")


def _actions() -> set[str]:
    found: set[str] = set()
    for node in _sources():
        match node:
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Attribute(attr="audit" | "_audit") | ast.Name(id="audit") | ast.Call(func=ast.Name(id="AuditLog")),
                    attr="record",
                ),
                args=[_, action, *_],
            ):
                found.update(_spelled(action))
    return found


def test_every_action_of_the_log_has_a_name() -> None:
    actions = _actions() | {GAPLESS, USED, "account.recovered"}  # the first is written by the migration that numbers the log
    assert len(actions) > 50
    assert actions == _named("ACTIONS", LOG)


def test_every_table_of_a_receipt_has_a_name() -> None:
    assert {one.table for one in PERSONAL if one.how != "keep"} | {"stream_messages"} == _named("TABLES")
    assert {one.table for one in PERSONAL if one.how == "keep"} == _named("KEPT")


def test_every_reason_for_not_storing_has_a_name() -> None:
    from nova.api.hooking import BadSignature, StaleDelivery
    from nova.flows.chats import NOT_STORED
    from nova.telemetry import conversations

    told = {conversations.NO_CONSENT, conversations.WITHDRAWN, conversations.UNREADABLE, conversations.OLDER, conversations.OTHER_TEXT}
    assert told | {NOT_STORED, BadSignature.code, StaleDelivery.code} == _named("REFUSED")


def _health() -> Iterator[str]:
    """Services are keys of what is asked, each with a function; what a look finds is a Finding with its name."""
    for file in ("wiring/watching.py", "flows/health/report.py", "flows/health/checks.py", "flows/snapshots/state.py"):
        for node in ast.walk(ast.parse((ROOT / "src" / "nova" / file).read_text("utf-8"))):
            match node:
                case ast.Dict(keys=keys, values=values):
                    for key, value in zip(keys, values, strict=True):
                        if isinstance(key, ast.Constant) and isinstance(value, ast.Lambda):
                            yield str(key.value)
                case ast.Call(func=ast.Name(id="Finding") | ast.Attribute(attr="own_file"), args=[ast.Constant(value=str(name)), *_]):
                    yield name


def test_every_service_and_check_has_a_name() -> None:
    found = set(_health()) | {"api", "embed"}
    assert {"db", "disk", "snapshots", "thresholds"} <= found
    assert found == _named("SERVICES", SHARED)


def test_for_every_service_and_check_doctor_says_what_to_do() -> None:
    assert set(_health()) | {"api", "embed"} == set(FIXES) | SEEN_BEFORE


def _first_words(folder: str, *functions: str) -> set[str]:
    """What stands as the first argument where one of these is called, below a folder of the training room."""
    calls = [
        node
        for file in sorted((ROOT / "src" / "nova" / "training" / folder).glob("*.py"))
        for node in ast.walk(ast.parse(file.read_text("utf-8"), str(file)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions
    ]
    return {
        call.args[0].value for call in calls if call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def test_every_gate_and_check_of_a_tuned_model_has_a_name() -> None:
    assert _first_words("", "Gate") | {"bleu", "rouge_l"} == _named("GATES", TRAINING)  # these two are made in a loop
    assert _first_words("dataset", "_most", "_least", "_allowed", "_warned") == _named("CHECKS", TRAINING)
