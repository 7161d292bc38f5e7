"""A Nova for the length of a command."""

from pathlib import Path

import pytest

from nova.cli.session import throw_away
from nova.settings import Settings

MODEL = {
    "GENERATE_MODEL",
    "OLLAMA_PORT",
    "NOVA_OLLAMA_URL",
    "NOVA_OPENAI_URL",
    "NOVA_OPENAI_KEY",
    "NOVA_NUM_CTX",
    "NOVA_MODEL_SECONDS",
    "NOVA_ASK_SLOTS",
}
MANNER = {"NOVA_PROMPTS", "NOVA_VOCABULARY", "NOVA_TONE", "NOVA_LOG_LEVEL", "NOVA_LOG_FORMAT"}
HOTLINES = {name for name in Settings.model_fields if name.startswith("NOVA_HOTLINE")}
OWN = {"NOVA_DATA", "NOVA_HOST", "NOVA_RATE_LIMITS"}


@pytest.mark.parametrize("name", sorted(set(Settings.model_fields) - MODEL - MANNER - HOTLINES - OWN))
def test_a_throw_away_nova_has_only_the_language_model_and_the_manner_of_the_users(name: str, tmp_path: Path) -> None:
    """Whatever a setting means: no server, no file, no key and no number of workers comes along unless it is named here."""
    users = Settings(NOVA_DATA=tmp_path / "real").model_copy(update={name: object()})
    assert getattr(throw_away(users, tmp_path / "scratch"), name) == Settings.model_fields[name].get_default(call_default_factory=True)


def test_a_throw_away_nova_answers_as_the_users_does(tmp_path: Path) -> None:
    manner = {"NOVA_TONE": "sachlich", "NOVA_HOTLINE": "0800 1"}
    users = Settings(NOVA_DATA=tmp_path / "real", GENERATE_MODEL="llama3", NOVA_OLLAMA_URL="http://gpu:11434", **manner)
    scratch = throw_away(users, tmp_path / "scratch", EMBED_MODEL="bge-m3")
    assert (scratch.GENERATE_MODEL, scratch.ollama_url, scratch.NOVA_TONE, scratch.NOVA_HOTLINE, scratch.EMBED_MODEL) == (
        *("llama3", "http://gpu:11434", "sachlich", "0800 1"),
        "bge-m3",
    )
    assert (tmp_path / "scratch", "127.0.0.1") == (scratch.NOVA_DATA, scratch.NOVA_HOST)
