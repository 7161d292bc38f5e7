"""The files for Docker as Python values, and what compose makes of a variable."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from tests.house.places import ROOT

BIN = Path(sys.executable).parent
DEPLOY = ROOT / "deploy"
VARIABLE = re.compile(r"(?<!\$)\$\{([A-Z0-9_]+)(:?[-?][^}]*)?\}")
SECRET = re.compile(r"KEY|PASSWORD|SECRET")


def read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


FILES = tuple(sorted(path.name for path in ROOT.glob("docker-compose*.yml")))
COMPOSE, DEV, LOOK = (read(ROOT / f"docker-compose{part}.yml") for part in ("", ".dev", ".grafana"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")
EXAMPLE = (ROOT / ".env.example").read_text("utf-8")


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in command], cwd=ROOT, capture_output=True, text=True, check=False)


def resolved(found: re.Match[str], known: dict[str, str]) -> str:
    """What compose puts in a variable's place."""
    name, rule = found.group(1), found.group(2) or ""
    value = known.get(name, "")
    if value or (rule.startswith("-") and name in known):
        return value
    assert "?" not in rule[:2], f"compose refuses to start without {name}"
    return rule.lstrip(":").removeprefix("-")


def mounts(name: str) -> dict[str, str]:
    """A service's named volumes and where they lie in it."""
    return dict(volume.split(":")[:2] for volume in SERVICES[name].get("volumes", ()) if not volume.startswith("."))


def files(name: str) -> dict[str, str]:
    """A service's files of this tree and where they lie in it."""
    return {place: source for source, place, _ in (volume.split(":") for volume in SERVICES[name].get("volumes", ()) if volume[0] == ".")}


def made(folder: Path) -> Path:
    """An .env as a new user gets it."""
    path = folder / "env"
    done = run("bash", "scripts/env.sh", path)
    assert done.returncode == 0, done.stderr
    return path


def secrets_of(path: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in path.read_text("utf-8").splitlines() if re.match(r"[A-Z]", line))
