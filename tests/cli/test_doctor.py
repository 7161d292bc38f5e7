"""The doctor: each promise is broken once, its line turns, and what the line proposes mends it."""

import json
import os
import re
import resource
import shutil
import subprocess
import time
from collections import namedtuple
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import httpx
import pytest

from nova.__main__ import run
from nova.cli.checks import OF_THE_INSTALLATION, before_opening, files, machine, running
from nova.cli.checks.line import NAMES, Line
from nova.cli.client import Client
from nova.cli.operation import doctor
from nova.cli.process.owner import Serving, announce, owning
from nova.privacy.dictionary import Entry
from nova.settings import Settings, load_settings
from nova.wiring.masterdata import place, store

STRONG = "zQ4v-91kLm_x7TtRb20pWc8Ye"
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder as Nova makes it, and a working folder without settings."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("NOVA_") or name == "ADMIN_API_KEY"]:
        monkeypatch.delenv(name)
    data = tmp_path / "data"
    (data / "secrets").mkdir(parents=True)
    (data / "secrets" / "admin.key").write_text(f"nova_adm_{STRONG}")
    for path in (data, data / "secrets"):
        path.chmod(0o700)
    (data / "secrets" / "admin.key").chmod(0o600)
    return data


def settings_for(folder: Path, **given: str) -> Settings:
    return load_settings({"NOVA_DATA": str(folder), **given}, None)


def look(folder: Path, **given: str) -> dict[str, Line]:
    settings = settings_for(folder, **given)
    found = chain(files.env_file(), *(check(settings) for check in OF_THE_INSTALLATION))
    return {line.id: line for line in found}


def mend(line: Line) -> None:
    """Do what the line says."""
    subprocess.run(line.fix, shell=True, check=True)


def test_a_sound_installation_has_no_warning_of_its_own(folder: Path) -> None:
    assert look(folder)["hotline"].status == "fail"
    sound = look(folder, NOVA_HOTLINE="0800 1234567")
    of_the_machine = {"user", "disk", "descriptors", "ocr"}
    assert {line.id: line.detail for line in sound.values() if line.status in ("warn", "fail") and line.id not in of_the_machine} == {}


def test_every_line_has_a_name_an_id_once_and_a_fix_when_something_is_wrong(folder: Path) -> None:
    lines = list(before_opening(settings_for(folder, NOVA_HOST="0.0.0.0", NOVA_RATE_LIMITS="off", NOVA_ENV="dev", NOVA_PROXIES="*")))
    assert len({line.id for line in lines}) == len(lines)
    assert {line.id for line in lines} <= set(NAMES)
    assert [line.id for line in lines if bool(line.fix) is not (line.status in ("warn", "fail"))] == []
    assert all(line.detail for line in lines)


@pytest.mark.parametrize(("mode", "status"), [(0o755, "warn"), (0o750, "warn"), (0o777, "fail"), (0o720, "fail")])
def test_the_data_folder_is_its_owners(folder: Path, mode: int, status: str) -> None:
    folder.chmod(mode)
    line = look(folder)["data_folder"]
    assert (line.status, line.fix) == (status, f"chmod 700 {folder}")
    mend(line)
    assert look(folder)["data_folder"].status == "ok"


def test_a_folder_of_somebody_else_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_runner", lambda _: folder.stat().st_uid + 1)
    line = look(folder)["data_folder"]
    assert line.status == "fail"
    assert line.fix == f"chown -R {folder.stat().st_uid + 1} {folder}"


