"""Exports of platforms and web analytics in their own forms: one schema, nobody's name unless asked for, archives within bounds."""

import json
import zipfile
from pathlib import Path

import polars as pl
import pytest

from nova.errors import InvalidInput, TooLarge, UnsupportedFile
from nova.seeding.sources import export
from nova.seeding.sources.export import preview, read_named
from nova.seeding.sources.files import read_records
from nova.seeding.sources.folder import FolderSource
from nova.seeding.sources.posts import AUTHOR, SCHEMA

META = (
    '"Beitrags-ID","Seiten-ID","Seitenname","Titel","Veröffentlichungszeit","Permalink","Beitragstyp","Impressionen","Reaktionen",'
    '"Kommentare","Geteilte Inhalte"\n"17","9","Erika Muster","Neuer Tarif, jetzt","03/14/2026 08:30","https://fb.example/17","Foto",'
    '"1200","31","4","2"\n'
)
X = (
    "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Share,New follows,Replies,Reposts,URL Clicks\n"
    '1789,"Tue, Mar 3, 2026","Störung behoben",https://x.example/1789,900,12,40,1,2,3,5,7\n'
)
LINKEDIN = (
    "Aggregated data\nPost title,Post link,Post type,Posted by,Created date,Impressions,Clicks,Likes,Comments,Reposts,Follows\n"
    "Wir suchen Monteure,https://in.example/1,Organic,Max Beispiel,03/14/2026,500,20,9,1,0,3\n"
)
GA4 = (
    "# ----------------------------------------\n# Seiten und Bildschirme: Seitenpfad und Bildschirmklasse\n# Konto: Stadtwerke\n"
    "# ----------------------------------------\n#\n# Alle Nutzer\n# Startdatum: 20260301\n# Enddatum: 20260331\n"
    'Seitenpfad und Bildschirmklasse,Aufrufe,Aktive Nutzer,Land\n/tarife,1200,300,Germany\n"/strom,gas",80,20,Austria\n\n'
    "# ----------------------------------------\n# Zweite Tabelle\nTag,Aufrufe\n0,7\n"
)
MATOMO = "label,nb_visits,nb_hits,bounce_rate,metadata_url\n/tarife,30,44,12%,https://s.example/tarife\n"
TWEETS = "window.YTD.tweets.part0 = " + json.dumps(
    [
        {
            "tweet": {
                "id_str": "55",
                "full_text": "Gr\u00fc\u00dfe @kunde", "created_at": "Sat Mar 14 20:19:24 +0100 2026", "favorite_count": "3",
                "retweet_count": "1", "entities": {"user_mentions": [{"screen_name": "kunde"}]},
            }
        }
    ]
)  # fmt: skip
AT = 1773480600  # 2026-03-14 09:30 UTC


def garbled(text: str) -> str:
    """As Meta writes it: each byte of UTF-8 as a letter."""
    return text.encode().decode("latin-1")


