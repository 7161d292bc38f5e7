"""Opening Nova: what was opened is closed again, whatever fails and when."""

import io
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg
import pytest
from annotated_types import Le
from pydantic import SecretStr

from nova.engines.adapters.servers import DOORS
from nova.engines.extract.sandbox.runner import Children
from nova.engines.models.generate import OllamaGenerator, OpenAIGenerator
from nova.engines.texts.builtin import BuiltinTexts
from nova.errors import Busy, Misconfigured, TooLarge
from nova.knowledge.intake import Labels, receive_file
from nova.records import Caller
from nova.settings import Settings, load_settings
from nova.store.postgres.migrate import RESTORING, migrate
from nova.wiring import engines, open_nova
from nova.wiring.serving import host_of
from tests.fakes.adapter_servers import BASE, serving
from tests.fakes.web import serve


def settings(folder: Path, url: str) -> Settings:
    return Settings(NOVA_DATA=folder / "data", NOVA_DATABASE_URL=SecretStr(url), NOVA_PROMPTS=folder / "luna.yml", GENERATE_MODEL="luna")


@pytest.mark.parametrize("broken", ["luna.yml", "data/secrets/signing.key"])
def test_a_file_that_cannot_be_read_leaves_nothing_open(tmp_path: Path, database_url: str, broken: str) -> None:
    file = tmp_path / broken
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.write_text("nichts")
    file.chmod(0o600)
    with pytest.raises(Misconfigured, match=file.name):
        open_nova(settings(tmp_path, database_url))
    file.unlink()
    open_nova(settings(tmp_path, database_url)).close()  # the database's only index was let go


def test_the_language_model_is_let_go_with_the_rest(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[str] = []
    monkeypatch.setattr(OllamaGenerator, "close", lambda self: closed.append(self.model))
    with open_nova(settings(tmp_path, database_url)):
        assert closed == []
    assert closed == ["luna"]


@pytest.mark.parametrize("kind", sorted(DOORS))
def test_the_host_of_adapters_is_the_one_that_is_named(tmp_path: Path, kind: str) -> None:
    chosen = {"NOVA_DATA": str(tmp_path), "NOVA_ADAPTER_HOST": kind, "NOVA_ADAPTER_KEY": "geheim", "NOVA_ADAPTER_MODEL": BASE}
    with serving(kind) as server, closing(host_of(load_settings({**chosen, "NOVA_ADAPTER_URL": f"{server.address}/v1"}, None))) as host:
        assert (host.name, host.health()["model"]) == (kind, BASE)
        assert server.keys == {"Bearer geheim"}


def test_a_process_of_this_machine_is_not_begun_before_it_is_asked(tmp_path: Path) -> None:
    chosen = {"NOVA_DATA": str(tmp_path), "NOVA_ADAPTER_HOST": "process", "NOVA_TRAIN_PYTHON": "/nirgends"}
    with closing(host_of(load_settings(chosen, None))) as host, pytest.raises(Misconfigured, match="NOVA_TRAIN_PYTHON"):
        host.health()


def test_readers_and_the_fetcher_take_what_may_be_uploaded(tmp_path: Path, database_url: str) -> None:
    chosen = settings(tmp_path, database_url).model_copy(update={"NOVA_UPLOAD_MB": 1, "NOVA_TIKA_URL": "http://127.0.0.1:9"})
    large = b"x" * (1024**2 + 1)
    with serve() as web, open_nova(chosen.model_copy(update={"NOVA_FETCH_ALLOW": ("127.0.0.1",)})) as nova:
        web.page("/", large)
        for take in (
            lambda: nova.texts.extract(large, "text/plain", "a.txt"),
            lambda: nova.texts.extract(large, "application/rtf", "a.rtf"),
            lambda: receive_file(nova.intake, Caller("admin"), io.BytesIO(large), "a.txt", Labels()),
            lambda: nova.fetcher.fetch(f"http://127.0.0.1:{web.port}/"),
        ):
            with pytest.raises(TooLarge, match="1 MiB"):
                take()
    assert settings(tmp_path, database_url).upload_bytes == 50 * 1024**2


def test_a_restore_that_begins_while_nova_opens_is_seen(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with psycopg.connect(database_url, autocommit=True, application_name="nova-restore-1@anderswo") as other:

        def then_a_restore_begins(dsn: str) -> list[str]:
            done = migrate(dsn)
            other.execute("SELECT pg_advisory_lock(%(space)s, %(lock)s)", RESTORING)
            return done

        monkeypatch.setattr("nova.wiring.migrate", then_a_restore_begins)
        with pytest.raises(Busy, match="gerade eine Sicherung"):
            open_nova(settings(tmp_path, database_url))


@pytest.mark.bars
def test_the_readers_take_the_largest_file_that_may_be_set(tmp_path: Path) -> None:
    most = next(rule.le for rule in Settings.model_fields["NOVA_UPLOAD_MB"].metadata if isinstance(rule, Le))
    size = int(most) * 1024**2  # type: ignore[call-overload]
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length 53>>stream\nBT /F 12 Tf 20 200 Td (Lampen sind zu pruefen) Tj ET     \nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n" % (size - 4096) + bytes(size - 4096) + b"\nendstream",
    ]
    data, at = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        at.append(len(data))
        data += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in at)
    data += b"xref\n0 7\n0000000000 65535 f \n" + table + b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)
    with closing(BuiltinTexts(Children(size=1, read=(tmp_path,)), max_bytes=size)) as texts:
        assert "Lampen sind zu pruefen" in texts.extract(bytes(data), "application/pdf", "gross.pdf").text


@pytest.mark.parametrize(("where", "engine"), [("NOVA_OPENAI_URL", OpenAIGenerator), ("NOVA_OLLAMA_URL", OllamaGenerator)])
def test_a_model_has_the_time_that_is_set(where: str, engine: type[OpenAIGenerator | OllamaGenerator]) -> None:
    given = {"GENERATE_MODEL": "luna", where: "http://127.0.0.1:9/v1", "NOVA_MODEL_SECONDS": "50", "NOVA_NUM_CTX": "4096"}
    with ExitStack() as stack:
        made = engines.generator(load_settings(overrides=given), stack)
        assert isinstance(made, engine)
        assert (made.limits.total_s, made.limits.piece_s, made.limits.num_ctx) == (50, 30, 4096)
