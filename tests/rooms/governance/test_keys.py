"""The operator's key and the signing key: made once, kept private, weak ones refused."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from nova.errors import Misconfigured
from nova.governance.secrets import admin_key, signing_key

GOOD = "3q8Zr-Lkw92mXcvB71-pQ5tYe0"


def test_first_start_makes_a_key_and_the_second_finds_it(tmp_path: Path) -> None:
    first, second = admin_key(None, tmp_path), admin_key(None, tmp_path)
    assert first.created
    assert not second.created
    assert first.value == second.value
    assert first.value.startswith("nova_adm_")
    assert len(first.value) >= len("nova_adm_") + 43  # 32 bytes


def test_the_file_is_for_its_owner_only_even_if_somebody_opened_it(tmp_path: Path) -> None:
    key = admin_key(None, tmp_path)
    assert key.path is not None
    assert stat.S_IMODE(key.path.stat().st_mode) == 0o600
    key.path.chmod(0o644)
    admin_key(None, tmp_path)
    assert stat.S_IMODE(key.path.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["admin.key"]


def test_first_starts_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: admin_key(None, tmp_path).value, range(16)))
    assert len(set(keys)) == 1


def test_a_configured_key_is_taken_and_never_written(tmp_path: Path) -> None:
    key = admin_key(GOOD, tmp_path)
    assert (key.value, key.path, key.created) == (GOOD, None, False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("weak", ["", "admin", "changeme", "short-but-Random1", "ChangeMe-ChangeMe-ChangeMe-1234", "a" * 40, "abab" * 10])
def test_weak_keys_are_refused(weak: str, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="ADMIN_API_KEY"):
        admin_key(weak, tmp_path)


def test_an_empty_file_is_named_instead_of_signing_with_nothing(tmp_path: Path) -> None:
    (tmp_path / "admin.key").write_text("\n")
    with pytest.raises(Misconfigured, match=r"admin\.key"):
        admin_key(None, tmp_path)


def test_the_signing_key_has_32_bytes_and_a_damaged_one_is_named(tmp_path: Path) -> None:
    assert len(signing_key(tmp_path)) == 32
    assert signing_key(tmp_path) == signing_key(tmp_path)
    (tmp_path / "signing.key").write_text("abcd")
    with pytest.raises(Misconfigured, match="beschädigt"):
        signing_key(tmp_path)
