"""Opening Nova: what was opened is closed again, whatever fails and when."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from nova.engines.generate import OllamaGenerator
from nova.errors import Misconfigured
from nova.settings import Settings
from nova.wiring import open_nova


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
