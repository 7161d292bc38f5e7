"""Settings: where a value comes from, what is refused, and what is never shown."""

from pathlib import Path

import pytest

from nova.effective import MASK, effective
from nova.errors import Misconfigured
from nova.settings import Settings, load_settings


def test_without_anything_the_defaults_stand(tmp_path: Path) -> None:
    settings = load_settings({}, None)
    assert (settings.API_PORT, settings.NOVA_HOST, settings.NOVA_ENV, settings.loopback) == (8000, "127.0.0.1", "prod", True)
    assert settings.source("API_PORT") == "default"


def test_the_command_line_beats_the_environment_which_beats_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("API_PORT=1001\nNOVA_TONE=sachlich\nGENERATE_MODEL=llama3.1:8b-instruct\nNOVA_LOG_LEVEL=\nDB_PORT=5432\n")
    settings = load_settings(
        {"API_PORT": "1002", "NOVA_TONE": "luna", "NOVA_ENV": "", "PATH": "/bin"}, file, {"API_PORT": 1003, "NOVA_HOST": None}
    )
    assert (settings.API_PORT, settings.NOVA_TONE, settings.GENERATE_MODEL) == (1003, "luna", "llama3.1:8b-instruct")
    sources = [settings.source(name) for name in ("API_PORT", "NOVA_TONE", "GENERATE_MODEL", "NOVA_ENV", "NOVA_LOG_LEVEL", "NOVA_HOST")]
    assert sources == ["command", "env", "file", "default", "default", "default"]


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("API_PORT", "achttausend", "API_PORT: erwartet wird eine ganze Zahl"),
        ("API_PORT", "70000", "API_PORT: höchstens 65535"),
        ("NOVA_ENV", "test", "NOVA_ENV: erlaubt sind 'prod' und 'dev'"),
        ("NOVA_RATE_ASK", "viele", "NOVA_RATE_ASK: erwartet wird zum Beispiel 30/minute"),
        ("NOVA_RATE_ASK", "0/minute", "NOVA_RATE_ASK: erwartet wird zum Beispiel 30/minute"),
        ("NOVA_OLLAMA_URL", "localhost:11434", "NOVA_OLLAMA_URL: erwartet wird eine Adresse"),
        ("NOVA_CLAMAV", "clamav", "NOVA_CLAMAV: erwartet wird host:port oder unix:/pfad"),
        ("NOVA_MQTT_SECONDS", "700", "NOVA_MQTT_SECONDS: erwartet werden ganze Minuten"),
        ("SIM_SMARTMETER_INTERVAL_SEC", "0", "SIM_SMARTMETER_INTERVAL_SEC: mindestens 60"),
        ("NOVA_CLAMAV", "clamav:70000", "NOVA_CLAMAV: erwartet wird"),
        ("NOVA_CLAMAV", "tcp://clamav:3310", "NOVA_CLAMAV: erwartet wird"),
        ("NOVA_CLAMAV", "unix:clamd.sock", "NOVA_CLAMAV: erwartet wird"),
        ("NOVA_CLAMAV", "unix:/" + "x" * 107, "NOVA_CLAMAV: erwartet wird"),
        ("NOVA_METRICS_KEY", "kurz", "NOVA_METRICS_KEY: mindestens 24 zufällige Zeichen"),
        ("NOVA_JOB_WORKERS", "0", "NOVA_JOB_WORKERS=0 überlässt die Aufträge `nova worker`; das braucht NOVA_DATABASE_URL"),
        ("NOVA_NUM_CTX", "1", "NOVA_NUM_CTX: mindestens 1024"),
        ("NOVA_ADAPTER_HOST", "vllm", "NOVA_ADAPTER_HOST=vllm braucht NOVA_ADAPTER_URL, die Adresse des Servers"),
        ("NOVA_RATE_LIMIT", "off", "Unbekannte Einstellung: NOVA_RATE_LIMIT"),
    ],
)
def test_wrong_values_are_named(name: str, value: str, reason: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        load_settings({name: value}, None)
    assert reason in caught.value.message


def test_jobs_may_be_left_to_workers_that_can_be(tmp_path: Path) -> None:
    servers = {"NOVA_DATABASE_URL": "postgresql://nova@db/nova", "NOVA_QDRANT_URL": "http://qdrant:6333"}
    assert load_settings({**servers, "NOVA_JOB_WORKERS": "0"}, None).NOVA_JOB_WORKERS == 0


@pytest.mark.parametrize("place", ["clamav:3310", "10.0.0.7:3310", "[fd00::7]:3310", "unix:/run/clamav/clamd.ctl"])
def test_a_scanner_may_be_anywhere(place: str) -> None:
    settings = load_settings({"NOVA_CLAMAV": place}, None)
    assert place == settings.NOVA_CLAMAV


def test_a_wrong_secret_is_not_repeated() -> None:
    with pytest.raises(Misconfigured) as caught:
        load_settings({"NOVA_OPENAI_URL": "ftp://geheim", "NOVA_OPENAI_KEY": "sk-geheim"}, None)
    assert "sk-geheim" not in caught.value.message


def test_two_models_at_once_are_refused() -> None:
    with pytest.raises(Misconfigured, match="schließen einander aus"):
        load_settings({"NOVA_OLLAMA_URL": "http://a", "NOVA_OPENAI_URL": "http://b/v1"}, None)


def test_nothing_can_be_changed_afterwards() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings({}, None).API_PORT = 1  # type: ignore[misc]


def test_secrets_are_masked_everywhere() -> None:
    settings = load_settings({"ADMIN_API_KEY": "sehr-geheim-0123456789abcdef", "NOVA_DATABASE_URL": "postgresql://u:pw@h/d"}, None)
    shown = {view.name: view for view in effective(settings)}
    assert (shown["ADMIN_API_KEY"].value, shown["ADMIN_API_KEY"].secret, shown["ADMIN_API_KEY"].source) == (MASK, True, "env")
    assert shown["NOVA_OPENAI_KEY"].value == ""
    assert "sehr-geheim" not in repr(settings) + repr(shown)
    assert "pw@h" not in repr(settings) + repr(shown)


def test_every_setting_is_described_and_named_by_the_house_rule() -> None:
    papers = {"ADMIN_API_KEY", "API_PORT", "EMBED_MODEL", "GENERATE_MODEL", "OLLAMA_PORT"}
    papers |= {"SIM_SMARTMETER_INTERVAL_SEC", "SIM_MARKET_INTERVAL_SEC", "SIM_MARKETS", "SIM_PRODUCTS"}
    for view in effective(Settings()):
        assert view.description.endswith(".")
        assert view.name.startswith("NOVA_") or view.name in papers


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({}, ""),
        ({"OLLAMA_PORT": "11434"}, "http://127.0.0.1:11434"),
        ({"OLLAMA_PORT": "1", "NOVA_OLLAMA_URL": "http://gpu:2/"}, "http://gpu:2"),
    ],
)
def test_where_ollama_listens(given: dict[str, str], address: str) -> None:
    assert load_settings(given, None).ollama_url == address


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("localhost", True), ("::1", True), ("[::1]", True), ("127.9.9.9", True), ("0.0.0.0", False), ("nova.example", False)],
)
def test_only_this_machine_is_loopback(host: str, loopback: bool) -> None:
    settings = load_settings({"NOVA_HOST": host, "NOVA_ENV": "dev"}, None)
    assert settings.loopback is loopback
    assert settings.dev_users is loopback


def test_lists_and_sizes(tmp_path: Path) -> None:
    settings = load_settings({"NOVA_FETCH_ALLOW": "wiki.intern, 10.0.0.0/8,", "NOVA_UPLOAD_MB": "2", "NOVA_DATA": str(tmp_path)}, None)
    assert settings.NOVA_FETCH_ALLOW == ("wiki.intern", "10.0.0.0/8")
    assert settings.upload_bytes == 2 * 1024 * 1024
    assert settings.vocabulary_path == tmp_path / "config" / "wortschatz.yaml"


def test_the_data_folder_follows_the_desktop_s_rule(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert tmp_path / "nova" == load_settings({}, None).NOVA_DATA
