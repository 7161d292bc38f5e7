"""The contract of `Texts` on both engines and their chain; then the server's kinds and faults, and answers as hostile as files."""

import contextlib
import io
import json
import time
from collections.abc import Iterator
from dataclasses import replace

import docx
import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nova.engines.extract import foreign as kinds
from nova.engines.extract.sandbox.runner import Children
from nova.engines.extract.sniff import DOCX, MARKDOWN, PLAIN
from nova.engines.extract.tika import read_rmeta
from nova.engines.texts.builtin import BuiltinTexts
from nova.engines.texts.chain import ChainedTexts
from nova.engines.texts.tika import TikaLimits, TikaTexts
from nova.errors import Busy, Misconfigured, NovaError, ServerAbsent, TooLarge, UnreadableFile, UnsupportedFile
from nova.ports import Texts
from nova.records import Document
from tests.fakes import office
from tests.fakes.tika import TikaServer, recorded, serving

QUICK = TikaLimits(connect_s=1, word_s=0.5, file_s=0.7, max_bytes=1_000_000, reply_bytes=2_000_000)
PATIENT = replace(QUICK, connect_s=10, word_s=30, file_s=30)
SILENT = ("slow", "drip", "dead")


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    pool = Children()
    yield pool
    pool.close()


@pytest.fixture
def server() -> Iterator[TikaServer]:
    with serving() as running:
        yield running


@pytest.fixture
def tika(server: TikaServer, children: Children) -> Iterator[TikaTexts]:
    engine = TikaTexts(server.url, children, PATIENT)
    yield engine
    engine.close()


@pytest.fixture
def hasty(server: TikaServer, children: Children) -> Iterator[TikaTexts]:
    engine = TikaTexts(server.url, children, QUICK)
    yield engine
    engine.close()


@pytest.fixture(params=["builtin", "tika", "chain"])
def texts(request: pytest.FixtureRequest, tika: TikaTexts, children: Children) -> Texts:
    builtin = BuiltinTexts(children, max_bytes=1_000_000)
    chained: dict[str, Texts] = {"builtin": builtin, "tika": tika, "chain": ChainedTexts(builtin, tika)}
    return chained[request.param]


def word() -> bytes:
    made, stream = docx.Document(), io.BytesIO()
    made.add_heading("§ 1 Anschluss", 1)
    made.add_paragraph("Der Anschluss wird innerhalb von 14 Tagen hergestellt. Straße & Öl.")
    made.save(stream)
    return stream.getvalue()


def own_file(texts: Texts) -> tuple[bytes, str, str]:
    """A file this engine reads, its kind and its name."""
    return (word(), DOCX, "note.docx") if isinstance(texts, BuiltinTexts) else (office.odt(), kinds.ODT, "note.odt")


def found(document: Document) -> list[tuple[str, int, str]]:
    last = 0
    for block in document.blocks:
        assert last <= block.start < block.end <= len(document.text)
        last = block.end
    return [(block.kind, block.level, document.text[block.start : block.end]) for block in document.blocks]


def test_a_file_becomes_text_with_headings_and_exact_offsets(texts: Texts) -> None:
    data, kind, name = own_file(texts)
    assert texts.sniff(data, name) == kind
    document = texts.extract(data, kind, name)
    assert document.media_type == kind
    assert found(document)[:2] == [
        ("heading", 1, "§ 1 Anschluss"),
        ("paragraph", 0, "Der Anschluss wird innerhalb von 14 Tagen hergestellt. Straße & Öl."),
    ]


def test_the_same_file_gives_the_same_text(texts: Texts) -> None:
    data, kind, name = own_file(texts)
    assert texts.extract(data, kind, name) == texts.extract(data, kind, name)


def test_a_broken_file_is_unreadable_by_its_name(texts: Texts) -> None:
    data, kind, name = own_file(texts)
    with pytest.raises(UnreadableFile, match=f"„{name}“ ist beschädigt"):
        texts.extract(data[:-200], kind, name)


