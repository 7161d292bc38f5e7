"""Where the readers' packages were installed -> a child reads files with them there, and none stands in for Python's own library."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from importlib.metadata import distribution
from importlib.util import cache_from_source
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest

import nova
from nova.engines.extract.sandbox.runner import Children
from nova.errors import UnreadableFile
from tests.places import SAMPLES

FAKES = Path(__file__).parents[1] / "fakes"
SOURCE = Path(nova.__file__).parents[1]
SAMPLE = SAMPLES / "sample.pdf"
BUILT_ON = (
    "charset-normalizer",
    "python-docx",
    "et-xmlfile",
    "lxml",
    "numpy",
    "openpyxl",
    "pillow",
    "python-pptx",
    "pydifact",
    "pypdfium2",
    "sentencex",
    "pystemmer",
    "typing-extensions",
    "xlsxwriter",
)
READ = """
import sys
from pathlib import Path
from nova.engines.extract.sandbox.runner import Children
from nova.errors import UnreadableFile
from nova.engines.texts.builtin import BuiltinTexts
texts = BuiltinTexts(Children(size=1))
for path in sorted(Path(sys.argv[1]).iterdir()):
    data = path.read_bytes()
    print(path.suffix, len(texts.extract(data, texts.sniff(data, path.name), path.name).blocks) > 0)
print(texts.health()["open"])
learned = texts.children.run("nova.knowledge.prepare:learn_in_child", {}, b'["Die Netzentgelte steigen. Der Strom kostet mehr."]')[1]
print(len(learned) > 0)
texts.close()
"""


def installed_apart(folder: Path) -> list[Path]:
    """Each package in a folder of its own, as PEX and Nix lay them out."""
    folders = []
    for name in BUILT_ON:
        found = distribution(name)
        for file in found.files or ():
            if not {"..", "tests"} & set(file.parts) and file.suffix != ".pyc":
                copy(Path(str(found.locate_file(file))), folder / name / file)
        folders.append(folder / name)
    return folders


def copy(file: Path, to: Path) -> None:
    """A file with its age, and what was compiled of it, so that no child has to."""
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(file, to)
    compiled = Path(cache_from_source(str(file)))
    if file.suffix == ".py" and compiled.exists():
        Path(cache_from_source(str(to))).parent.mkdir(exist_ok=True)
        shutil.copy2(compiled, cache_from_source(str(to)))


def some_files(folder: Path) -> None:
    folder.mkdir()
    letter, table, talk = docx.Document(), openpyxl.Workbook(), pptx.Presentation()
    letter.add_paragraph("Der Strom kostet mehr.")
    table.worksheets[0]["A1"] = "Strom"
    talk.slides.add_slide(talk.slide_layouts[0]).shapes[0].text_frame.text = "Strom"
    letter.save(str(folder / "a.docx"))
    table.save(str(folder / "b.xlsx"))
    talk.save(str(folder / "c.pptx"))
    (folder / "d.html").write_text("<!DOCTYPE html><html><body><p>Der Strom kostet mehr.</p></body></html>")
    (folder / "e.txt").write_bytes("Der Zähler läuft über Nacht, die Wärme kühlt ab.".encode("cp1252"))
    shutil.copyfile(SAMPLE, folder / "f.pdf")


@pytest.mark.parametrize("apart", [False, True], ids=["in one other folder", "each in a folder of its own"])
def test_files_are_read_wherever_the_packages_lie(tmp_path: Path, apart: bool) -> None:
    some_files(tmp_path / "files")
    folders = installed_apart(tmp_path / "packages") if apart else [Path(docx.__file__).parents[1]]
    plain = getattr(sys, "_base_executable", sys.executable)  # a Python that knows nothing of these folders
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(str(one) for one in (SOURCE, *folders))}
    command = [plain, "-P", "-c", READ, str(tmp_path / "files")]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    assert lines[:6] == [f"{suffix} True" for suffix in (".docx", ".xlsx", ".pptx", ".html", ".txt", ".pdf")], done.stderr
    assert lines[7:] == ["True"], done.stderr


@pytest.mark.parametrize("name", ["enum", "pathlib", "uuid"])
def test_a_backport_among_the_packages_does_not_stand_in_for_pythons_own(tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.py").write_text("raise SystemExit('an old backport')\n")
    with closing(Children(size=1, code=(FAKES, tmp_path))) as children:
        assert children.run("child_tasks:echo", {}, b"well")[1] == b"well"


def test_what_cannot_be_loaded_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nova.engines.extract.sandbox.runner.package_folders", lambda: (str(tmp_path),))
    with closing(Children(size=1)) as children, pytest.raises(UnreadableFile, match="Die Leser lassen sich nicht laden"):
        children.run("nova.engines.extract.sandbox.confine:report_task", {})
