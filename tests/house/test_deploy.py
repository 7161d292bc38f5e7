"""What the files for Docker promise holds: schemas, hardening, secrets, names of settings and metrics. Nothing is started here."""

import json
import re
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from nova import __version__
from nova.api.gauges import door_gauges
from nova.api.protocol.metrics import Metrics
from nova.governance.secrets import admin_key
from nova.settings import Settings, load_settings
from nova.wiring.watching import gauges_of
from tests.house.compose import (
    BIN,
    COMPOSE,
    DEPLOY,
    DEV,
    EXAMPLE,
    FILES,
    LOOK,
    SECRET,
    SERVICES,
    TEXT,
    VARIABLE,
    made,
    mounts,
    read,
    resolved,
    run,
    secrets_of,
)
from tests.house.places import DOCS, ROOT

pytestmark = pytest.mark.slow

WORKFLOW = ROOT / ".github" / "workflows" / "ci.yml"
ONCE = {"volumes", "ollama-pull", "topics"}  # end by themselves, so nothing can ask for their health
ROOT_USER = {"volumes"}
WRITABLE = {"redpanda"}
OF_THEIR_OWN = {"monitoring", "n8n"}  # folders no service mounts: test_monitoring.py, test_n8n.py
NO_SERVICES = {"helm", "terraform"}  # for Kubernetes: test_helm.py, test_terraform.py
WAYS_OUT = {"api", "clamav", "ollama-pull"}  # fetches addresses people name, signatures, models
PAPERS = ("API_PORT", "DB_PORT", "QDRANT_HTTP", "QDRANT_GRPC", "OLLAMA_PORT", "MINIO_API", "MINIO_CONSOLE", "TIKA_PORT", "ADMIN_API_KEY")
METRIC = re.compile(r"\bnova_[a-z_]+")


each_service = pytest.mark.parametrize("name", SERVICES)


@pytest.mark.parametrize(
    ("schema", "files"),
    [("vendor.compose-spec", FILES), ("vendor.github-workflows", (".github/workflows/ci.yml",))],
)
def test_a_file_is_what_its_program_reads(schema: str, files: tuple[str, ...]) -> None:
    done = run(BIN / "check-jsonschema", "--builtin-schema", schema, *files)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_dockerfile_follows_the_linters_rules() -> None:
    done = run(BIN / "hadolint", "Dockerfile")
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_file_for_the_services_can_be_read_and_is_used() -> None:
    mounted = {part.split(":")[0] for service in SERVICES.values() for part in service.get("volumes", ()) if part.startswith("./")}
    for path in (path for path in DEPLOY.rglob("*") if path.is_file() and path.relative_to(DEPLOY).parts[0] not in NO_SERVICES):
        text = path.read_text("utf-8")
        {".json": json.loads, ".toml": tomllib.loads, ".yml": yaml.safe_load, ".yaml": yaml.safe_load}.get(path.suffix, str)(text)
        if path.stem.endswith("_test"):
            continue  # promtool's, not the service's
        if path.parent.name in OF_THEIR_OWN:
            continue
        places = {f"./{place.relative_to(ROOT).as_posix()}" for place in (path, *path.parents) if ROOT in place.parents}
        assert places & mounted, f"{path.name} is mounted nowhere"
    assert [place for place in sorted(mounted) if not (ROOT / place).exists()] == []


@each_service
def test_a_service_is_locked_down(name: str) -> None:
    service = SERVICES[name]
    user = str(service["user"]).split(":")[0]
    assert user not in {"0", "root"} or name in ROOT_USER
    assert service["read_only"] is (name not in WRITABLE)
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == (["CHOWN"] if name in ROOT_USER else [])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "devices", "pid", "ipc", "userns_mode", "extra_hosts", "env_file"} & set(service)
    assert not any("docker.sock" in str(volume) for volume in service.get("volumes", ()))