def test_a_large_file_is_refused(texts: Texts) -> None:
    data, kind, name = own_file(texts)
    with pytest.raises(TooLarge, match=name):
        texts.extract(data + b"\x00" * 1_000_000, kind, name)


@pytest.mark.parametrize("head", [b"MZ\x90\x00\x03\x00\x00\x00", b"\x7fELF\x02\x01", b"\x1f\x8b\x08\x00", b"", bytes(range(256)) * 4])
def test_what_nobody_reads_is_refused_by_its_name(texts: Texts, head: bytes) -> None:
    with pytest.raises(UnsupportedFile, match=r"„bericht\.odt“"):
        texts.sniff(head, "bericht.odt")


def test_a_kind_nobody_reads_is_refused(texts: Texts) -> None:
    with pytest.raises(UnsupportedFile):
        texts.extract(b"x", "application/x-shockwave-flash", "film.swf")


def test_health_names_the_engine_and_its_kinds(texts: Texts) -> None:
    _, kind, _ = own_file(texts)
    health = texts.health()
    assert health["name"]
    assert kind in health["accepts"]


READS = [
    (office.odt(), kinds.ODT, "Netzanschluss", ("table", 0, "| Strom | 14 |")),
    (office.ods(), kinds.ODS, "Netzanschluss", ("table", 0, "| Januar | 31,5 |")),
    (office.rtf(), kinds.RTF, "Netzanschluss", ("paragraph", 0, "Der Anschluss wird innerhalb von 14 Tagen hergestellt. Straße.")),
    (office.epub(), kinds.EPUB, "Handbuch Netz", ("list", 0, "- erstens")),
    (office.letter(), kinds.EML, "Abschaltung am Freitag, Straße 3", ("heading", 1, "Anhang „werte.csv“")),
]


@pytest.mark.parametrize(("data", "kind", "title", "block"), READS)
def test_tikas_own_words_become_documents(tika: TikaTexts, data: bytes, kind: str, title: str, block: tuple[str, int, str]) -> None:
    assert tika.sniff(data, "ohne Namen") == kind
    document = tika.extract(data, kind, "ohne Namen")
    assert document.title == title
    assert block in found(document)
    assert "alert" not in document.text


def test_the_recorded_answers_belong_to_the_files() -> None:
    assert len(recorded()) == len(READS)


def test_an_attachment_stands_below_its_name_and_its_lines_stay(tika: TikaTexts) -> None:
    blocks = found(tika.extract(office.letter(), kinds.EML, "brief.eml"))
    assert blocks[:4] == [
        ("paragraph", 0, "Guten Tag,"),
        ("paragraph", 0, "die Abschaltung dauert zwei Stunden."),
        ("heading", 1, "Anhang „anschluss.odt“"),
        ("heading", 1, "§ 1 Anschluss"),
    ]
    assert blocks[-1] == ("paragraph", 0, "Zähler;kWh\n1;200")


def test_the_server_gets_the_kind_and_no_name(server: TikaServer, tika: TikaTexts) -> None:
    tika.extract(office.odt(), kinds.ODT, "Kündigung Frau Muster.odt")
    method, path, headers, size = server.seen[-1]
    assert (method, path, size) == ("PUT", "/rmeta/html", len(office.odt()))
    assert headers["Content-Type"] == kinds.ODT
    assert headers["Accept"] == "application/json"
    assert int(headers["writeLimit"]) > 0
    assert "Muster" not in str(headers)


def answered(**entry: object) -> bytes:
    return json.dumps([{"Content-Type": kinds.DOC, "X-TIKA:embedded_depth": "0", **entry}]).encode()


def failing(exception: str, **entry: object) -> bytes:
    return answered(**{"X-TIKA:EXCEPTION:container_exception": exception}, **entry)


def page(body: str) -> str:
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{body}</body></html>'