def test_a_folder_that_must_not_be_read_is_a_line_not_a_crash(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def closed(path: Path) -> Any:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(files, "secrets_folder", closed)
    monkeypatch.setattr(doctor, "owner", closed)
    code, told = asked(capsys, folder, "--json")
    broken = {check["id"]: check for check in json.loads(told)["checks"] if check["status"] == "fail"}
    assert code == 4
    assert set(broken) >= {"secrets", "running"}
    assert str(folder) in broken["secrets"]["detail"]
    assert broken["secrets"]["fix"]


def test_what_is_not_there_yet_is_absent_not_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = look(tmp_path / "none")
    assert {lines[name].status for name in ("data_folder", "secrets", "env_file", "admin_key", "clamav", "log_file")} == {"absent"}
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("name", ["secrets", "secrets/admin.key"])
def test_a_secret_that_others_can_read_fails(folder: Path, name: str) -> None:
    (folder / name).chmod(0o755)
    line = look(folder)["secrets"]
    assert line.status == "fail"
    assert Path(name).name in line.detail
    mend(line)
    assert look(folder)["secrets"].status == "ok"
    assert (folder / "secrets" / "admin.key").stat().st_mode & 0o077 == 0


def test_a_dictionary_of_master_data_that_cannot_be_read_fails(folder: Path) -> None:
    assert look(folder)["master_data"].status == "absent"
    store(settings_for(folder), [Entry("Quaxendorf", "name")])
    assert look(folder)["master_data"].status == "ok"
    place(settings_for(folder)).write_text("{")
    line = look(folder)["master_data"]
    assert (line.status, "nicht gespeichert" in line.detail) == ("fail", True)


def test_an_env_that_others_can_read_fails(folder: Path) -> None:
    env = Path(".env")
    env.write_text("ADMIN_API_KEY=x\n")
    env.chmod(0o644)
    line = look(folder)["env_file"]
    assert (line.status, line.fix) == ("fail", "chmod 600 .env")
    mend(line)
    assert look(folder)["env_file"].status == "ok"


@pytest.mark.parametrize("key", ["changeme-changeme-changeme-1", "q7x", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"])
def test_a_weak_key_fails_wherever_it_comes_from(folder: Path, key: str) -> None:
    assert look(folder, ADMIN_API_KEY=key)["admin_key"].status == "fail"
    (folder / "secrets" / "admin.key").write_text(key)
    line = look(folder)["admin_key"]
    assert line.status == "fail"
    assert key not in line.detail + line.fix
    mend(Line("", "fail", "", line.fix.split(";")[0]))
    assert look(folder)["admin_key"].status == "absent"


def test_a_strong_key_is_not_shown(folder: Path) -> None:
    line = look(folder, ADMIN_API_KEY=STRONG)["admin_key"]
    assert line.status == "ok"
    assert STRONG not in line.detail


def test_prometheus_does_not_get_the_operators_key(folder: Path) -> None:
    assert look(folder, ADMIN_API_KEY=STRONG, NOVA_METRICS_KEY=STRONG)["metrics_key"].status == "fail"
    assert look(folder, ADMIN_API_KEY=STRONG, NOVA_METRICS_KEY=STRONG[::-1])["metrics_key"].status == "ok"
    assert look(folder, NOVA_METRICS_KEY=f"nova_adm_{STRONG}")["metrics_key"].status == "fail"
    assert look(folder, NOVA_METRICS_KEY=STRONG)["metrics_key"].status == "ok"


OPEN = {"NOVA_HOST": "0.0.0.0"}
NAMED = {"NOVA_HOSTS": "nova.example", "NOVA_PROXIES": "127.0.0.1"}


@pytest.mark.parametrize(
    ("check", "broken", "status", "mended"),
    [
        ("bind", OPEN, "warn", {}),
        ("hosts", OPEN, "warn", OPEN | {"NOVA_HOSTS": "nova.example"}),
        ("proxies", {"NOVA_PROXIES": "*"}, "fail", {"NOVA_PROXIES": "127.0.0.1"}),
        ("proxies", {"NOVA_PROXIES": "127.0.0.1,0.0.0.0/0"}, "fail", {"NOVA_PROXIES": "10.0.0.0/24"}),
        ("https", OPEN, "warn", OPEN | NAMED),
        ("https", {"NOVA_HOSTS": "nova.example"}, "warn", NAMED),
        ("dev_users", {"NOVA_ENV": "dev"}, "warn", {"NOVA_ENV": "prod"}),
        ("rate_limits", {"NOVA_RATE_LIMITS": "off"}, "warn", {"NOVA_RATE_LIMITS": "on"}),
        ("rate_limits", OPEN | {"NOVA_RATE_LIMITS": "off"}, "fail", OPEN),
        ("fetch", {"NOVA_FETCH_ALLOW": "10.0.0.0/8"}, "warn", {"NOVA_FETCH_ALLOW": "wiki.example,10.1.2.0/24"}),
        ("fetch", {"NOVA_FETCH_ALLOW": "169.254.169.254"}, "fail", {}),
        ("fetch", {"NOVA_FETCH_ALLOW": "localhost"}, "fail", {}),
        ("fetch", {"NOVA_FETCH_ALLOW": "::/0"}, "fail", {}),
        ("fetch", {"NOVA_FETCH_ALLOW": "wiki.example,127.0.0.1"}, "fail", {"NOVA_FETCH_ALLOW": "wiki.example"}),
        ("log_file", {"NOVA_LOG_LEVEL": "debug"}, "warn", {"NOVA_LOG_FILE": "nova.log"}),
    ],
)
def test_a_setting_turns_its_line(folder: Path, check: str, broken: dict[str, str], status: str, mended: dict[str, str]) -> None:
    Path("nova.log").touch(mode=0o600)
    line = look(folder, **broken)[check]
    assert line.status == status
    named = re.findall(r"\b(NOVA_[A-Z_]+|ADMIN_API_KEY)\b", line.fix)
    assert named and set(named) <= set(Settings.model_fields)
    assert look(folder, **mended)[check].status == "ok"


def test_a_log_that_others_can_read_is_a_warning(folder: Path, tmp_path: Path) -> None:
    log = tmp_path / "nova.log"
    log.touch()
    log.chmod(0o640)
    line = look(folder, NOVA_LOG_FILE=str(log))["log_file"]
    assert line.status == "warn"
    mend(line)
    assert look(folder, NOVA_LOG_FILE=str(log))["log_file"].status == "ok"


@pytest.mark.parametrize("secret", [f"nova_adm_{STRONG}", "pass%20wort-db", "pass wort-db", "s3-secret-0815"])
@pytest.mark.parametrize("place", ["nova.log", "nova.log.3", "data/postgres/log/postgres.log"])
def test_a_secret_in_a_log_is_found(folder: Path, tmp_path: Path, secret: str, place: str) -> None:
    given = {
        "NOVA_LOG_FILE": str(tmp_path / "nova.log"),
        "NOVA_DATABASE_URL": "postgresql://nova:pass%20wort-db@h/nova",
        "NOVA_S3_SECRET": "s3-secret-0815",
    }
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / place).write_text("all is well\n" * 10)
    assert look(folder, **given)["log_secrets"].status == "ok"
    (tmp_path / place).write_text(f"connect with {secret} failed\n")
    line = look(folder, **given)["log_secrets"]
    found = secret in ("pass%20wort-db",)
    assert line.status == ("ok" if found else "fail")
    assert secret not in line.detail + line.fix


@pytest.mark.parametrize(("free", "status"), [(10 << 30, "ok"), (2 << 30, "warn"), (1 << 20, "fail")])
def test_a_full_disk_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch, free: int, status: str) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100 << 30, 0, free))
    assert look(folder)["disk"].status == status


