"""What stays when the wheel has turned: a log whose chain holds, and somebody who is erased, with a receipt."""

from typing import Any

from nova.cli.rehearsal.people import CALLER
from nova.cli.rehearsal.stage import Person, Stage, StepReport, need
from nova.errors import NotFound, NovaError

PAGE = 200


def erasing(stage: Stage) -> StepReport:
    """Somebody who judged asks to be erased; nothing of them is found afterwards, and the receipt says what went."""
    person = stage.people[0]
    subject = stage.client.post("/admin/subjects/find", {"subject": person.name})["subject_id"]
    kept = stage.client.get("/admin/conversations", subject_id=subject, limit=1)["total"]
    need(kept > 0, "Von der Person ist schon vorher nichts da.")
    receipt = erased(stage, person)
    need(stage.client.get("/admin/conversations", subject_id=subject, limit=1)["total"] == 0, "Gespräche der Person sind noch da.")
    need(_turned_away(person.door.get, "/me/consent"), "Der Zugang der gelöschten Person gilt noch.")
    counts = {name: number for name, number in _numbers(receipt).items() if number}
    text = f"eine Person gelöscht, {kept} Gespräche darunter; Beleg {receipt['sha256'][:12]}."
    return StepReport(text, {"conversations": kept, "receipt": receipt["sha256"], "counts": counts})


def erased(stage: Stage, person: Person) -> dict[str, Any]:
    """Somebody asks to be erased; the receipt."""
    confirm = person.door.delete("/me")["confirm"]
    started = person.door.delete(f"/me?confirm={confirm}")
    stage.job(started["job_id"])
    found = stage.client.get(f"/admin/erasures/{started['erasure_id']}")
    need(found["done_at"] and found["receipt"].get("sha256"), "Die Löschung hat keinen Beleg.")
    return dict(found["receipt"])


def auditing(stage: Stage) -> StepReport:
    """No stored conversation holds the name that callers said, and the log's chain is whole."""
    conversations = stage.client.get("/admin/conversations", source="sophia", limit=PAGE)["conversations"]
    conversations = [one for one in conversations if one["turns"]]  # who only agreed has said nothing yet
    whole = [stage.client.get(f"/admin/conversations/{one['conversation_id']}") for one in conversations]
    need(CALLER not in str(whole), "Ein geliefertes Gespräch enthält den Namen der Anruferin.")
    chain = whole_chain(stage)
    text = f"{chain.text[:-1]}; in {len(conversations)} gelieferten Gesprächen kein Name."
    return StepReport(text, {**chain.numbers, "delivered": len(conversations)})


def whole_chain(stage: Stage) -> StepReport:
    """The log's chain is whole."""
    found = stage.client.get("/admin/audit/verify")
    need(found["ok"], f"Das Protokoll ist verändert: {found['first']}")
    return StepReport(f"{found['rows']} Zeilen des Protokolls unverändert.", {"rows": found["rows"]})


def _turned_away(call: object, path: str) -> bool:
    try:
        call(path)  # type: ignore[operator]
    except NotFound:
        return False
    except NovaError:
        return True
    return False


def _numbers(receipt: dict[str, object]) -> dict[str, int]:
    return {name: value for name, value in receipt.items() if isinstance(value, int)}