@each_service
def test_a_service_is_watched_limited_and_of_an_exact_version(name: str) -> None:
    service = SERVICES[name]
    limits = service["deploy"]["resources"]["limits"]
    assert set(limits) == {"cpus", "memory", "pids"}
    assert name in ONCE or {"test", "interval", "timeout", "retries", "start_period"} <= set(service["healthcheck"])
    assert service["restart"] == ("no" if name in ONCE else "unless-stopped")
    assert re.search(r":v?\d+\.\d+\.\d+[\w.-]*$", service["image"]), service["image"]


@each_service
def test_a_service_has_no_more_network_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert bool(service.get("ports")) is (name == "api")
    networks = set(service.get("networks", ()))
    assert networks if name not in ROOT_USER else service["network_mode"] == "none"
    assert ("egress" in networks) is (name in WAYS_OUT)


def test_only_the_api_is_published_and_on_this_machine() -> None:
    assert SERVICES["api"]["ports"] == ["${API_BIND:-127.0.0.1}:${API_PORT:-8000}:8000"]
    assert COMPOSE["networks"]["luna-net"]["internal"] is True
    published = [port for file in (DEV, LOOK) for service in file["services"].values() for port in service.get("ports", ())]
    assert published and all(port.startswith("127.0.0.1:") for port in published)


def test_an_exception_has_its_reason_above_it() -> None:
    lines = TEXT.splitlines()
    for name in WRITABLE | ROOT_USER:
        assert lines[lines.index(f"  {name}:") - 1].strip().startswith("# "), name


# Nothing is asked of who has no such server, and the hook's secret is made where none is given.
OPTIONAL = {"NOVA_OPENAI_KEY", "NOVA_HOOK_SECRET", "NOVA_KAFKA_PASSWORD", "NOVA_WEBHOOK_SECRET", "NOVA_OIDC_CLIENT_SECRET"}
# Settings that the compose file decides, by why.
GIVEN = {
    "it is where the other services are": (
        "NOVA_DATABASE_URL", "NOVA_QDRANT_URL", "NOVA_QDRANT_COLLECTION", "NOVA_S3_URL", "NOVA_S3_ENDPOINT", "NOVA_S3_REGION",
        "NOVA_TIKA_URL", "OLLAMA_PORT",
    ),
    "it is where the container keeps things and listens": ("NOVA_DATA", "NOVA_HOST", "API_PORT", "NOVA_LOG_FILE", "NOVA_GIT_SHA"),
    "jobs are the worker's": ("NOVA_JOB_WORKERS",),
    "clamd.conf has sizes that follow from it": ("NOVA_UPLOAD_MB",),
    "models are tuned by a worker outside the containers, which hold no torch": (
        "NOVA_ADAPTER_HOST", "NOVA_ADAPTER_BASE", "NOVA_ADAPTER_URL", "NOVA_ADAPTER_KEY", "NOVA_ADAPTER_MODEL",
        "NOVA_TRAIN_PYTHON", "NOVA_TRAIN_GPU", "NOVA_TRAIN_MLFLOW_URL", "NOVA_TRAIN_MLFLOW_KEY", "NOVA_TRAIN_WANDB_URL",
        "NOVA_TRAIN_WANDB_KEY",
    ),
    "it is of who types a command, not of the server": ("NOVA_TOKEN", "NOVA_RAY_ADDRESS"),
}  # fmt: skip


