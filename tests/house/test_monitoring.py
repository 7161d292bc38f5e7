"""The monitoring stack for a Nova outside Docker is the one that `docker-compose.yml` brings along, but for how it is reached."""

import re
from pathlib import Path

import pytest

from tests.house.compose import BIN, DEPLOY, SECRET, SERVICES, VARIABLE, read, run
from tests.house.places import DOCS, ROOT

FILE = DEPLOY / "monitoring" / "grafana-stack.yml"
STACK = read(FILE)
WATCHERS = ("prometheus", "grafana", "loki", "fluent-bit")
OWN = {"ports", "networks", "extra_hosts", "volumes", "user", "environment", "depends_on"}  # compared apart, or how it is reached
SET = {"NOVA_METRICS_KEY", "GRAFANA_PASSWORD", "LOGS_FOLDER", "LOGS_USER", "GRAFANA_PORT"}


def test_it_is_what_compose_reads() -> None:
    done = run(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", FILE)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", WATCHERS)
def test_a_service_is_as_in_the_main_file(name: str) -> None:
    here, there = STACK["services"][name], SERVICES[name]
    assert {key: value for key, value in here.items() if key not in OWN} == {key: value for key, value in there.items() if key not in OWN}
    assert set(here.get("environment", {})) == set(there.get("environment", {}))
    if name != "fluent-bit":
        assert here["user"] == there["user"]


def test_nothing_else_runs_and_the_one_that_gives_volumes_away_has_no_network() -> None:
    assert set(STACK["services"]) == {*WATCHERS, "volumes"}
    first = STACK["services"]["volumes"]
    assert (first["image"], first["network_mode"], first["cap_add"]) == (SERVICES["volumes"]["image"], "none", ["CHOWN"])
    given = {place.split(":")[0] for place in first["volumes"]}
    assert given == set(STACK["volumes"])
    assert {name for name in given if f"/v/{name}" in first["command"][2]} == given


def test_every_configuration_it_mounts_is_there_and_read_only() -> None:
    places = [place for service in STACK["services"].values() for place in service.get("volumes", ()) if place.startswith("..")]
    for place in places:
        source, _, mode = place.split(":")
        assert (FILE.parent / source).exists(), source
        assert mode == "ro"
    main = {Path(place.split(":")[0]).as_posix() for name in WATCHERS for place in SERVICES[name]["volumes"] if place.startswith(".")}
    assert {(FILE.parent / place.split(":")[0]).resolve().relative_to(ROOT).as_posix() for place in places} == main


def test_only_grafana_is_reached_and_only_from_this_machine() -> None:
    ports = {name: service["ports"] for name, service in STACK["services"].items() if "ports" in service}
    assert ports == {"grafana": ["127.0.0.1:${GRAFANA_PORT:-3000}:3000"]}
    assert STACK["networks"]["inside"]["internal"] is True
    target = read(DEPLOY / "prometheus" / "prometheus.yml")["scrape_configs"][0]["static_configs"][0]["targets"][0]
    assert STACK["services"]["prometheus"]["extra_hosts"] == [f"{target.split(':')[0]}:host-gateway"]


def test_secrets_have_no_default_and_the_page_names_what_is_to_be_set() -> None:
    found = VARIABLE.findall(FILE.read_text("utf-8"))
    assert {name for name, _ in found} == SET
    assert all(rule.startswith(":?") for name, rule in found if SECRET.search(name))
    page = (DOCS / "how-to" / "monitoring.md").read_text("utf-8")
    assert {name for name in SET if not re.search(rf"`{name}[=`]", page)} == set()