@pytest.fixture
def limits() -> Iterator[tuple[int, int]]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield soft, hard
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize(("limit", "status"), [(200, "fail"), (512, "warn"), (1024, "ok")])
def test_few_descriptors_are_said(folder: Path, limits: tuple[int, int], limit: int, status: str) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limits[1]))
    line = look(folder)["descriptors"]
    assert (line.status, str(limit) in line.detail) == (status, True)


def test_the_running_novas_descriptors_count_not_the_askers(folder: Path, limits: tuple[int, int]) -> None:
    sleeper = subprocess.Popen(["sleep", "60"], preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (300, limits[1])))
    try:
        with owning(folder):
            announce(folder, Serving("127.0.0.1", 1, sleeper.pid))
            assert "300" in look(folder)["descriptors"].detail
    finally:
        sleeper.kill()
        sleeper.wait()


def test_a_clock_that_goes_wrong_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert look(folder)["clock"].status == "ok"
    ahead = time.time() + 3600
    os.utime(folder / "secrets" / "admin.key", (ahead, ahead))
    assert look(folder)["clock"].status == "warn"
    monkeypatch.setattr(machine.time, "time", lambda: 1_000_000_000.0)
    assert look(folder)["clock"].status == "fail"


@pytest.mark.parametrize(("speaks", "status"), [(None, "warn"), ("eng", "warn"), ("deu\neng", "ok")])
def test_tesseract_is_asked_for_german(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, speaks: str | None, status: str
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    if speaks:
        (programs / "tesseract").write_text(f"#!/bin/sh\necho 'List of available languages:\n{speaks}'\n")
        (programs / "tesseract").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    assert next(machine.ocr()).status == status


def test_root_is_a_warning(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert {line.status for line in machine.user()} == {"warn"}
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert {line.status for line in machine.user()} == {"ok"}


def test_packages_outside_their_range_fail_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert next(machine.packages()).status == "ok"
    wanted = ["httpx>=99", "no-such-package>=1", 'click>=99; extra == "dev"', 'no-such-other>=1; extra == "kafka"', "pydantic>=2,<3"]
    monkeypatch.setattr(machine.metadata, "requires", lambda _: wanted)
    line = next(machine.packages())
    assert line.status == "fail"
    assert re.findall(r"httpx|no-such-package|click|no-such-other|pydantic", line.detail) == ["httpx", "no-such-package"]
    assert line.fix == "make install"


@pytest.mark.parametrize(
    ("version", "bound", "fits"),
    [
        ("3.10.1", (">=", "3.9", ""), True),
        ("3.9", (">=", "3.9.0", ""), True),
        ("3.8.9", (">=", "3.9", ""), False),
        ("0.17.5", ("==", "0.17", ".*"), True),
        ("0.18", ("==", "0.17", ".*"), False),
        ("2.0", ("<", "2", ""), False),
        ("1.99rc1", ("<", "2", ""), True),
    ],
)
def test_versions_are_compared_as_numbers(version: str, bound: tuple[str, str, str], fits: bool) -> None:
    assert machine._fits(version, *bound) is fits


def test_a_nova_that_was_given_its_key_refuses_the_doctor_by_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "secrets" / "admin.key").unlink()
    with owning(folder):
        announce(folder, Serving("127.0.0.1", 1, os.getpid()))
        code, told = asked(capsys, folder, "--json")
    api = next(check for check in json.loads(told)["checks"] if check["id"] == "api")
    assert (code, api["status"], api["fix"]) == (4, "fail", running.KEY_FIX)
    assert list((folder / "secrets").iterdir()) == []


@pytest.mark.parametrize(
    ("headers", "word"),
    [({"Access-Control-Allow-Origin": "*"}, "mitlesen"), ({"Content-Security-Policy": ""}, "Schutzangaben"), ({}, "Rechnernamen")],
)
def test_a_door_that_does_not_hold_is_told(folder: Path, headers: dict[str, str], word: str) -> None:
    sound = {"Content-Security-Policy": "default-src 'self'", "X-Content-Type-Options": "nosniff"}

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={name: value for name, value in (sound | headers).items() if value})

    line = next(running.door(Client("http://nova.test", "k", transport=httpx.MockTransport(answer)), settings_for(folder)))
    assert line.status == "fail"
    assert word.lower() in line.detail.lower()


def asked(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, str]:
    code = run(["--data", str(folder), "doctor", *words])
    return code, capsys.readouterr().out


def test_a_failure_exits_with_4_and_json_keeps_its_shape(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOVA_DATABASE_URL", "postgresql://nova:x@127.0.0.1:1/nova")
    code, told = asked(capsys, folder, "--json")
    report: dict[str, Any] = json.loads(told)
    assert (code, report["status"]) == (4, "fail")
    assert {frozenset(check) for check in report["checks"]} == {frozenset({"id", "name", "status", "detail", "fix"})}
    api = next(check for check in report["checks"] if check["id"] == "api")
    assert api["status"] == "fail"
    code, told = asked(capsys, folder)
    assert code == 4
    assert told.splitlines()[0].startswith("✗")
    assert told.splitlines()[1].strip().startswith("→")


def test_warnings_alone_are_no_failure() -> None:
    assert doctor.worst_of([Line("a", "ok", ""), Line("b", "absent", "")]) == "ok"
    assert doctor.worst_of([Line("a", "ok", ""), Line("b", "warn", "", "x"), Line("c", "absent", "")]) == "warn"
    assert doctor.worst_of([Line("a", "warn", "", "x"), Line("b", "fail", "", "x")]) == "fail"
