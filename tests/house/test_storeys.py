"""What may know what, beyond the layers: the API knows no store, and a use-case takes its ports, never everything that is open."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import nova

PACKAGE = Path(nova.__file__).parent
ROOMS = ("knowledge", "answers", "energy", "telemetry", "kpi", "governance", "flows")
CONTAINERS = {"Nova", "Workshop", "House", "Settings", "Cases"}
PORTS = {
    "Audit", "Channel", "Children", "Connector", "Database", "Embedder", "Fetcher", "Generator", "Index", "IndexRoom", "Jobs",
    "KnownPeople", "Objects", "Outbox", "Scanner", "StoredAnswers", "Stream", "Texts",
}  # fmt: skip
SOURCES = ("nova.ports", "nova.store", "nova.governance", "nova.knowledge")
MOST_PORTS = 5
# Files of the API that still know the store: may only become fewer.
STILL: frozenset[str] = frozenset()


def trees(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            yield path, ast.parse(path.read_text("utf-8"))


def named(annotation: ast.expr | None) -> set[str]:
    """The names in an annotation, also in one that is written as a string."""
    if annotation is None:
        return set()
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        annotation = ast.parse(annotation.value, mode="eval").body
    found = (node for node in ast.walk(annotation) if isinstance(node, ast.Name | ast.Attribute))
    return {node.id if isinstance(node, ast.Name) else node.attr for node in found}


def ports_of(tree: ast.Module) -> set[str]:
    """The ports that a file imports."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(SOURCES)]
    return {alias.name for node in found for alias in node.names} & PORTS


def parameters(tree: ast.Module) -> Iterator[tuple[str, list[set[str]]]]:
    """Every function, method and dataclass of a file with the names in its parameters' annotations."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            yield node.name, [named(one.annotation) for one in given]
        elif isinstance(node, ast.ClassDef) and any("dataclass" in ast.unparse(one) for one in node.decorator_list):
            yield node.name, [named(one.annotation) for one in node.body if isinstance(one, ast.AnnAssign)]


def imported(tree: ast.Module) -> set[str]:
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_the_api_does_not_know_the_store() -> None:
    knows = {
        path.relative_to(PACKAGE / "api").as_posix()
        for path, tree in trees("api")
        if any(name == "nova.store" or name.startswith("nova.store.") for name in imported(tree))
    }
    assert knows == STILL


@pytest.mark.parametrize("room", ROOMS)
def test_a_use_case_takes_ports_and_no_container(room: str) -> None:
    takes = [(path.name, name) for path, tree in trees(room) for name, given in parameters(tree) if any(one & CONTAINERS for one in given)]
    assert takes == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_use_case_takes_five_ports_at_most(room: str) -> None:
    takes = []
    for path, tree in trees(room):
        ports = ports_of(tree)
        takes += [(path.name, name) for name, given in parameters(tree) if sum(bool(one & ports) for one in given) > MOST_PORTS]
    assert takes == []


JOBS_CONTAINERS = {"Nova", "Workshop"}
DESK = {"handlers", "open_worker", "schedule"}  # who hands what is open to every kind, and opens the worker


def named_in_job_kinds(tree: ast.Module) -> set[str]:
    """The functions that a file gives its kinds of jobs."""
    kinds = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "JobKind")
    given = (value for call in kinds for value in (*call.args, *(one.value for one in call.keywords)))
    return {value.id for value in given if isinstance(value, ast.Name)}


def test_a_job_hands_on_ports_and_only_its_builder_sees_what_is_open() -> None:
    takes = []
    for path, tree in trees("jobs"):
        may = named_in_job_kinds(tree) | (DESK if path.name == "desk.py" else set())
        takes += [(path.name, name) for name, given in parameters(tree) if any(one & JOBS_CONTAINERS for one in given) and name not in may]
    assert takes == []


def reached(tree: ast.Module, container: str) -> set[str]:
    """What a file takes out of `<anything>.<container>`."""
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute))
    return {node.attr for node in nodes if isinstance(node.value, ast.Attribute) and node.value.attr == container}


def test_a_route_reaches_what_is_open_through_its_cases() -> None:
    """It may look at the settings; a database, jobs and files are the ports of use-cases."""
    reaches = {path.name: found for path, tree in trees("api/routers") if (found := reached(tree, "nova") - {"settings"})}
    assert reaches == {}