def test_words_german_styles_are_headings_and_running_heads_go() -> None:
    body = (
        '<div class="header"><p class="kopfzeile">Stadtwerke</p></div><p class="titel">Handbuch</p><p class="überschrift_1">Netz\n</p>'
        '<p class="standard">Das Netz ist sicher.</p><p class="heading_2">Spannung</p><p class="fußzeile">Seite 1</p>'
        '<div class="package-entry"><h1>anhang.txt</h1></div><div class="outside">&amp;P</div>'
    )
    document = read_rmeta(answered(**{"X-TIKA:content": page(body)}), kinds.DOC, "alt.doc")
    assert found(document) == [
        ("heading", 1, "Handbuch"),
        ("heading", 1, "Netz"),
        ("paragraph", 0, "Das Netz ist sicher."),
        ("heading", 2, "Spannung"),
    ]
    assert document.title == "Handbuch"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (failing("org.apache.tika.exception.EncryptedDocumentException: x"), "mit einem Kennwort"),
        (failing("org.apache.tika.exception.TikaException: x"), r"beschädigt.*\(TikaException\)"),
        (failing("java.io.EOFException", **{"X-TIKA:content": "<p>halb</p>"}), "EOFException"),
        (answered(**{"X-TIKA:content": page("<p> </p>")}), "keinen lesbaren Text"),
        (answered(), "keinen lesbaren Text"),
        (b"[]", "unverständlich"),
        (b"{}", "unverständlich"),
        (b"[1]", "unverständlich"),
        (b"[" * 100_000, "unverständlich"),
        (b"<html>", "unverständlich"),
        (b"", "unverständlich"),
        (answered(**{"X-TIKA:content": page("<div>" * 100_000)}), "keinen lesbaren Text|nicht lesen"),
        (answered(**{"X-TIKA:content": 7}), "keinen lesbaren Text"),
    ],
)
def test_an_answer_that_is_no_text_is_a_reason(server: TikaServer, tika: TikaTexts, answer: bytes, words: str) -> None:
    server.answer = answer
    with pytest.raises(UnreadableFile, match=words):
        tika.extract(office.ole2("WordDocument"), kinds.DOC, "alt.doc")


def test_what_was_left_out_is_a_warning() -> None:
    entries = [
        {"Content-Type": kinds.EML, "X-TIKA:content": page("<p>Brief</p>"), "X-TIKA:EXCEPTION:write_limit_reached": "true"},
        {"Content-Type": "image/png", "resourceName": "bild.png", "X-TIKA:content": page("<p>Logo</p>")},
        {"resourceName": "x.zip", "X-TIKA:content": page(""), "X-TIKA:EXCEPTION:embedded_exception": "org.apache.tika.exception.ZeroByte"},
        *({"resourceName": f"{number}.txt", "Content-Type": "text/plain", "X-TIKA:content": page("<p>a</p>")} for number in range(60)),
    ]
    document = read_rmeta(json.dumps(entries).encode(), kinds.EML, "brief.eml")
    assert "Logo" not in document.text
    assert set(document.warnings) == {
        "Der Text ist sehr lang; nur sein Anfang wurde gelesen.",
        "Der Anhang „x.zip“ konnte nicht gelesen werden.",
        "Nur die ersten 50 Anhänge wurden gelesen.",
    }


FAULTS: list[tuple[str, type[NovaError], str]] = [
    ("204", UnreadableFile, "keinen lesbaren Text"),
    ("413", TooLarge, "größer als der Tika-Server annimmt"),
    ("415", UnreadableFile, "kennt ihre Art nicht"),
    ("422", UnreadableFile, "Kennwort geschützt oder beschädigt"),
    ("500", UnreadableFile, "meldet einen Fehler"),
    ("slow", UnreadableFile, "brauchte länger als 0.7 s"),
    ("drip", UnreadableFile, "brauchte länger als 0.7 s"),
    ("flood", UnreadableFile, "das Ergebnis ist zu groß"),
    ("html", UnreadableFile, "unverständlich"),
    ("503", Busy, "ausgelastet oder startet gerade neu"),
    ("429", Busy, "ausgelastet"),
    ("401", ServerAbsent, "verlangt eine Anmeldung"),
    ("404", ServerAbsent, r"lehnt ab \(Antwort 404\)"),
    ("301", ServerAbsent, "leitet weiter"),
    ("cut", ServerAbsent, "Verbindung abgebrochen"),
    ("dead", ServerAbsent, "antwortet nicht rechtzeitig"),
]


