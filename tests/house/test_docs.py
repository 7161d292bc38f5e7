"""What the docs say is what the code does: reference pages, links, the tree, the version; and the built files match their sources."""

import re
from pathlib import Path

import pytest

from nova import __version__
from scripts import openapi, reference, web_digest
from tests.house.places import DOCS, PACKAGE, ROOT

READMES = ("README.md", "README.de.md")
PROSE = [*(ROOT / name for name in (*READMES, "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")), *sorted(DOCS.rglob("*.md"))]
PAGES = [path for path in PROSE if "samples" not in path.parts]
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")
COMMAND = re.compile(r"`nova ([a-z]+(?: [a-z]+(?:-[a-z]+)*)?)")
CODE_PATH = re.compile(r"(?<![\w/.<-])((?:src/nova/|tests/|benchmarks/|scripts/)?[a-z_]+(?:/[a-z_]+)+\.py)\b")
NOT_ROOMS = {"__pycache__", "webui", "samples"}


@pytest.mark.parametrize("name", reference.pages())
def test_a_reference_page_is_what_the_code_gives(name: str) -> None:
    committed = (reference.TARGET / name).read_text("utf-8")
    assert committed == reference.pages()[name], "make reference"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_of_code_that_is_named_is_there(path: Path) -> None:
    """Named from the root, or below the package (`store/people/usage.py`)."""
    named = [] if path.name == "papers.md" else CODE_PATH.findall(path.read_text("utf-8"))
    assert [one for one in named if not (ROOT / one).exists() and not (PACKAGE / one).exists()] == []


def test_the_committed_description_of_the_api_is_the_apps() -> None:
    assert openapi.TARGET.read_text("utf-8") == openapi.description(), "make reference"


@pytest.mark.parametrize("name", ["sample.pdf", "sample.docx", "sample.md"])
def test_the_samples_lie_where_001_says(name: str) -> None:
    assert (DOCS / name).read_bytes() == (DOCS / "samples" / name).read_bytes()


def test_the_built_web_app_comes_from_these_sources() -> None:
    assert web_digest.DIGEST.read_text("ascii").strip() == web_digest.digest(), "make web"
    assert (PACKAGE / "webui" / "index.html").is_file()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    assert [link for link in LINK.findall(text) if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_that_a_page_names_exists(path: Path) -> None:
    known = {words.removeprefix("nova ") for words, _ in reference.walk(reference.nova, "nova")}
    groups = {words.rpartition(" ")[0] for words in known if " " in words}
    named = {words if words.split()[0] in groups else words.split()[0] for words in COMMAND.findall(path.read_text("utf-8"))}
    assert [words for words in sorted(named) if words not in known | groups] == []


@pytest.mark.parametrize("name", READMES)
def test_a_readme_gives_every_room_a_line(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name not in NOT_ROOMS and any(path.glob("*.py"))}
    assert [room for room in sorted(rooms) if f"{room}/" not in text] == []


@pytest.mark.parametrize("name", READMES)
def test_a_readme_names_the_two_commands_and_settings_that_exist(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "make up" in text
    assert "make test" in text
    assert set(re.findall(r"\bNOVA_[A-Z0-9_]+\b", text)) - set(reference.Settings.model_fields) == set()


def test_the_changelog_begins_with_this_version() -> None:
    versions = re.findall(r"^## \[?(\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert versions[:1] == [__version__]


def test_every_decision_is_in_the_index() -> None:
    index = (DOCS / "decisions" / "README.md").read_text("utf-8")
    assert [path.name for path in (DOCS / "decisions").glob("0*.md") if path.name not in index] == []


def test_every_path_that_contributing_names_is_there() -> None:
    named = re.findall(r"`((?:src|tests|docs|web|deploy)/[^`<>*]+?)`", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert len(named) > 10
    assert [path for path in named if not (ROOT / path).exists()] == []
