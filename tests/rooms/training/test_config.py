"""Recipes: read strictly, told apart by what decides the outcome, and bases only from where they may lie."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nova.errors import InvalidInput, NotFound
from nova.training.config import MINI, base_folder, folder_digest, recipe, recipe_file, seen_digest
from nova.training.preflight import cheapest_start, needs
from tests.house.places import ROOT

SHOWN = ROOT / "config" / "finetune"


def test_the_shown_recipes_are_those_that_ship_and_are_read() -> None:
    shipped = ROOT / "src" / "nova" / "training" / "finetune"
    names = [str(path.relative_to(SHOWN)) for path in sorted(SHOWN.rglob("*.yaml"))]
    assert names == ["llama3-8b.yaml", "lora.yaml", "profiles/cpu.yaml", "profiles/dgx.yaml"]
    assert [(SHOWN / name).read_text("utf-8") for name in names] == [(shipped / name).read_text("utf-8") for name in names]
    large = recipe_file(SHOWN / "llama3-8b.yaml", "dgx")
    assert (large.config.lora.rank, large.config.training.accumulate, large.profile.precision) == (16, 8, "bf16")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rank: 8", "rank: 0"), ("method: sft", "method: ppo"), ("rate: 0.002", "rate: 0.002\n  neu: 1"), ("epochs: 3", "epochs: drei"),
        ("name: sophia-finetune", "name: ../sophia"), ("targets: [q_proj,", "targets: ['../x',"), ("every: 20", "every: 0"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_recipe_is_named(old: str, new: str) -> None:
    text = (SHOWN / "lora.yaml").read_text("utf-8")
    assert old in text
    with pytest.raises(InvalidInput, match=r"lora\.yaml"):
        recipe(text.replace(old, new, 1), "cpu")


def test_a_profile_is_one_that_ships() -> None:
    for name in ("tpu", "../profiles/cpu", "cpu.yaml", ""):
        with pytest.raises(NotFound, match="cpu und dgx"):
            recipe("", name)


def test_the_digest_tells_apart_what_decides_the_outcome() -> None:
    text = (SHOWN / "lora.yaml").read_text("utf-8")
    first = recipe(text, "cpu").digest()
    for same in ("hours: 1.0", "name: sophia-finetune"):
        assert recipe(text.replace(same, same.replace("1.0", "9.0").replace("sophia-finetune", "anders")), "cpu").digest() == first
    for other in ("rank: 8", "epochs: 3", "init: 1", "every: 20"):
        assert (
            recipe(text.replace(other, other.replace("8", "4").replace("3", "2").replace("1", "2").replace("20", "9")), "cpu").digest()
            != first
        )
    assert recipe(text, "dgx").digest() != first


def test_a_base_lies_with_nova_or_below_models_base(tmp_path: Path) -> None:
    assert len(folder_digest(base_folder(MINI, tmp_path))) == 64
    assert sum(path.stat().st_size for path in base_folder(MINI, tmp_path).iterdir()) < 2_000_000
    good = tmp_path / "models" / "base" / "gut"
    good.mkdir(parents=True)
    with pytest.raises(InvalidInput, match="safetensors"):
        base_folder("models/base/gut", tmp_path)
    (good / "model.safetensors").write_bytes(b"x")
    (good / "config.json").write_text("{}", "utf-8")
    before = folder_digest(base_folder("models/base/gut", tmp_path))
    (good / "pytorch_model.bin").write_bytes(b"pickle")  # is never read
    assert folder_digest(good) == before
    (good / "model.safetensors").write_bytes(b"y")
    assert folder_digest(good) != before
    (tmp_path / "models" / "base" / "fort").symlink_to(tmp_path)
    for name in ("models/base/../../geheim", "/etc", "models/base/fort"):
        with pytest.raises((InvalidInput, NotFound)):
            base_folder(name, tmp_path)


def test_what_a_run_takes_stands_beside_its_budget() -> None:
    chosen = recipe("", "cpu")
    told = {one.name: one for one in needs(chosen, 7200, 1.0, 7000)}
    assert (told["hours"].value, told["kwh"].value, told["eur"].value) == (2.0, 0.13, 0.039)
    assert [name for name, one in told.items() if one.reason] == ["hours", "memory_mib"]
    assert told["memory_mib"].reason == "Der Lauf braucht etwa 7.000 MiB Speicher; das Budget sind 6.000."


def test_the_cheapest_start_is_found_among_hours_without_gaps() -> None:
    begins = datetime(2026, 11, 25, 20, tzinfo=UTC)
    prices = [(begins + timedelta(hours=at), price) for at, price in enumerate((90.0, 80.0, 10.0, 20.0, 15.0, 70.0))]
    assert cheapest_start(prices, 1.5, begins) == begins + timedelta(hours=2)
    assert cheapest_start(prices, 3.0, begins) == begins + timedelta(hours=2)
    assert cheapest_start([*prices[:3], *prices[4:]], 1.5, begins) == begins + timedelta(hours=4)
    assert cheapest_start(prices, 7.0, begins) is None and cheapest_start([], 1.0, begins) is None
    now = begins + timedelta(minutes=20)
    assert cheapest_start([(begins, 1.0), (begins + timedelta(hours=1), 50.0)], 0.5, now) == now


def test_a_digest_is_computed_anew_when_a_file_has_changed(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"eins")
    first = seen_digest(tmp_path)
    assert first == folder_digest(tmp_path) == seen_digest(tmp_path)
    weights.write_bytes(b"zwei!")
    assert seen_digest(tmp_path) == folder_digest(tmp_path) != first
    (tmp_path / "config.json").write_text("{}", "utf-8")
    assert seen_digest(tmp_path) == folder_digest(tmp_path)