@pytest.mark.parametrize(("mode", "error", "words"), FAULTS)
def test_whatever_goes_wrong_has_a_name_and_passes(
    server: TikaServer, tika: TikaTexts, hasty: TikaTexts, mode: str, error: type[NovaError], words: str
) -> None:
    server.mode = mode
    began = time.monotonic()
    with pytest.raises(error, match=words) as raised:
        (hasty if mode in SILENT else tika).extract(office.odt(), kinds.ODT, "note.odt")
    assert type(raised.value) is error
    assert ("note.odt" in raised.value.message) == (error in (UnreadableFile, TooLarge))
    assert time.monotonic() - began < 20
    server.mode = "good"
    assert tika.extract(office.odt(), kinds.ODT, "note.odt").title == "Netzanschluss"


def test_a_server_that_is_away_is_waited_for(server: TikaServer, tika: TikaTexts) -> None:
    server.stop()
    for call in (tika.health, lambda: tika.extract(office.odt(), kinds.ODT, "note.odt")):
        with pytest.raises(ServerAbsent, match=f"Der Tika-Server unter {server.url} ist nicht erreichbar"):
            call()
    server.start()
    assert tika.health()["version"] == "3.2.3"
    assert tika.extract(office.odt(), kinds.ODT, "note.odt").text


def test_something_else_under_the_address_is_no_tika(server: TikaServer, tika: TikaTexts, children: Children) -> None:
    for server.version in ("nginx", "Apache Tika " + "3" * 300, ""):
        with pytest.raises(ServerAbsent, match="unverständlich"):
            tika.health()
    with pytest.raises(Misconfigured, match="NOVA_TIKA_URL"):
        TikaTexts("http://", children)


def test_the_chain_leaves_the_builtin_readers_their_kinds(server: TikaServer, tika: TikaTexts, children: Children) -> None:
    chain = ChainedTexts(BuiltinTexts(children), tika)
    assert chain.sniff(word(), "x.docx") == DOCX
    assert chain.sniff(b"# Strom\n\nund Gas", "x.md") == MARKDOWN
    server.mode = "503"
    assert chain.extract(word(), DOCX, "x.docx").text
    assert server.seen == []
    health = chain.health()
    assert "ausgelastet" in health["tika_error"]
    assert DOCX in health["accepts"]
    server.mode = "good"
    assert chain.health()["tika"] == "3.2.3"
    with pytest.raises(UnsupportedFile, match=r"Nova liest PDF, Word.*Mit dem Tika-Server"):
        chain.sniff(b"\x1f\x8b\x08\x00", "x.tar.gz")


@pytest.mark.parametrize("data", [data for data, *_ in READS] + [office.ole2("Workbook")])
def test_without_a_tika_server_the_message_says_that_one_would_help(data: bytes) -> None:
    with pytest.raises(UnsupportedFile, match=r"Mit einem Apache-Tika-Server \(NOVA_TIKA_URL\) liest Nova auch diese Art"):
        BuiltinTexts().sniff(data, "datei")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (office.ole2("WordDocument", "1Table"), kinds.DOC),
        (office.ole2("A", "Workbook"), kinds.XLS),
        (office.ole2("Book"), kinds.XLS),
        (office.ole2("PowerPoint Document"), kinds.PPT),
        (office.ole2("__properties_version1.0"), kinds.MSG),
        (office.ole2("ObjectPool"), None),
        (office.ole2(), None),
        (office.ole2("WordDocument")[:700], None),
        (office.odf("graphics", "<x/>"), None),
        (office.odf("text-template", "<x/>"), kinds.ODT),
        (b"From: a@x.example\r\nDate: Fri, 20 Nov 2026 10:00:00 +0100\r\nSubject: x\r\n\r\nHallo", kinds.EML),
        (b"Received: by x\r\n\twith y;\r\nFrom: a\r\nTo: b\r\n\r\n", kinds.EML),
        (b"From: a\nSubject: b\nTo: c\n\nkein Weg", None),
        (b"Date: heute\nFrom: a\nText ohne Feld\n", None),
        (b"Von: a\nAn: b\nBetreff: c\n\nHallo", None),
    ],
)
def test_content_decides(data: bytes, kind: str | None) -> None:
    assert kinds.foreign(data, "datei") == kind


