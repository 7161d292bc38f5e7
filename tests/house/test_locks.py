"""The locks hold what pyproject.toml asks for, with hashes and without hosts; no file names a place of one machine."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.house.places import ROOT, tracked

LOCKS = (
    "requirements.lock", "requirements-dev.lock", "requirements-servers.lock", "requirements-bench.lock", "requirements-ray.lock",
    "requirements-training.lock",
)  # fmt: skip
PUBLIC_HOSTS = {"registry.npmjs.org"}
HOST = re.compile(r"(?:https?|git\+\w+|file)://([^/\"'\s]*)")
INDEX_OPTION = re.compile(r"^\s*(?:-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b", re.MULTILINE)
# Spelled in pieces, so that this file does not find itself.
MACHINE = re.compile(  # clamd.sock lies there in ClamAV's own image
    r"/(?:"
    + "|".join(("work", "farm", "root"))
    + r")/|bash"
    + r"_jobs|/tmp/"
    + r"(?!clamd\.sock)[A-Za-z]|\.lib"
    + r"rary/|/home/"
    + r"[a-z]"
)
SAMPLES = ROOT / "docs" / "samples"  # laws, word for word
UNREAD = {".png", ".pdf", ".docx", ".pptx", ".xlsx", ".woff2", ".ico", ".gz", ".jpg", ".webp", ".lock"}


def name(requirement: str) -> str:
    """The normalised package name at the head of a requirement."""
    return re.sub(r"[-_.]+", "-", re.match(r"[A-Za-z0-9._-]+", requirement).group()).lower()  # type: ignore[union-attr]


def locked(lock: str) -> set[str]:
    return {name(line) for line in lock.splitlines() if re.match(r"[A-Za-z0-9]", line)}


def versions(lock: str) -> dict[str, str]:
    """Every locked package and its version."""
    return {name(package): version for package, version in re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", lock, re.MULTILINE)}


def outside(requirements: Iterable[str], pinned: Mapping[str, str]) -> list[str]:
    """The requirements whose locked version is not within their range."""
    found = [(line, pinned.get(name(line))) for line in requirements]
    return [
        f"{line}: {version}" for line, version in found if version and not Requirement(line).specifier.contains(version, prereleases=True)
    ]


def project_lines() -> list[str]:
    """Everything that pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    return [*project["project"]["dependencies"], *project["dependency-groups"]["build"], *(line for extra in extras for line in extra)]


def foreign_hosts(text: str) -> set[str]:
    return {host for host in HOST.findall(text) if host not in PUBLIC_HOSTS}


def machine_paths(text: str) -> list[str]:
    return [match.group() for match in MACHINE.finditer(text)]


@pytest.mark.parametrize("file", LOCKS)
def test_a_lock_names_no_host_and_no_index(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    assert not HOST.search(text)
    assert not INDEX_OPTION.search(text)


@pytest.mark.parametrize("file", LOCKS)
def test_every_locked_package_has_a_hash(file: str) -> None:
    blocks = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / file).read_text("utf-8").strip())
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = {name(line) for line in project["project"]["dependencies"] + project["dependency-groups"]["build"]}
    extras = project["project"]["optional-dependencies"]
    to_develop = {name(line) for extra in ("dev", "qdrant", "kafka") for line in extras[extra]}
    runtime, development = (locked((ROOT / file).read_text("utf-8")) for file in LOCKS[:2])
    assert asked - runtime == set()
    assert (asked | to_develop | runtime) - development == set()


def test_the_larger_locks_pin_the_same_versions() -> None:
    runtime, development, servers = (set(re.findall(r"^(\S+==\S+)", (ROOT / file).read_text("utf-8"), re.MULTILINE)) for file in LOCKS[:3])
    assert runtime - servers == set()
    assert servers - development == set()


def test_ray_is_locked_beside_what_nova_runs_with() -> None:
    runtime, with_ray = (versions((ROOT / file).read_text("utf-8")) for file in ("requirements.lock", "requirements-ray.lock"))
    assert "ray" in with_ray and runtime.items() <= with_ray.items()


def test_what_tunes_models_brings_no_graphics_libraries_and_torch_comes_from_its_own_line() -> None:
    training, torch = (versions((ROOT / file).read_text("utf-8")) for file in ("requirements-training.lock", "requirements-torch.lock"))
    assert {"transformers", "trl", "peft", "datasets", "accelerate", "safetensors"} <= training.keys() and torch.keys() == {"torch"}
    everywhere = {one for file in LOCKS if file != "requirements-ray.lock" for one in versions((ROOT / file).read_text("utf-8"))}
    assert [one for one in everywhere if re.match(r"torch|nvidia|cuda|triton", one)] == []


@pytest.mark.parametrize("file", LOCKS)
def test_every_locked_version_is_within_the_range_that_is_asked_for(file: str) -> None:
    """Both are edited apart from each other; this holds them together without asking an index."""
    assert outside(project_lines(), versions((ROOT / file).read_text("utf-8"))) == []


@pytest.mark.parametrize("line", project_lines())
def test_every_requirement_has_a_floor(line: str) -> None:
    assert {"~=", "==", ">="} & {one.operator for one in Requirement(line).specifier}, f"{line} names no least version"


def test_the_look_at_versions_finds_what_lies_outside() -> None:
    assert outside(["a>=2,<3", "b>=1", "C_c==1.*"], {"a": "1.9", "b": "1", "c-c": "1.4"}) == ["a>=2,<3: 1.9"]
    assert outside(["a>=2,<3"], {"a": "3.0"}) == ["a>=2,<3: 3.0"]
    assert versions("a-b==1.2 ; python_version < '3'\n    --hash=sha256:00\nc[x]==3.0rc1") == {"a-b": "1.2", "c": "3.0rc1"}


def test_the_web_lock_names_the_public_registry_only() -> None:
    text = (ROOT / "web" / "package-lock.json").read_text("utf-8")
    packages = json.loads(text)["packages"].values()
    resolved = " ".join(package["resolved"] for package in packages if "resolved" in package)
    assert foreign_hosts(resolved) == set()


def test_no_tracked_file_names_a_place_of_one_machine() -> None:
    found = {}
    for path in tracked():
        if path.suffix not in UNREAD and path != Path(__file__) and SAMPLES not in path.parents:
            places = machine_paths(path.read_text("utf-8", errors="replace"))
            if places:
                found[path.relative_to(ROOT).as_posix()] = places[:3]
    assert found == {}


def test_the_looks_for_hosts_and_places_find_them() -> None:
    assert foreign_hosts('"resolved": "http://mirror.internal/x.tgz"') == {"mirror.internal"}
    assert machine_paths("see /" + "root/x") and machine_paths("/tmp/" + "x")
    assert not machine_paths("GET /api/v1/items and tests/work.py")
    assert INDEX_OPTION.search("--index-url https")