@pytest.mark.parametrize("file", FILES)
def test_no_secret_has_a_default(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    for name, rule in VARIABLE.findall(text):
        if SECRET.search(name) and name not in OPTIONAL:
            assert rule.startswith(":?"), f"{name} has a default"
    assert not re.search(r"(?i)(password|secret|_key)\w*:\s*[\"']?[A-Za-z0-9]{6,}", text)


@pytest.mark.parametrize("name", ["api", "worker"])
def test_every_setting_given_to_nova_exists_and_is_accepted(name: str, tmp_path: Path) -> None:
    given = dict(SERVICES[name]["environment"]) | DEV["services"][name]["environment"]
    assert set(given) - set(Settings.model_fields) == set()
    filled = secrets_of(made(tmp_path))
    values = {key: VARIABLE.sub(lambda found: resolved(found, filled), str(value)) for key, value in given.items()}
    settings = load_settings(values, None)
    assert settings.NOVA_DATABASE_URL is not None
    addresses = (settings.NOVA_QDRANT_URL, settings.NOVA_S3_ENDPOINT, settings.NOVA_TIKA_URL)
    assert [address.split(":")[1].removeprefix("//") for address in addresses] == ["qdrant", "s3", "tika"]
    assert settings.NOVA_LOG_FILE is not None
    assert str(settings.NOVA_LOG_FILE.parent) == mounts(name)["logs"]


def test_every_setting_is_reachable_from_env_or_has_its_reason() -> None:
    given = SERVICES["api"]["environment"]
    told = {name for value in given.values() for name, _ in VARIABLE.findall(str(value))}
    assert set(Settings.model_fields) - told - {name for names in GIVEN.values() for name in names} == set()
    assert {name for names in GIVEN.values() for name in names} - set(Settings.model_fields) == set()
    assert told & {name for names in GIVEN.values() for name in names} == set()


def test_the_api_answers_to_the_names_that_ask_it(tmp_path: Path) -> None:
    hosts = VARIABLE.sub(lambda found: resolved(found, {}), SERVICES["api"]["environment"]["NOVA_HOSTS"]).split(",")
    target = read(DEPLOY / "prometheus" / "prometheus.yml")["scrape_configs"][0]["static_configs"][0]["targets"][0]
    assert {target.split(":")[0], "localhost"} <= set(hosts)


def test_env_is_made_once_with_secrets_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    path, other = made(tmp_path), made(tmp_path / "other")
    assert path.stat().st_mode & 0o777 == 0o600
    values, others = secrets_of(path), secrets_of(other)
    required = {name for name, rule in VARIABLE.findall(TEXT) if rule.startswith(":?")}
    assert {name for name in required if len(values[name]) < 32} == set()
    assert {name for name in required if values[name] == others[name]} == set()
    assert admin_key(values["ADMIN_API_KEY"], tmp_path).path is None
    assert re.fullmatch(r"GK[0-9a-f]{32}", values["NOVA_S3_KEY_ID"])
    before = path.read_text("utf-8")
    assert made(tmp_path).read_text("utf-8") == before


def test_the_example_names_what_compose_and_001_ask_for_and_holds_no_secret() -> None:
    named = set(re.findall(r"^#?([A-Z][A-Z0-9_]+)=", EXAMPLE, re.MULTILINE))
    used = {name for file in FILES for name, _ in VARIABLE.findall((ROOT / file).read_text("utf-8"))}
    assert used - named == {"NOVA_GIT_SHA"}  # of a build, not of an installation
    assert named - used - {"COMPOSE_PROFILES", "ADMIN_API_KEY"} == set()
    assert set(PAPERS) - named == set()
    assert re.findall(r"^\S*(?:KEY|PASSWORD|SECRET)\w*=.+$", EXAMPLE, re.MULTILINE) == []


@pytest.mark.parametrize("name", [".env.dev", ".env.prod"])
def test_what_differs_between_work_and_an_installation_is_named_and_no_secret(name: str) -> None:
    values = dict(line.split("=", 1) for line in (ROOT / name).read_text("utf-8").splitlines() if not line.startswith("#"))
    assert values["NOVA_ENV"] == name.removeprefix(".env.")
    assert set(values) <= {variable for file in FILES for variable, _ in VARIABLE.findall((ROOT / file).read_text("utf-8"))}
    assert [key for key in values if re.search(r"KEY|PASSWORD|SECRET", key)] == []


def test_nova_itself_reads_the_same_env(tmp_path: Path) -> None:
    settings = load_settings({}, made(tmp_path))
    assert settings.ADMIN_API_KEY is not None
    assert (settings.ollama_url, settings.NOVA_QDRANT_URL, settings.NOVA_TIKA_URL) == ("", "", "")
    assert load_settings({}, ROOT / ".env.example").API_PORT == 8000


def exposed() -> dict[str, tuple[str, ...]]:
    """Every series under /metrics and its labels."""
    metrics = Metrics()
    metrics.watch([*gauges_of(None), *door_gauges(None)])  # type: ignore[arg-type]
    found: dict[str, tuple[str, ...]] = {}
    for collector in dict.fromkeys(metrics.registry._collector_to_names):
        labels = tuple(getattr(collector, "_labelnames", ()))
        for family in collector.describe():
            own = labels or tuple(getattr(family, "_labelnames", ()))
            endings = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count")}.get(family.type, ("",))
            found |= {family.name + ending: (*own, *(("le",) if ending == "_bucket" else ())) for ending in endings}
    return found


def queries() -> list[str]:
    rules = [rule["expr"] for group in read(DEPLOY / "prometheus" / "alerts.yml")["groups"] for rule in group["rules"]]
    return rules + [target["expr"] for board in dashboards() for panel in board["panels"] for target in panel["targets"]]


def dashboards() -> list[dict[str, Any]]:
    return [json.loads(path.read_text("utf-8")) for path in sorted((DEPLOY / "grafana" / "dashboards").glob("*.json"))]


@pytest.mark.parametrize("query", queries())
def test_a_query_names_series_and_labels_that_exist(query: str) -> None:
    series = exposed()
    for name, labels in re.findall(r"\b(nova_[a-z_]+)(?:\{([^}]*)\})?", query):
        assert name in series, name
        assert set(re.findall(r"(\w+)\s*[=!]", labels)) <= set(series[name])
    known = {label for name in METRIC.findall(query) for label in series[name]}
    assert {label.strip() for group in re.findall(r"\bby \(([^)]*)\)", query) for label in group.split(",")} <= known


def test_every_alert_is_tried_on_made_up_series() -> None:
    rules = [rule["alert"] for group in read(DEPLOY / "prometheus" / "alerts.yml")["groups"] for rule in group["rules"]]
    tried = read(DEPLOY / "prometheus" / "alerts_test.yml")["tests"][0]["promql_expr_test"][0]
    assert tried["exp_samples"][0]["value"] == len(set(rules)) == len(rules)


def test_the_handbook_says_what_to_do_about_every_alert_and_about_no_other() -> None:
    rules = {rule["alert"] for group in read(DEPLOY / "prometheus" / "alerts.yml")["groups"] for rule in group["rules"]}
    explained = re.findall(
        r"^\| `([A-Z]\w+)` \| ([^|]+) \| ([^|]+) \|$", (DOCS / "handbuch" / "betrieb.md").read_text("utf-8"), re.MULTILINE
    )
    assert {name for name, _, _ in explained} == rules


def test_every_series_is_on_the_board() -> None:
    families = {re.sub(r"_(bucket|sum|count)$", "", name) for name in exposed()}
    shown = {re.sub(r"_(bucket|sum|count)$", "", name) for query in queries() for name in METRIC.findall(query)}
    assert families - shown == set()


def test_board_and_sources_belong_together() -> None:
    boards = dashboards()
    sources = {one["uid"]: one["url"] for one in read(DEPLOY / "grafana" / "provisioning" / "datasources" / "nova.yml")["datasources"]}
    assert {panel["datasource"]["uid"] for board in boards for panel in board["panels"]} == set(sources)
    assert {re.sub(r"https?://|:\d+", "", url) for url in sources.values()} <= set(SERVICES)
    assert all(len({panel["id"] for panel in board["panels"]}) == len(board["panels"]) for board in boards)
    assert len({board["uid"] for board in boards}) == len(boards)


def test_prometheus_asks_services_that_exist_with_the_key_it_is_given() -> None:
    config = read(DEPLOY / "prometheus" / "prometheus.yml")
    hosts = {target.split(":")[0] for job in config["scrape_configs"] for part in job["static_configs"] for target in part["targets"]}
    assert hosts - {"127.0.0.1"} <= set(SERVICES)
    service = SERVICES["prometheus"]
    assert config["scrape_configs"][0]["authorization"]["credentials_file"] in service["command"][0]
    assert service["environment"]["METRICS_KEY"] == SERVICES["api"]["environment"]["NOVA_METRICS_KEY"]
    assert any(volume.endswith(f":{config['rule_files'][0]}:ro") for volume in service["volumes"])


def test_fluent_bit_reads_the_lines_that_nova_writes() -> None:
    config = read(DEPLOY / "fluent-bit" / "fluent-bit.yaml")
    tail = config["pipeline"]["inputs"][0]
    assert str(Path(tail["path"]).parent) == mounts("fluent-bit")["logs"]
    form = config["parsers"][0]["time_format"].replace(".%L", ".%f")
    assert datetime.strptime("2026-11-21T13:06:16.123456Z", form)  # as structlog's TimeStamper writes it
    outputs = {one["name"]: one for one in config["pipeline"]["outputs"]}
    assert outputs["loki"]["host"] in SERVICES
    assert set(outputs) == {"loki", "stdout"}  # `file` grows without bound; Docker rotates what a container says
    assert {SERVICES[name]["logging"]["options"]["max-file"] for name in SERVICES} == {"3"}


def test_the_image_is_built_from_the_lock_and_runs_without_root() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    copied = [words.split()[:-1] for words in re.findall(r"^COPY (?!--from)(.+)$", dockerfile, re.MULTILINE)]
    ignore = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for name in (name for names in copied for name in names):
        assert (ROOT / name).exists()
        assert f"!{name}" in ignore
    assert "pip uninstall" in dockerfile.split("\nFROM ")[1]
    assert "--require-hashes --requirement requirements-servers.lock" in dockerfile
    assert re.search(r"^USER 10001:10001$", dockerfile, re.MULTILINE)
    assert {SERVICES[name]["user"] for name in ("api", "worker")} == {"10001:10001"}
    assert {SERVICES[name]["image"] for name in ("api", "worker")} == {f"nova-luna:{__version__}"}
    python = re.search(r"^FROM python:(\d+\.\d+)-slim", dockerfile, re.MULTILINE)
    assert python
    assert {re.search(r"python(\d+\.\d+)", volume).group(1) for volume in DEV["x-dev"]["volumes"]} == {python.group(1)}  # type: ignore[union-attr]


def test_data_of_the_image_lie_on_volumes() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    places = set(json.loads(re.search(r"^VOLUME (.+)$", dockerfile, re.MULTILINE).group(1)))  # type: ignore[union-attr]
    assert set(mounts("api").values()) == places
    assert set(mounts("worker").values()) | {place.split(":")[0] for place in SERVICES["worker"]["tmpfs"]} >= places
    assert {volume for name in SERVICES for volume in mounts(name)} == set(COMPOSE["volumes"])


def test_the_workflow_may_only_read_and_names_versions() -> None:
    flow = read(WORKFLOW)
    assert flow["permissions"] == {}
    for job in flow["jobs"].values():
        assert job["permissions"] == {"contents": "read"}
        assert job["timeout-minutes"] <= 60
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"actions/[\w-]+@(v\d+|[0-9a-f]{40})", step["uses"]), step["uses"]
            if "checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False
    assert "secrets." not in WORKFLOW.read_text("utf-8")


def test_the_workflow_calls_what_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = WORKFLOW.read_text("utf-8")
    assert set(re.findall(r"\bmake ([a-z-]+)", text)) <= targets
    assert all((ROOT / script).exists() for script in re.findall(r"scripts/\w+\.sh", text))


def test_the_parts_list_holds_the_lock() -> None:
    done = run("bash", "scripts/sbom.sh")
    assert done.returncode == 0, done.stderr
    parts = json.loads((ROOT / "dist" / "sbom.json").read_text("utf-8"))
    locked = dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==(\S+)", (ROOT / "requirements-servers.lock").read_text("utf-8"), re.MULTILINE))
    assert {part["name"]: part["version"] for part in parts["components"]} == locked
