"""Scans, which are pictures and pages of a PDF without text -> what Tesseract reads in time and memory, and what is said if it cannot."""

import io
import os
import shutil
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

from nova.engines.extract import pdf as reader
from nova.engines.extract import read_document, scan
from nova.engines.extract import sniff as kinds
from nova.engines.extract.sandbox import seccomp
from nova.errors import UnreadableFile
from nova.records import Document

MANY = 60


def found(document: Document) -> list[tuple[str, int, str]]:
    """Kind, level and words of each block."""
    return [(block.kind, block.level, document.text[block.start : block.end]) for block in document.blocks]


def pages(*, text: int = 0, scanned: int = 0) -> bytes:
    """A PDF of pages with text, then of pages that hold only a line."""
    pdf = FPDF(format="A4")
    pdf.set_font("helvetica", size=11)
    for _ in range(text):
        pdf.add_page()
        pdf.set_y(120)  # further up it would be a running head
        pdf.multi_cell(0, 6, "Diese Seite hat Text, den man lesen kann.")
    for _ in range(scanned):
        pdf.add_page()
        pdf.line(20, 20, 180, 270)
    return bytes(pdf.output())


def picture_of(text: str) -> bytes:

    image = Image.new("L", (1200, 400), 255)
    ImageDraw.Draw(image).text((60, 60), text, font=ImageFont.load_default(size=56), fill=0)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def scanned_pdf() -> bytes:
    pdf = FPDF(format="A4")
    pdf.add_page()
    pdf.set_font("helvetica", size=11)
    pdf.multi_cell(0, 6, "Diese Seite hat Text, den man lesen kann.")
    pdf.add_page()
    pdf.image(io.BytesIO(picture_of("Zaehlerstand 4711")), w=180)
    return bytes(pdf.output())


def test_scans_without_tesseract_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "languages", frozenset)
    document = read_document(scanned_pdf(), kinds.PDF, "scan.pdf")
    assert document.warnings == ("Seite 2 ist ein Scan; Tesseract ist nicht installiert.",)
    with pytest.raises(UnreadableFile, match="Tesseract ist nicht installiert"):
        read_document(picture_of("Strom"), kinds.PNG, "scan.png")


def test_scans_are_read_by_a_tesseract_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program that speaks Tesseract's command line: it proves the picture arrives as PNM or PNG and the text goes in."""
    program = tmp_path / "tesseract"
    program.write_text(
        "#!/bin/sh\n"
        'if [ "$1" = --list-langs ]; then printf "List of available languages (2):\\ndeu\\nosd\\n"; exit 0; fi\n'
        '[ "$*" = "stdin stdout -l deu --psm 3" ] || exit 9\n'
        "head -c 2 | od -An -c | tr -d ' \\n'; printf '\\n\\nZähler-\\nstand 4711\\n\\f'\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    scan.languages.cache_clear()
    try:
        pdf = read_document(scanned_pdf(), kinds.PDF, "scan.pdf")
        assert [entry[2] for entry in found(pdf)][1:] == ["P5", "Zählerstand 4711"]
        image = read_document(picture_of("Strom"), kinds.PNG, "scan.png")
        assert "Zählerstand 4711" in image.text
        assert [page.number for page in image.pages] == [1]
        assert "kann Fehler enthalten" in image.warnings[0]
    finally:
        scan.languages.cache_clear()


def test_scans_are_read_by_tesseract_where_it_is() -> None:
    if shutil.which("tesseract") is None:
        assert not scan.languages()
        return
    document = read_document(scanned_pdf(), kinds.PDF, "scan.pdf")
    assert "4711" in document.text
    assert "4711" in document.text[document.pages[1].start : document.pages[1].end]


def tesseract_that(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, act: str) -> None:
    """A program that speaks Tesseract's command line and then does `act`."""
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\n{act}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(scan, "languages", lambda: frozenset({"deu"}))


@pytest.mark.parametrize(
    ("act", "limit_s", "pages", "lost"),
    [
        ("printf 'eins\\fzwei'; exec sleep 60", 2, ("eins",), scan.LATE),
        ("printf 'eins\\fzwei'; exit 1", 5, ("eins",), scan.FAILED),
        ("kill -SEGV $$", 5, (), scan.FAILED),
        ("printf 'eins\\fzwei\\f'", 5, ("eins", "zwei"), None),
    ],
)
def test_tesseract_that_hangs_or_fails_keeps_its_pages_and_says_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, act: str, limit_s: float, pages: tuple[str, ...], lost: str | None
) -> None:
    tesseract_that(monkeypatch, tmp_path, act)
    assert scan.Reader().read(b"P5", limit_s) == scan.Seen(pages, lost)


def test_a_program_that_is_not_there_and_time_that_is_up_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(scan, "languages", lambda: frozenset({"deu"}))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert scan.Reader().read(b"P5") == scan.Seen((), scan.FAILED)
    assert scan.Reader(budget_s=-1).why_not == scan.SPENT
    assert scan.Reader(budget_s=-1).read(b"P5") == scan.Seen((), scan.SPENT)


def test_what_tesseract_could_not_read_is_named_with_the_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tesseract_that(monkeypatch, tmp_path, "exit 1")
    assert f"Seite 2 ist ein Scan; {scan.FAILED}." in read_document(scanned_pdf(), kinds.PDF, "scan.pdf").warnings
    with pytest.raises(UnreadableFile, match=f"kein Text erkannt; {scan.FAILED}"):
        read_document(picture_of("Strom"), kinds.PNG, "scan.png")


