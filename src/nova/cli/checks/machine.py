"""Settings in; what the machine gives Nova out: Python, packages, disk, descriptors, clock, Tesseract."""

import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from nova.cli.checks.files import existing
from nova.cli.checks.line import Line, judged
from nova.cli.process.owner import owner
from nova.settings import Settings

DISTRIBUTION = "nova-luna"
LEAST_FREE, TIGHT_FREE = 1 << 30, 5 << 30
FEW_FILES, ENOUGH_FILES = 256, 1024
BUILT = 1_767_225_600  # 2026-01-01T00:00:00Z: no machine that runs this lives earlier
SKEW_S = 300.0
REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?\s*([^;]*)(;.*)?$")
BOUND = re.compile(r"(==|>=|<=|<|>)\s*(\d+(?:\.\d+)*)(\.\*)?")
NOT_TO_RUN = re.compile(r"""extra == ['"](dev|bench)['"]""")


def python() -> Iterator[Line]:
    """3.11 or newer."""
    yield judged(
        "python",
        sys.version_info >= (3, 11),
        sys.version.split()[0],
        ("fail", sys.version.split()[0], "Python 3.11 oder neuer installieren"),
    )


def packages() -> Iterator[Line]:
    """What is installed is within the ranges this version was made for."""
    try:
        wanted = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        yield Line("packages", "warn", "Nova ist nicht als Paket installiert; die Fassungen sind nicht prüfbar.", "make install")
        return
    needed = [requirement for requirement in wanted if not NOT_TO_RUN.search(requirement)]
    wrong = [problem for problem in map(_problem, needed) if problem]
    bad = "; ".join(wrong[:5])
    yield judged("packages", not wrong, f"{len(needed)} Abhängigkeiten in ihren Grenzen", ("fail", bad, "make install"))


def _problem(requirement: str) -> str:
    """What is wrong with one requirement; "" when nothing is, or when it belongs to an extra that is not installed."""
    found = REQUIREMENT.match(requirement)
    if found is None:
        return ""
    name, bounds, marker = found.groups()
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return "" if marker else f"{name} fehlt"
    fits = all(_fits(version, *bound) for bound in BOUND.findall(bounds))
    return "" if fits else f"{name} {version} statt {bounds.strip()}"


def _fits(version: str, operator: str, bound: str, prefix: str) -> bool:
    have, want = _release(version), _release(bound)
    if prefix:
        return have[: len(want)] == want
    width = max(len(have), len(want))
    mine, other = (part + (0,) * (width - len(part)) for part in (have, want))
    return {"==": mine == other, ">=": mine >= other, "<=": mine <= other, "<": mine < other, ">": mine > other}[operator]


def _release(version: str) -> tuple[int, ...]:
    """The leading numbers: "1.10rc1" gives (1, 10)."""
    leading = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(part) for part in leading.group().split(".")) if leading else ()


def user() -> Iterator[Line]:
    """Not root: a flaw in a parser then cannot reach the whole machine."""
    bad = ("Der Befehl läuft als root.", "Eigenen Benutzer anlegen und Nova mit ihm starten: useradd --system --create-home nova")
    yield judged("user", os.geteuid() != 0, f"Benutzer {os.geteuid()}, nicht root", ("warn", *bad))


def disk(settings: Settings) -> Iterator[Line]:
    """Room for documents, index and the database's log."""
    folder = existing(settings.NOVA_DATA)
    free = shutil.disk_usage(folder).free
    detail = f"{free / 1e9:.1f} GB frei bei {folder}".replace(".", ",", 1)
    fix = "Platz schaffen oder den Datenordner verlegen (NOVA_DATA)"
    if free < LEAST_FREE:
        yield Line("disk", "fail", detail, fix)
    else:
        yield judged("disk", free >= TIGHT_FREE, detail, ("warn", detail, fix))


def descriptors(settings: Settings) -> Iterator[Line]:
    """How many files and connections Nova's process may hold open."""
    limit = _open_files(settings.NOVA_DATA)
    detail = f"bis zu {limit} Dateien und Verbindungen" if limit > 0 else "ohne Grenze"
    fix = f"ulimit -n {4 * ENOUGH_FILES} vor dem Start (systemd: LimitNOFILE={4 * ENOUGH_FILES})"
    if 0 < limit < FEW_FILES:
        yield Line("descriptors", "fail", detail, fix)
    else:
        yield judged("descriptors", limit <= 0 or limit >= ENOUGH_FILES, detail, ("warn", detail, fix))


def _open_files(folder: Path) -> int:
    """The running Nova's limit, else this process's; not positive means none."""
    there = owner(folder) if folder.is_dir() and os.access(folder, os.R_OK | os.X_OK) else None
    try:
        text = (Path("/proc") / str(there.pid) / "limits").read_text("ascii") if there else ""
    except OSError:
        text = ""
    found = re.search(r"^Max open files\s+(\d+)", text, re.MULTILINE)
    return int(found.group(1)) if found else resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def clock(settings: Settings) -> Iterator[Line]:
    """It is later than this version and than everything Nova wrote; tokens, prices and backups go by it."""
    now = time.time()
    newest = max((path.stat().st_mtime for path in _written(settings.NOVA_DATA)), default=0.0)
    shown = time.strftime("%d.%m.%Y %H:%M UTC", time.gmtime(now))
    fix = "timedatectl set-ntp true"
    if now < BUILT:
        yield Line("clock", "fail", f"Die Uhr geht nach: {shown}.", fix)
    else:
        bad = f"Der Datenordner hat Dateien aus der Zukunft; die Uhr ging zurück ({shown})."
        yield judged("clock", newest <= now + SKEW_S, shown, ("warn", bad, fix))


def _written(folder: Path) -> list[Path]:
    """The data folder's own files, its first two levels."""
    try:
        return [path for pattern in ("*", "*/*") for path in folder.glob(pattern) if path.exists()]
    except OSError:
        return []


def ocr() -> Iterator[Line]:
    """Tesseract with German, for scanned pages."""
    program = shutil.which("tesseract")
    fix = "apt install tesseract-ocr tesseract-ocr-deu"
    if program is None:
        yield Line("ocr", "warn", "Tesseract fehlt; Seiten, die nur Bilder sind, bleiben ungelesen.", fix)
        return
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=10, check=True, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        yield Line("ocr", "warn", "Tesseract startet nicht.", fix)
        return
    yield judged("ocr", "deu" in listed.stdout.split(), "Tesseract mit Deutsch", ("warn", "Tesseract kennt kein Deutsch.", fix))