FACEBOOK = [{"timestamp": AT, "data": [{"post": garbled("Zähler ablesen")}], "title": garbled("Erika Müller hat etwas geteilt")}]
FACEBOOK_COMMENTS = {
    "comments_v2": [
        {"timestamp": AT, "title": "x", "data": [{"comment": {"timestamp": AT, "comment": "Danke", "author": garbled("Jürgen M")}}]}
    ]
}
INSTAGRAM = [{"media": [{"uri": "a.jpg", "creation_timestamp": AT, "title": garbled("Schönes Netz")}]}]
INSTAGRAM_COMMENTS = [{"string_map_data": {"Comment": {"value": "Toll"}, "Media Owner": {"value": "kunde.k"}, "Time": {"timestamp": AT}}}]
FILES = {
    "meta.csv": (META.encode("utf-8-sig"), "facebook", "facebook:17", "2026-03-14T08:30:00", "Neuer Tarif, jetzt"),
    "x.csv": (X.encode(), "x", "x:1789", "2026-03-03", "Störung behoben"),
    "linkedin.csv": (LINKEDIN.encode("utf-16"), "linkedin", None, "2026-03-14", "Wir suchen Monteure"),
    "ga4.csv": (GA4.encode(), "web", None, None, None),
    "matomo.csv": (MATOMO.encode("utf-16"), "web", None, None, "/tarife"),
    "tweets.js": (TWEETS.encode(), "x", "x:55", "2026-03-14T19:19:24+00:00", "Grüße @kunde"),
    "your_posts_1.json": (json.dumps(FACEBOOK).encode(), "facebook", None, "2026-03-14T09:30:00+00:00", "Zähler ablesen"),
    "comments.json": (json.dumps(FACEBOOK_COMMENTS).encode(), "facebook", None, "2026-03-14T09:30:00+00:00", "Danke"),
    "posts_1.json": (json.dumps(INSTAGRAM).encode(), "instagram", None, "2026-03-14T09:30:00+00:00", "Schönes Netz"),
    "post_comments_1.json": (json.dumps(INSTAGRAM_COMMENTS).encode(), "instagram", None, "2026-03-14T09:30:00+00:00", "Toll"),
}


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize("name", sorted(FILES))
def test_an_export_becomes_the_one_schema_without_names(tmp_path: Path, name: str) -> None:
    data, channel, key, at, text = FILES[name]
    (tmp_path / name).write_bytes(data)
    frame = read_named(tmp_path / name).frame
    row = frame.row(0, named=True)
    assert set(frame.columns) <= set(SCHEMA) and row["channel"] == channel
    assert key is None or row["id"] == key
    assert (row.get("posted_at"), row.get("text")) == (at, text)
    words = frame.write_ndjson()
    assert not any(name in words for name in ("Muster", "Max Beispiel", "Müller", "Jürgen", "kunde.k"))
    shown = preview(tmp_path / name)
    assert shown.template is not None and shown.rows.equals(frame.head(10)) and AUTHOR not in shown.mapping.values()


def test_numbers_stand_under_their_names(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(X)
    row = read_named(tmp_path / "x.csv").frame.row(0, named=True)
    counts = {name: row[name] for name in ("impressions", "clicks", "likes", "comments", "shares", "followers")}
    assert counts == {"impressions": "900", "clicks": "7", "likes": "12", "comments": "3", "shares": "5", "followers": "2"}


def test_who_wrote_is_kept_where_a_pipeline_says_whose_records_they_are(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_bytes(FILES["comments.json"][0])
    (kept,) = FolderSource("f", tmp_path, author=True).batches({})
    (bare,) = FolderSource("f", tmp_path).batches({})
    assert list(kept.columns[AUTHOR]) == ["Jürgen M"] and AUTHOR not in bare.columns


def test_a_report_of_two_tables_gives_the_first_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "ga4.csv").write_text(GA4)
    found = read_named(tmp_path / "ga4.csv")
    assert found.frame["url"].to_list() == ["/tarife", "/strom,gas"] and found.frame["country"].to_list() == ["Germany", "Austria"]
    assert any("Weitere Tabelle" in one.what for one in found.problems)


def test_a_day_first_column_is_read_so_throughout(tmp_path: Path) -> None:
    rows = "".join(f"{at},{day}/03/2026,a,https://x.example/{at},1,1,1,1,1,1,1,1\n" for at, day in enumerate((4, 25)))
    (tmp_path / "x.csv").write_text(X.partition("\n")[0] + "\n" + rows)
    assert read_named(tmp_path / "x.csv").frame["posted_at"].to_list() == ["2026-03-04", "2026-03-25"]


def test_the_sheet_with_the_posts_is_found(tmp_path: Path) -> None:
    workbook = pytest.importorskip("openpyxl").Workbook()
    workbook.active.title = "Metrics"
    for row in (["Date", "Impressions (organic)"], ["03/14/2026", "5"]):
        workbook.active.append(row)
    posts = workbook.create_sheet("All posts")
    for line in LINKEDIN.splitlines():
        posts.append(line.split(","))
    workbook.save(tmp_path / "linkedin.xlsx")
    assert read_named(tmp_path / "linkedin.xlsx").frame["text"].to_list() == ["Wir suchen Monteure"]


def test_ones_own_json_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([{"timestamp": 1, "attachments": [], "body": "x"}, {"media": [{"a": 1}], "title": "t"}]))
    assert {"timestamp", "attachments", "body", "media", "title"} <= set(read_records(tmp_path / "a.json").frame.columns)