def test_only_a_tiff_gets_the_whole_time_as_it_holds_many_pages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tesseract_that(monkeypatch, tmp_path, "printf 'eins\\fzwei\\f'")
    monkeypatch.setattr(scan, "PAGE_S", 0)
    tiff = read_document(b"II*\x00", kinds.TIFF, "scan.tif")
    assert [page.number for page in tiff.pages] == [1, 2]
    assert not any(scan.LATE in warning for warning in tiff.warnings)
    tesseract_that(monkeypatch, tmp_path, "printf 'eins\\fzwei\\f'; exec sleep 60")
    monkeypatch.setattr(scan, "TIFF_S", 2)
    assert f"Es fehlen Seiten; {scan.LATE}." in read_document(b"II*\x00", kinds.TIFF, "scan.tif").warnings


@pytest.mark.parametrize("end", ["while :; do printf '\\f'; done", f"printf '\\f%.0s' $(seq {scan.MAX_PAGES + 1})"])
def test_pages_without_end_are_read_up_to_a_number(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, end: str) -> None:
    tesseract_that(monkeypatch, tmp_path, f"printf 'eins\\f'; {end}")
    seen = scan.Reader().read(b"II*\x00", 60)
    assert (len(seen.pages), seen.pages[0], seen.lost) == (scan.MAX_PAGES, "eins", scan.MANY)


def test_as_many_pages_as_are_read_are_not_too_many(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tesseract_that(monkeypatch, tmp_path, f"printf '\\f%.0s' $(seq {scan.MAX_PAGES})")
    assert scan.Reader().read(b"II*\x00", 60) == scan.Seen(("",) * scan.MAX_PAGES)


def test_no_tesseract_is_asked_for_a_pdf_without_scans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "languages", lambda: pytest.fail("asked"))
    assert read_document(pages(text=1), kinds.PDF, "text.pdf").text


LITTLE = """
import resource, sys
from pathlib import Path
from nova.engines.extract import pdf, read_document, scan
data = Path(sys.argv[1]).read_bytes()
mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (mapped + 200 * 1024**2,) * 2)
print(read_document(data, "application/pdf", "scan.pdf").text.count("Zaehlerstand"))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the memory of a process is limited and told on Linux only")
def test_many_scanned_pages_fit_into_little_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Drawn all at once, these pages take twice the memory there is."""
    listed = "printf 'List of available languages (1):\\ndeu\\n'; exit 0"
    tesseract_that(monkeypatch, tmp_path, f'[ "$1" = --list-langs ] && {{ {listed}; }}\ncat > /dev/null; printf "Zaehlerstand\\f"')
    (tmp_path / "scan.pdf").write_bytes(pages(scanned=MANY))
    done = subprocess.run([sys.executable, "-c", LITTLE, str(tmp_path / "scan.pdf")], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == str(MANY), done.stderr


@pytest.mark.parametrize(("limit", "why"), [("Reader", scan.SPENT), ("BUDGET_S", reader.TOO_SLOW)])
def test_no_page_is_drawn_when_the_time_is_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, limit: str, why: str) -> None:
    tesseract_that(monkeypatch, tmp_path, "cat > /dev/null; printf 'Zaehlerstand\\f'")
    monkeypatch.setattr(reader, limit, partial(scan.Reader, 0.4) if limit == "Reader" else 0.4)
    monkeypatch.setattr(reader, "DRAWING_S", 0)
    drawn: list[Any] = []

    def slowly(page: Any) -> bytes:
        drawn.append(page)
        time.sleep(0.15)
        return b"P5"

    monkeypatch.setattr(reader, "_picture", slowly)
    document = read_document(pages(text=1, scanned=8), kinds.PDF, "scan.pdf")
    assert 1 <= len(drawn) <= 4
    assert document.text.count("Zaehlerstand") in (len(drawn), len(drawn) - 1)
    assert document.warnings[-1] == f"Seite 9 ist ein Scan; {why}."


def test_pages_with_text_leave_scans_time_to_be_drawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tesseract_that(monkeypatch, tmp_path, "cat > /dev/null; printf 'Zaehlerstand\\f'")
    now, page = [0.0], reader._page

    def slowly(*args: Any) -> Any:
        now[0] += 1.0
        return page(*args)

    monkeypatch.setattr(reader, "_page", slowly)
    monkeypatch.setattr(reader, "time", SimpleNamespace(monotonic=lambda: now[0]))
    document = read_document(pages(text=30), kinds.PDF, "text.pdf")
    assert document.warnings == ("Das Lesen dauerte zu lange; gelesen wurden die ersten 19 von 30 Seiten.",)
    now[0] = 0.0
    document = read_document(pages(text=10, scanned=20), kinds.PDF, "scan.pdf")
    assert document.text.count("Zaehlerstand") == 5
    assert document.warnings == ("Das Lesen dauerte zu lange; gelesen wurden die ersten 15 von 30 Seiten.",)


OLD_KERNEL = """
import ctypes
from nova.engines.extract import scan
from nova.engines.extract.sandbox import seccomp
libc = ctypes.CDLL(None, use_errno=True)
libc.prctl(38, 1, 0, 0, 0)
assert seccomp.install(libc, seccomp.Needs(programs=True, signals=False))
scan.languages = lambda: frozenset({"deu"})
seen = scan.Reader().read(b"P5", 2)
print(seen.pages, seen.lost == scan.LATE)
"""


@pytest.mark.skipif(os.uname().machine not in seccomp.ARCHITECTURES, reason="the filter does not know this processor")
def test_tesseract_ends_in_time_where_the_filter_lets_no_one_end_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Kernels before 6.12 cannot bound signals to a child's own processes, so it may send none."""
    tesseract_that(monkeypatch, tmp_path, "printf 'eins\\fzwei'; exec sleep 30")
    done = subprocess.run([sys.executable, "-c", OLD_KERNEL], capture_output=True, text=True, check=False, timeout=20)
    assert done.stdout.strip() == "('eins',) True", done.stderr
