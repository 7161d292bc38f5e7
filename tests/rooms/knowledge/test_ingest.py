"""A document becomes passages, versions keep their ids, and nothing is half written."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from nova.errors import Duplicate, InvalidInput, JobLost, NotAllowed, NotFound, TooLarge, UnsupportedFile
from nova.governance.users import customer, ensure_user
from nova.knowledge import ingest as ingest_room
from nova.knowledge import items as items_room
from nova.knowledge.analysers import Analysers
from nova.knowledge.files import sweep
from nova.knowledge.index import Rebuild, missing, rebuild
from nova.knowledge.intake import Labels, receive_url
from nova.knowledge.items import (
    Bulk,
    ItemPatch,
)
from nova.ports.jobs import Kind
from nova.records import Caller, Scope
from nova.store.documents import items as rows
from nova.store.documents.items import ItemQuery
from tests.fakes.running import Context
from tests.rooms.knowledge.house import ADMIN, LAW, House

pytestmark = pytest.mark.slow


def ask(house: House, words: str, scope: Scope | None = None) -> list[UUID]:
    query = house.room.analysers.current().query(words)
    return [hit.chunk_id for hit in house.index.search(query, scope or Scope(), 10)]


def test_a_document_becomes_searchable_passages(house: House) -> None:
    item_id = house.add(LAW)
    item = house.shelf.one(ADMIN, item_id)
    assert item["title"] == "Verordnung über Musterlampen (MusterV)"
    assert item["status"] == "ready" and item["chunks"] == house.index.count() > 0
    first = ask(house, "Wie oft ist eine Musterlampe zu prüfen?")[0]
    listed = {row["chunk_id"]: row for row in house.shelf.chunks(ADMIN, item_id, None, 50, 0)["chunks"]}
    assert listed[first]["section"] == "§ 2"
    assert "drei Jahre" in listed[first]["text"]


def test_offsets_point_into_the_stored_text(house: House) -> None:
    item_id = house.add(LAW)
    for row in house.shelf.chunks(ADMIN, item_id, None, 50, 0)["chunks"]:
        assert house.shelf.text_of(ADMIN, item_id, 1, row["start"], row["end"])["text"] == row["text"]


def test_the_same_content_is_a_duplicate_that_names_the_item(house: House) -> None:
    item_id = house.add(LAW)
    with pytest.raises(Duplicate) as caught:
        house.receive(LAW, "anders.md")
    assert caught.value.data["item_id"] == str(item_id)
    assert house.counts()["items"] == 1


def test_the_same_content_waiting_to_be_read_is_a_duplicate_too(house: House) -> None:
    house.receive(LAW)
    with pytest.raises(Duplicate):
        house.receive(LAW)


def test_a_changed_document_keeps_the_ids_of_unchanged_passages(house: House) -> None:
    item_id = house.add(LAW)
    before = {row["text"]: row["chunk_id"] for row in house.shelf.chunks(ADMIN, item_id, None, 50, 0)["chunks"]}
    early = datetime.now(UTC)
    house.add(LAW.replace("drei Jahre", "fünf Jahre"), replace="name")
    item = house.shelf.one(ADMIN, item_id)
    assert item["version"] == 2 and [v["version"] for v in item["versions"]] == [2, 1]
    assert item["versions"][1]["valid_to"] == item["versions"][0]["valid_from"]
    after = {row["text"]: row["chunk_id"] for row in house.shelf.chunks(ADMIN, item_id, None, 50, 0)["chunks"]}
    same = before.keys() & after.keys()
    assert same and all(before[text] == after[text] for text in same)
    changed = next(text for text in after if "fünf Jahre" in text)
    assert changed not in before
    assert ask(house, "Musterlampen prüfen Jahre")[0] == after[changed]
    old = next(chunk_id for text, chunk_id in before.items() if "drei Jahre" in text)
    assert ask(house, "Musterlampen prüfen Jahre", Scope(as_of=early))[0] == old
    assert old not in ask(house, "Musterlampen prüfen Jahre")


def test_an_address_that_changed_is_a_new_version(house: House) -> None:
    house.fetcher.pages["https://example.org/muster.md"] = LAW.encode()
    first = receive_url(house.intake, house.fetcher, ADMIN, "https://example.org/muster.md", Labels())
    house.work()
    with pytest.raises(Duplicate):
        receive_url(house.intake, house.fetcher, ADMIN, "https://example.org/muster.md", Labels())
    house.fetcher.pages["https://example.org/muster.md"] = LAW.replace("vier Wochen", "acht Wochen").encode()
    second = receive_url(house.intake, house.fetcher, ADMIN, "https://example.org/muster.md", Labels())
    house.work()
    assert (second.item_id, second.version) == (first.item_id, 2)


def test_a_version_that_cannot_be_read_leaves_the_item_as_it_was(house: House) -> None:
    item_id = house.add(LAW)
    house.receive(b"%PDF-1.4\nkaputt", "muster.md", replace="name")
    assert house.work() == ["unreadable_file"]
    item = house.shelf.one(ADMIN, item_id)
    assert (item["version"], item["status"]) == (1, "ready")
    assert item["error"]
    assert missing(house.room) == 0


def test_a_file_that_cannot_be_read_says_why_and_may_come_again(house: House) -> None:
    receipt = house.receive(b"%PDF-1.4\nkaputt", "kaputt.pdf")
    assert house.work() == ["unreadable_file"]
    item = house.shelf.one(ADMIN, receipt.item_id)
    assert item["status"] == "failed" and "kaputt.pdf" in item["error"]
    again = house.receive(b"%PDF-1.4\nkaputt", "kaputt.pdf")
    assert again.item_id == receipt.item_id


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (b"", "leer.md", InvalidInput),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 64, "x.md", UnsupportedFile),
        (b"a" * 1_000_001, "gross.txt", TooLarge),
    ],
)
def test_what_nova_does_not_take_leaves_nothing_behind(house: House, data: bytes, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        house.receive(data, name)
    assert house.objects.held == {} and house.counts()["items"] == 0


def test_deleting_removes_rows_points_and_files(house: House) -> None:
    kept = house.add(LAW.replace("Musterlampen", "Probelampen"), "andere.md")
    item_id = house.add(LAW)
    house.shelf.delete(ADMIN, item_id)
    house.work()
    assert {point.item_id for point in house.index.points.values()} == {kept}
    assert len(house.objects.held) == 2
    with pytest.raises(NotFound):
        house.shelf.one(ADMIN, item_id)


def test_a_file_two_owners_hold_stays_until_both_let_go(house: House) -> None:
    person = customer(ensure_user(house.database, "anna"))
    mine, company = house.add(LAW, caller=person), house.add(LAW)
    house.shelf.delete(ADMIN, company)
    assert house.shelf.file_of(person, mine, 1)[0] == LAW.encode()
    house.shelf.delete(person, mine)
    assert house.objects.held == {}


def test_deleting_while_the_text_is_being_read_leaves_nothing(house: House) -> None:
    receipt = house.receive(LAW)
    job = house.jobs.claim("test", ["ingest"])
    assert job is not None
    progress = job.progress

    def delete_before_storing(name: str, done: int = 0, total: int = 0) -> None:
        progress(name, done, total)
        if name == "speichern":
            house.shelf.delete(ADMIN, receipt.item_id)

    job.progress = delete_before_storing  # type: ignore[method-assign]
    house.handlers["ingest"](job)
    job.done()
    house.work()
    assert house.counts() == {"items": 0, "chunks": 0, "places": 0, "outbox": 0}
    assert house.index.count() == 0 and house.objects.held == {}


def test_a_title_given_while_the_text_is_being_read_stays(house: House) -> None:
    receipt = house.receive(LAW)
    job = house.jobs.claim("test", ["ingest"])
    assert job is not None
    progress = job.progress

    def rename_before_storing(name: str, done: int = 0, total: int = 0) -> None:
        progress(name, done, total)
        if name == "speichern":
            house.shelf.change(ADMIN, receipt.item_id, ItemPatch(title="Wartungsplan"))

    job.progress = rename_before_storing  # type: ignore[method-assign]
    house.handlers["ingest"](job)
    job.done()
    house.work()
    assert house.shelf.one(ADMIN, receipt.item_id)["title"] == "Wartungsplan"
    assert ask(house, "Wartungsplan")


def test_a_title_given_before_the_text_is_read_stays(house: House) -> None:
    receipt = house.receive(LAW)
    house.shelf.change(ADMIN, receipt.item_id, ItemPatch(title="Wartungsplan"))
    assert set(house.work()) == {"done"}
    assert house.shelf.one(ADMIN, receipt.item_id)["title"] == "Wartungsplan"
    assert ask(house, "Wartungsplan")


def test_a_job_taken_over_by_another_worker_writes_nothing(house: House) -> None:
    receipt = house.receive(LAW)
    lost = house.jobs.claim("first", ["ingest"])
    assert lost is not None
    assert house.jobs.release("second") == 1
    assert house.work() == ["done"]
    before = house.counts()
    with pytest.raises(JobLost):
        house.handlers["ingest"](lost)
    assert house.counts() == before
    assert house.shelf.one(ADMIN, receipt.item_id)["status"] == "ready"


def test_reading_a_version_twice_changes_nothing(house: House) -> None:
    item_id = house.add(LAW)
    before = (house.counts(), dict(house.index.points))
    house.jobs.start(Kind("ingest"), {"item_id": str(item_id), "version": 1}, title="noch einmal")
    assert house.work() == ["done"]
    assert (house.counts(), house.index.points) == before


def test_a_rebuild_gives_equal_points_and_removes_strays(house: House) -> None:
    house.add(LAW)
    house.add(LAW.replace("drei Jahre", "fünf Jahre"), replace="name")
    before = dict(house.index.points)
    stray = next(iter(before.values()))
    house.index.clear()
    house.index.points[UUID(int=7)] = stray
    result = rebuild(house.room, Rebuild(), Context())  # type: ignore[arg-type]
    assert house.index.points == before
    assert result["removed"] == 1


def test_relearning_makes_a_new_analyser_and_keeps_every_passage(house: House) -> None:
    house.add(LAW)
    before = house.room.analysers.current().version
    house.shelf.request_reindex(ADMIN, None, kind=None, tag=None, relearn=True)
    assert house.work() == ["done"]
    assert house.room.analysers.current().version != before
    assert missing(house.room) == 0
    assert ask(house, "Prüfung der Musterlampen")


def test_tags_reach_the_index(house: House) -> None:
    item_id = house.add(LAW, tags=("alt",))
    house.shelf.change(ADMIN, item_id, ItemPatch(title=" Neuer  Titel ", tags=("licht", "licht ")))
    house.work()
    assert {point.tags for point in house.index.points.values()} == {("licht",)}
    assert house.shelf.one(ADMIN, item_id)["title"] == "Neuer Titel"


def test_bulk_names_what_failed_and_does_the_rest(house: House) -> None:
    item_id = house.add(LAW)
    done = house.shelf.bulk(ADMIN, Bulk("tag", (item_id, UUID(int=9)), "netz"))
    assert done["done"] == 1 and [entry["item_id"] for entry in done["failed"]] == [UUID(int=9)]
    assert house.shelf.one(ADMIN, item_id)["tags"] == ["netz"]


def test_a_bulk_rebuild_names_what_failed_and_does_the_rest(house: House) -> None:
    item_id = house.add(LAW)
    done = house.shelf.bulk(ADMIN, Bulk("reindex", (UUID(int=9), item_id)))
    assert done["done"] == 1 and [entry["item_id"] for entry in done["failed"]] == [UUID(int=9)]
    assert house.jobs.get(done["job_id"]).kind == "reindex"
    assert house.shelf.bulk(ADMIN, Bulk("reindex", (UUID(int=9),)))["job_id"] is None


def test_tags_given_at_once_are_all_kept(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    item_id = house.add(LAW, tags=("alt",))
    seen, look = threading.Barrier(2), items_room._own

    def slowly(*args: Any) -> dict[str, Any]:
        found = look(*args)
        seen.wait(5)
        return found

    monkeypatch.setattr(items_room, "_own", slowly)
    acts = [Bulk("tag", (item_id,), "neu"), Bulk("untag", (item_id,), "alt")]
    with ThreadPoolExecutor(2) as pool:
        assert [one["done"] for one in pool.map(lambda act: house.shelf.bulk(ADMIN, act), acts)] == [1, 1]
    assert house.shelf.one(ADMIN, item_id)["tags"] == ["neu"]


def test_customers_see_the_company_and_themselves_and_change_only_their_own(house: House) -> None:
    anna, berta = (customer(ensure_user(house.database, name)) for name in ("anna", "berta"))
    company = house.add(LAW)
    private = house.add(LAW.replace("Muster", "Privat"), "privat.md", caller=anna)
    assert [row["item_id"] for row in house.shelf.page(berta, ItemQuery()).items] == [company]
    assert house.shelf.page(anna, ItemQuery()).total == 2
    with pytest.raises(NotFound):
        house.shelf.text_of(berta, private, 1, 0, 10)
    with pytest.raises(NotAllowed):
        house.shelf.delete(anna, company)
    assert private in {point.item_id for point in house.index.points.values() if point.owner == anna.user_id}


def test_lists_filter_sort_and_count(house: House) -> None:
    house.add(LAW, "b.md", tags=("netz",))
    house.add(LAW.replace("Musterlampen", "100%_Lampen"), "a.md")
    found = house.shelf.page(ADMIN, ItemQuery(sort="title", descending=False, limit=1))
    assert (found.total, len(found.items)) == (2, 1)
    assert found.facets["tags"] == {"netz": 1}
    assert house.shelf.page(ADMIN, ItemQuery(query="100%_")).total == 1
    assert house.shelf.page(ADMIN, ItemQuery(tag="netz", status="ready", kind="document")).total == 1


def test_a_sweep_removes_only_files_nobody_needs(house: House) -> None:
    house.add(LAW)
    held = dict(house.objects.held)
    house.objects.put("docs/raw/" + "0" * 64, b"verwaist")
    house.objects.put("docs/processed/" + "0" * 64, b"verwaist")
    assert sweep(house.database, house.objects) == 2
    assert house.objects.held == held


def test_files_of_what_a_restore_set_aside_stay_until_its_schema_is_dropped(house: House) -> None:
    item_id = house.add(LAW)
    held = dict(house.objects.held)
    shas = {kind: [key.rpartition("/")[2] for key in held if kind in key] for kind in ("raw", "processed")}
    with house.database.transaction() as conn:
        rows.keep_aside(conn, "vor_20261121120000", shas["raw"], shas["processed"])
    house.objects.put("docs/raw/" + "0" * 64, b"verwaist")
    house.shelf.delete(ADMIN, item_id)
    assert sweep(house.database, house.objects) == 1
    assert house.objects.held == held
    house.database.execute("DROP SCHEMA vor_20261121120000 CASCADE")
    assert sweep(house.database, house.objects) == len(held)
    assert house.objects.held == {}


@pytest.mark.parametrize(
    "patch", [ItemPatch(title=" "), ItemPatch(kind="buch"), ItemPatch(tags=("x" * 61,)), ItemPatch(tags=tuple("abcdefghijklmnopqrstu"))]
)
def test_wrong_changes_are_refused(house: House, patch: ItemPatch) -> None:
    item_id = house.add(LAW)
    with pytest.raises(InvalidInput):
        house.shelf.change(ADMIN, item_id, patch)


def test_no_child_is_waited_for_while_a_version_is_being_stored(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.add(LAW)
    house.receive(LAW.replace("drei Jahre", "fünf Jahre"), replace="name")
    run, transaction, storing = house.room.children.run, house.database.transaction, []

    @contextmanager
    def watched() -> Iterator[Any]:
        with transaction() as conn:
            storing.append(conn)
            try:
                yield conn
            finally:
                storing.pop()

    def running(*args: Any, **more: Any) -> Any:
        assert not storing
        return run(*args, **more)

    monkeypatch.setattr(house.database, "transaction", watched)
    monkeypatch.setattr(house.room.children, "run", running)
    assert house.work() == ["done"]
    assert missing(house.room) == 0


def test_passages_that_end_otherwise_than_was_foreseen_are_vectorised_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.add(LAW)
    house.receive(LAW.replace("drei Jahre", "fünf Jahre"), replace="name")
    foresee, calls = ingest_room.vanishing, []

    def blind(*args: Any) -> list[UUID]:
        calls.append(args)
        return [] if len(calls) == 1 else foresee(*args)

    monkeypatch.setattr(ingest_room, "vanishing", blind)
    assert house.work() == ["done"]
    points = dict(house.index.points)
    rebuild(house.room, Rebuild(), Context())  # type: ignore[arg-type]
    assert len(calls) == 2 and house.index.points == points


def test_stages_can_be_watched(house: House) -> None:
    from nova.knowledge.ingest import ingest

    receipt = house.receive(LAW)
    ctx = Context()
    ingest(house.reading, receipt.item_id, 1, ctx)  # type: ignore[arg-type]
    assert [stage for stage, _, _ in ctx.stages] == ["lesen", "gliedern", "speichern", "indexieren"]


def test_an_admin_without_a_user_owns_nothing_private(house: House) -> None:
    house.add(LAW, caller=Caller("admin"))
    assert {point.owner for point in house.index.points.values()} == {None}


def test_an_item_whose_job_was_cancelled_before_it_began_says_so(house: House) -> None:
    receipt = house.receive(LAW)
    house.jobs.cancel(receipt.job_id)
    assert house.work() == []
    item = house.shelf.one(ADMIN, receipt.item_id)
    assert item["status"] == "failed" and item["error"]
    house.jobs.retry(receipt.job_id)
    assert house.work() == ["done"]
    assert house.shelf.one(ADMIN, receipt.item_id)["status"] == "ready"


def test_an_artefact_of_another_format_gives_way_to_the_shipped_one(house: House) -> None:
    house.add(LAW)
    shipped = house.room.analysers.current().version
    house.database.execute("UPDATE analysers SET version = 'alt', artefact = '{\"format\": 0}'")
    opened = Analysers(house.database, house.folder)
    assert opened.current().version == shipped
    assert opened.outdated


def test_a_document_deleted_before_its_file_is_read_is_gone_and_not_broken(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = house.receive(LAW)
    get = house.objects.get

    def late(key: str) -> bytes:
        house.shelf.delete(ADMIN, receipt.item_id)
        return get(key)

    monkeypatch.setattr(house.objects, "get", late)
    assert house.work()[0] == "done"
    assert house.jobs.get(receipt.job_id).result == {"deleted": True}


def test_a_document_whose_file_is_lost_is_broken(house: House) -> None:
    receipt = house.receive(LAW)
    house.objects.delete(f"docs/raw/{receipt.sha256}")
    assert house.work() == ["unreadable_file"]
    assert house.jobs.get(receipt.job_id).state == "failed"
