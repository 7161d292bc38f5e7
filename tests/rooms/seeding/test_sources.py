from pathlib import Path

import psycopg
import pytest

from nova.errors import InvalidInput, NotFound, ServerAbsent
from nova.seeding.sources.folder import FolderSource
from nova.seeding.sources.postgres import PostgresSource


def test_a_folder_gives_each_file_once_and_a_changed_one_again(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("id;a\n1;x\n")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "c.jsonl").write_text('{"id": 1}\n')
    (tmp_path / ".hidden.csv").write_text("id;a\n1;x\n")
    (tmp_path / "link.csv").symlink_to(tmp_path / "b.csv")
    source = FolderSource("Ablage", tmp_path, "CC-BY-4.0")
    found = list(source.batches({}))
    assert [one.origin for one in found] == ["a/c.jsonl", "b.csv"]
    assert list(source.batches(found[-1].cursor)) == []
    assert [one.origin for one in source.batches(found[0].cursor)] == ["b.csv"]
    (tmp_path / "b.csv").write_text("id;a\n1;y\n")
    assert [one.columns["a"] for one in source.batches(found[-1].cursor)] == [["y"]]


def test_a_file_that_cannot_be_read_is_told_once_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    (tmp_path / "b.csv").write_text("id;a\n1;x\n")
    source = FolderSource("Ablage", tmp_path)
    found = list(source.batches({}))
    assert [(one.origin, bool(one.columns)) for one in found] == [("a.csv", False), ("b.csv", True)]
    assert "leer" in found[0].problems[0] and list(source.batches(found[-1].cursor)) == []
    assert source.preview().columns["a"] == ["x"]


def test_an_export_in_a_folder_comes_under_the_names_of_its_template(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text("EQUNR;ANLAGE;AB;BIS\n1;2;20260101;99991231\n")
    batch = next(FolderSource("SAP", tmp_path).batches({}))
    assert {"device", "installation", "valid_from", "valid_to"} <= set(batch.columns)


@pytest.fixture(scope="module")
def filled(database_url: str) -> str:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute('CREATE TABLE public."Kunden" ("Nr" bigint PRIMARY KEY, name text, at timestamptz, id text)')
        connection.execute(
            "INSERT INTO public.\"Kunden\" SELECT n * 7, 'K' || n, '2026-10-25 02:30+02', NULL FROM generate_series(1, 25) n"
        )
        connection.execute('CREATE VIEW public.langsam AS SELECT "Nr", pg_sleep(5)::text AS s FROM public."Kunden"')
    return database_url


def test_a_table_is_read_by_key_in_pages_and_goes_on_at_the_cursor(filled: str) -> None:
    source = PostgresSource("Kunden", filled, "public.Kunden", "Nr", page=10)
    found = list(source.batches({}))
    assert [len(one.columns["id"]) for one in found] == [10, 10, 5]
    ids = [one for batch in found for one in batch.columns["id"]]
    assert ids == [str(place * 7) for place in range(1, 26)]
    assert found[0].columns["at"][0] == "2026-10-25 00:30:00+00"
    assert [one for batch in source.batches(found[0].cursor) for one in batch.columns["id"]] == ids[10:]
    assert list(source.batches(found[-1].cursor)) == []
    assert len(source.preview().columns["id"]) == 10


def test_a_source_never_writes_and_never_waits_for_ever(filled: str) -> None:
    with psycopg.connect(filled, autocommit=True) as connection:
        connection.execute(
            "CREATE FUNCTION public.schreibt() RETURNS bigint AS 'DELETE FROM public.\"Kunden\" RETURNING 1::bigint' LANGUAGE sql"
        )
        connection.execute('CREATE VIEW public.falle AS SELECT "Nr", public.schreibt() AS s FROM public."Kunden"')
    with pytest.raises(InvalidInput):
        list(PostgresSource("Falle", filled, "public.falle", "Nr").batches({}))
    with pytest.raises(InvalidInput):
        list(PostgresSource("Langsam", filled, "public.langsam", "Nr", seconds=0.2).batches({}))
    assert len(next(PostgresSource("Kunden", filled, "public.Kunden", "Nr").batches({})).columns["id"]) == 25


@pytest.mark.parametrize("table", ["public.gibtsnicht", 'public.Kunden"; DROP TABLE public."Kunden', "nirgends.Kunden"])
def test_a_name_is_never_part_of_a_statement(filled: str, table: str) -> None:
    with pytest.raises(NotFound):
        list(PostgresSource("Kunden", filled, table, "Nr").batches({}))


def test_a_missing_key_or_server_has_its_own_error(filled: str) -> None:
    with pytest.raises(InvalidInput):
        list(PostgresSource("Kunden", filled, "public.Kunden", "nr").batches({}))
    with pytest.raises(ServerAbsent):
        list(PostgresSource("Kunden", "host=127.0.0.1 port=1 dbname=x", "t", "k").batches({}))
    assert "port" not in repr(PostgresSource("Kunden", "host=h port=1 password=geheim", "t", "k"))
