"""The committed web app was built from the committed sources, its types from the committed API, and it asks nobody else for anything."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "src" / "nova" / "webui"
FOREIGN = re.compile(r"(?:src|href)=\"(?:https?:)?//|@import url\(\"?https?:|url\(\"?(?:https?:)?//")
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\son\w+=|javascript:", re.IGNORECASE)


@pytest.fixture(scope="module")
def web_digest() -> ModuleType:
    spec = importlib.util.spec_from_file_location("web_digest", ROOT / "scripts" / "web_digest.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_built_app_is_current(web_digest: ModuleType) -> None:
    built = (BUILT / "digest.txt").read_text("ascii").strip()
    assert built == web_digest.digest(), "the web sources changed: run `make web` and commit src/nova/webui"


def test_the_digest_hears_of_every_change(web_digest: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for source in web_digest.sources():
        copy = tmp_path / source.relative_to(web_digest.WEB)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())
    before = web_digest.digest()
    monkeypatch.setattr(web_digest, "WEB", tmp_path)
    assert web_digest.digest() == before
    (tmp_path / "src" / "main.tsx").rename(tmp_path / "src" / "other.tsx")
    renamed = web_digest.digest()
    (tmp_path / "src" / "other.tsx").write_text("changed")
    assert len({before, renamed, web_digest.digest()}) == 3


def test_only_the_shape_of_the_api_counts(web_digest: ModuleType) -> None:
    def described(text: str, kind: str) -> bytes:
        field = {"type": kind, "description": text}
        return json.dumps({"info": {"version": text}, "components": {"schemas": {"A": {"properties": {"title": field}}}}}).encode()

    digests = [web_digest.api_digest(described(text, kind)) for text, kind in (("a", "string"), ("b", "string"), ("a", "integer"))]
    assert digests[0] == digests[1] != digests[2]


def test_the_page_holds_no_inline_code_and_asks_no_other_host() -> None:
    page = (BUILT / "index.html").read_text("utf-8")
    assert not INLINE.search(page)
    for file in [BUILT / "index.html", *BUILT.glob("assets/*.css")]:
        assert not FOREIGN.search(file.read_text("utf-8")), file.name


def test_every_file_the_page_names_is_there() -> None:
    page = (BUILT / "index.html").read_text("utf-8")
    named = re.findall(r"(?:src|href)=\"/([^\"]+)\"", page)
    assert len(named) >= 3
    assert [name for name in named if not (BUILT / name).is_file()] == []