def test_a_letters_head_in_a_text_file_is_text(children: Children, tika: TikaTexts) -> None:
    head = b"From: a@x.example\nDate: Fri, 20 Nov 2026\nSubject: x\n\nHallo"
    assert ChainedTexts(BuiltinTexts(children), tika).sniff(head, "notiz.txt") == PLAIN
    assert ChainedTexts(BuiltinTexts(children), tika).sniff(head, "brief.eml") == kinds.EML


def test_an_office_file_with_a_password_is_refused_as_such() -> None:
    with pytest.raises(UnsupportedFile, match="mit einem Kennwort geschützt"):
        kinds.foreign(office.ole2("EncryptionInfo", "EncryptedPackage"), "geheim.docx")


@given(st.binary(max_size=600), st.sampled_from([b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"From: a\r\n", b"{\\rtf"]))
def test_any_bytes_are_one_kind_or_none_but_never_crash(data: bytes, head: bytes) -> None:
    with contextlib.suppress(UnsupportedFile):
        assert kinds.foreign(head + data, "x") in (None, *kinds.FOREIGN)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 1500), st.binary(min_size=1, max_size=40))
def test_a_damaged_container_never_crashes(at: int, noise: bytes) -> None:
    data = office.ole2("WordDocument", "1Table", "Data", "CompObj")
    with contextlib.suppress(UnsupportedFile):
        kinds.foreign(data[:at] + noise + data[at + len(noise) :], "x")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20), lambda inner: st.lists(inner, max_size=3), max_leaves=5
)
KEYS = st.sampled_from(
    ["X-TIKA:content", "Content-Type", "resourceName", "dc:title", "X-TIKA:EXCEPTION:embedded_exception", "X-TIKA:embedded_depth"]
)
TAGS = ["<p>", "</p>", "<table>", "<tr>", "<td>", "<h1>", "<br/>", "\n\n", "Wort ", "<p class='titel'>", "\x00", "<title/>"]
MARKUP = st.lists(st.sampled_from(TAGS)).map("".join)


@given(st.lists(st.dictionaries(KEYS, MARKUP | JSON, max_size=5), min_size=1, max_size=4))
def test_any_answer_is_a_document_or_unreadable(entries: list[dict[str, object]]) -> None:
    with contextlib.suppress(UnreadableFile):
        document = read_rmeta(json.dumps(entries).encode(), kinds.EML, "x.eml")
        assert document.text.strip()
        found(document)


def test_the_fake_answers_as_documented(server: TikaServer) -> None:
    assert httpx.get(f"{server.url}/version").text == "Apache Tika 3.2.3"
    assert httpx.get(f"{server.url}/tika").text.endswith("Please PUT\n")
    assert httpx.put(f"{server.url}/rmeta/html", content=b"x", headers={"Content-Type": "video/mp4"}).status_code == 415
    own = office.odf("text", "<office:text><text:h>Kopf</text:h><text:p>Wort</text:p></office:text>")
    answer = httpx.put(f"{server.url}/rmeta/html", content=own, headers={"Content-Type": kinds.ODT})
    assert answer.headers["Content-Type"] == "application/json"
    (entry,) = answer.json()
    real = recorded().values()
    assert set(entry) <= set.union(*(set(one[0]) for one in real))
    assert found(read_rmeta(answer.content, kinds.ODT, "x")) == [("heading", 1, "Kopf"), ("paragraph", 0, "Wort")]
