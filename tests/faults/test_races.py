"""Two things at once on the same document: the end state is one of the two that make sense, and everything fits together."""

import random
import time

import pytest

from nova.knowledge.intake import Labels, receive_url
from nova.knowledge.kinds import INGEST
from nova.ports import Fetched
from nova.records import Caller
from tests.at_once import together
from tests.fakes.laws import law
from tests.faults.conftest import House
from tests.faults.whole import broken

pytestmark = pytest.mark.slow

FEW, MANY = 2, 100
REBUILDS = 20
AT_ONCE = 8

few_and_many = pytest.mark.parametrize("rounds", [FEW, pytest.param(MANY, marks=pytest.mark.bars)])
few_and_some = pytest.mark.parametrize("rounds", [1, pytest.param(REBUILDS, marks=pytest.mark.bars)])


def whole(house: House) -> bool:
    house.settle(300)
    assert broken(house.nova) == []
    return True


class Clock:
    """A page that differs with every call, as one does that holds the time."""

    def fetch(self, url: str) -> Fetched:
        data, name = fresh()
        return Fetched(url, data, "text/markdown", name)


def fresh() -> tuple[bytes, str]:
    """A document nobody has seen."""
    number = random.randrange(10**9)
    return law(number), f"gesetz-{number}.md"


def exists(house: House, item_id: str) -> bool:
    return house.client.get(f"/admin/items/{item_id}").status_code == 200


def a_moment(longest: float) -> None:
    time.sleep(random.uniform(0.0, longest))


@few_and_many
def test_eight_uploads_of_one_file_make_one_item_and_seven_named_duplicates(house: House, rounds: int) -> None:
    for _ in range(rounds):
        data, name = fresh()
        answers = together(*[lambda data=data, name=name: house.upload(data, name, wait=0)] * AT_ONCE)
        stored = [answer for answer in answers if answer.status_code in (201, 202)]
        refused = [answer for answer in answers if answer.status_code == 409]
        assert (len(stored), len(refused)) == (1, AT_ONCE - 1)
        item_id = stored[0].json()["data"]["item_id"]
        assert {answer.json()["data"]["item_id"] for answer in refused} == {item_id}
        assert {answer.json()["data"]["code"] for answer in refused} == {"duplicate"}
    assert whole(house)


@few_and_many
def test_delete_racing_ingest_leaves_all_or_nothing(house: House, rounds: int) -> None:
    for _ in range(rounds):
        item_id = house.upload(*fresh()).json()["data"]["item_id"]
        a_moment(0.2)
        assert house.client.delete(f"/admin/item/{item_id}").status_code == 200
        assert not exists(house, item_id)
    assert whole(house)


@few_and_many
def test_the_same_file_sent_again_while_it_is_deleted(house: House, rounds: int) -> None:
    for _ in range(rounds):
        data, name = fresh()
        item_id = house.upload(data, name, wait=random.choice([0, 30])).json()["data"]["item_id"]
        gone, again = together(
            lambda item_id=item_id: house.client.delete(f"/admin/item/{item_id}"),
            lambda data=data, name=name: (a_moment(0.02), house.upload(data, name))[1],
        )
        assert gone.status_code == 200, gone.text
        assert not exists(house, item_id)
        if again.status_code == 409:
            assert again.json()["data"]["item_id"] == item_id
        else:
            assert again.status_code in (201, 202)
            house.settle()
            item = house.client.get(f"/admin/items/{again.json()['data']['item_id']}").json()["data"]
            assert item["status"] == "ready", item
    assert whole(house)


@few_and_many
def test_a_failed_document_sent_again_while_it_is_deleted(house: House, rounds: int) -> None:
    for _ in range(rounds):
        data = b"%PDF-1.7\nno PDF " + str(random.random()).encode()
        item_id = house.upload(data, "kaputt.pdf", wait=30).json()["data"]["item_id"]
        gone, again = together(
            lambda item_id=item_id: house.client.delete(f"/admin/item/{item_id}"),
            lambda data=data: house.upload(data, "kaputt.pdf"),
        )
        assert gone.status_code == 200, gone.text
        assert again.status_code in (202, 409), again.text  # 409: deleted while it was read again
        house.settle()
        assert not exists(house, item_id)
    assert whole(house)