def test_of_an_archive_only_posts_and_tables_are_read(tmp_path: Path) -> None:
    packed(
        tmp_path / "export.zip",
        {
            "your_facebook_activity/posts/your_posts_1.json": FILES["your_posts_1.json"][0],
            "your_facebook_activity/messages/inbox/kunde_1/message_1.json": json.dumps(
                [{"timestamp": 1, "data": [{"post": "privat"}]}]
            ).encode(),
            "data/tweets.js": FILES["tweets.js"][0],
            "data/direct-messages.js": b"window.YTD.direct_messages.part0 = []",
            "kaputt.csv": b"",
            "meta.csv": FILES["meta.csv"][0],
        },
    )
    (batch,) = FolderSource("f", tmp_path).batches({})
    assert sorted(batch.columns["channel"], key=str) == ["facebook", "facebook", "x"] and "privat" not in str(batch.columns)
    assert any("kaputt.csv" in one for one in batch.problems)
    assert list(FolderSource("f", tmp_path).batches(batch.cursor)) == []
    assert len(FolderSource("f", tmp_path).preview().columns["id"]) == 3


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed(tmp_path / "dense.zip", {"a.csv": b"\0" * 30_000_000})
    with pytest.raises(TooLarge):
        read_named(tmp_path / "dense.zip")
    monkeypatch.setattr(export, "MOST_TAKEN", 1_000)
    packed(tmp_path / "many.zip", {f"{at}.csv": FILES["x.csv"][0] for at in range(10)})
    with pytest.raises(TooLarge):
        read_named(tmp_path / "many.zip")
    monkeypatch.setattr(export, "MOST_ENTRIES", 5)
    with pytest.raises(TooLarge):
        read_named(tmp_path / "many.zip")


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "a/../../b.csv", "..\\a.csv"])
def test_names_that_lead_elsewhere_are_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    packed(folder / "x.zip", {name: FILES["x.csv"][0]})
    with pytest.raises(InvalidInput):
        read_named(folder / "x.zip")
    assert [one.name for one in tmp_path.rglob("*.csv")] == []


def test_a_size_that_is_a_lie_is_found_out(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"a.csv": FILES["x.csv"][0] * 50})
    data = bytearray(path.read_bytes())
    place = data.index(b"PK\x01\x02") + 24  # the size in the directory
    data[place : place + 4] = (10).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(InvalidInput):
        read_named(path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04kaputt", b"kein Archiv"])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(data)
    with pytest.raises(InvalidInput):
        read_named(tmp_path / "x.zip")


def test_an_archive_without_an_export_and_an_old_workbook_are_named(tmp_path: Path) -> None:
    packed(tmp_path / "x.zip", {"bilder/a.jpg": b"x", "liste.csv": b"a;b\n1;2\n"})
    with pytest.raises(UnsupportedFile, match="kein Export"):
        read_named(tmp_path / "x.zip")
    (tmp_path / "x.xls").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    with pytest.raises(UnsupportedFile, match="xlsx"):
        read_records(tmp_path / "x.xls")


def test_a_post_that_stands_twice_keeps_an_id_of_its_own(tmp_path: Path) -> None:
    packed(tmp_path / "x.zip", {"a/x.csv": FILES["x.csv"][0], "b/x.csv": FILES["x.csv"][0]})
    ids = read_named(tmp_path / "x.zip").frame["id"]
    assert ids.to_list() == ["x:1789", "x:1789#2"] and isinstance(ids, pl.Series)