@few_and_many
def test_two_jobs_that_read_the_same_version(house: House, rounds: int) -> None:
    for _ in range(rounds):
        sent = house.upload(*fresh()).json()["data"]
        args = {"item_id": sent["item_id"], "version": 1}
        second = house.nova.jobs.start(INGEST, args, title="noch einmal")
        assert {house.nova.jobs.wait(job_id, 30).state for job_id in (sent["job_id"], second)} == {"done"}
    assert whole(house)


@few_and_some
def test_a_tag_change_racing_a_rebuild_reaches_the_index(house: House, rounds: int) -> None:
    items = [house.upload(*fresh(), wait=30).json()["data"]["item_id"] for _ in range(3)]
    for number in range(rounds):
        together(
            lambda: house.post("/admin/reindex", json={"relearn": False}),
            *[
                lambda item_id=item_id, number=number: (
                    a_moment(0.1),
                    house.client.patch(f"/admin/items/{item_id}", json={"tags": [f"runde-{number}"]}),
                )
                for item_id in items
            ],
        )
        a_moment(0.1)
    assert whole(house)
    tags = [house.client.get(f"/admin/items/{item_id}").json()["data"]["tags"] for item_id in items]
    assert tags == [[f"runde-{rounds - 1}"]] * 3


@few_and_some
def test_two_rebuilds_at_once_of_which_one_learns_anew(house: House, rounds: int) -> None:
    house.upload(law(77), "siebenundsiebzig.md", wait=30)
    for _ in range(rounds):
        together(
            lambda: house.post("/admin/reindex", json={"relearn": True}),
            lambda: house.post("/admin/reindex", json={"relearn": random.random() < 0.5}),
        )
        a_moment(0.2)
    assert whole(house)
    jobs = house.nova.jobs.list(kind="reindex", limit=2 * rounds)
    assert {job.state for job in jobs} == {"done"}
    assert house.ask("Wie oft ist der Zähler 77-3 zu prüfen?").json()["data"]["status"] == "answered"


@few_and_many
def test_cancel_racing_the_end_of_a_job(house: House, rounds: int) -> None:
    ends = set()
    for _ in range(rounds):
        sent = house.upload(*fresh()).json()["data"]
        a_moment(0.25)
        assert house.post(f"/jobs/{sent['job_id']}/cancel").status_code == 200
        job = house.nova.jobs.wait(sent["job_id"], 30)
        item = house.client.get(f"/admin/items/{sent['item_id']}").json()["data"]
        ends.add((job.state, item["status"]))
    assert ends <= {("done", "ready"), ("cancelled", "failed")}
    assert whole(house)


@few_and_some
def test_versions_of_a_new_name_sent_at_once_are_one_item(house: House, rounds: int) -> None:
    for _ in range(rounds):
        name = f"neu-{random.randrange(10**9)}.md"
        answers = together(
            *[lambda name=name, number=number: house.upload(fresh()[0] + b"\n" * number, name, replace="name") for number in range(2)]
        )
        assert {answer.status_code for answer in answers} <= {201, 202}
        assert len({answer.json()["data"]["item_id"] for answer in answers}) == 1
        assert sorted(answer.json()["data"]["version"] for answer in answers) == [1, 2]
    assert whole(house)


@few_and_some
def test_a_new_address_sent_at_once_is_one_item(house: House, rounds: int) -> None:
    for _ in range(rounds):
        url = f"https://example.org/{random.randrange(10**9)}.md"
        receipts = together(*[lambda url=url: receive_url(house.nova.intake, Clock(), Caller("admin"), url, Labels())] * 2)
        assert len({receipt.item_id for receipt in receipts}) == 1
        assert sorted(receipt.version for receipt in receipts) == [1, 2]
    assert whole(house)


@few_and_some
def test_versions_of_one_name_sent_at_once_while_the_item_is_deleted(house: House, rounds: int) -> None:
    for _ in range(rounds):
        data, name = fresh()
        item_id = house.upload(data, name, wait=30).json()["data"]["item_id"]
        answers = together(
            *[
                lambda more=more, name=name: house.upload(law(random.randrange(10**9)) + more, name, replace="name")
                for more in (b"\n", b"\n\n")
            ],
            lambda item_id=item_id: (a_moment(0.1), house.client.delete(f"/admin/item/{item_id}"))[1],
        )
        assert answers[-1].status_code == 200
        assert {answer.status_code for answer in answers[:-1]} <= {201, 202}
        house.settle()
        assert not exists(house, item_id)
    assert whole(house)
