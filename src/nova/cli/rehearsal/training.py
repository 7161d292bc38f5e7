"""People who agree in, the wheel of training turned once out: dataset, run, gates, two keys, an adapter that answers and gives way.

All of it at the doors that people use. Only the time is not real: questions and the moment since which the adapter serves are set back.
"""

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from nova.cli.client import Client
from nova.cli.rehearsal import people, proof
from nova.cli.rehearsal.hours import SQL
from nova.cli.rehearsal.practice import Fact, facts
from nova.cli.rehearsal.stage import Person, Stage, StepReport, need
from nova.errors import Conflict
from nova.flows.kinds import ADAPTER_WATCH
from nova.flows.training.running import PLACE

THEMSELVES, BY_TELEPHONE = 20, 180
ASKED, KEPT_BACK, JUDGED = 720, 8, 60
ANSWERED, SERVED = 0.9, 0.75  # shares of questions: answered with the amount before; by the adapter itself, and with the amount, after
AT_ONCE = 4
RUN_S, LOAD_S = 300.0, 120.0
SINCE = timedelta(hours=3)
SEED = 5
NAMED = "Feinabstimmung "


def agreeing(stage: Stage) -> StepReport:
    """Everybody says whether a model may learn from their words."""
    return people.join(stage, THEMSELVES, BY_TELEPHONE)


def asking(stage: Stage) -> StepReport:
    """Each sheet says one thing, and somebody asks for it; some say that it helped."""
    told = list(islice(facts(SEED), ASKED + KEPT_BACK))
    stage.noted["facts"] = told
    stage.write({f"blatt-{at}": f"{one.sentence}\n" for at, one in enumerate(told)})
    asked = [(stage.people[at % len(stage.people)], one) for at, one in enumerate(told[:ASKED])]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(lambda pair: _ask(*pair), asked))
    right = sum(fact.value in answer["answer"] for (_, fact), answer in zip(asked, answers, strict=True))
    need(right >= ANSWERED * ASKED, f"Nur {right} von {ASKED} Fragen wurden mit ihrer Angabe beantwortet.")
    stage.noted["helped"] = [_judge(*pair, useful=True) for pair in list(zip(asked, answers, strict=True))[:JUDGED]]
    return StepReport(f"{ASKED} Fragen zu {len(told)} Blättern, {right} mit der Angabe beantwortet.", {"asked": ASKED, "right": right})


def learning(stage: Stage) -> StepReport:
    """A dataset of those who agree, a run of it, and its judgement, which every gate passes."""
    made = stage.job(stage.client.post("/training/datasets", {"reason": "Probe"})["job_id"])
    need(made["state"] == "done", f"Der Datensatz entstand nicht: {made}")
    data = stage.client.get("/training/dataset", version=made["version"])
    need(data["refusal"] is None, f"Aus dem Datensatz darf nicht gelernt werden: {data['refusal']}")
    started = stage.client.post("/training/runs", {"version": made["version"]})
    run, begun = started["run"]["name"], time.monotonic()
    stage.job(started["job_id"], RUN_S)
    found = _until(lambda: _judged(stage, run), LOAD_S, f"{run} wurde nicht beurteilt.")
    held = [gate["reason"] for gate in found["told"]["gates"] if not gate["passed"]]
    need(not held, f"{run} ist gehalten: {' '.join(held)}")
    stage.noted["run"], stage.noted["version"] = run, made["version"]
    counts, facts_right = data["counts"], _facts(found["told"])
    numbers = {
        "run": run,
        "dataset": made["version"],
        "rows": counts["train"],
        "people": counts["people"],
        "seconds": round(time.monotonic() - begun, 1),
    }
    return StepReport(f"{run} aus {counts['train']} Beispielen von {counts['people']} Menschen; {facts_right}", numbers)


def releasing(stage: Stage) -> StepReport:
    """What was found when it was judged is looked at; one person is not enough then, a second one is."""
    checked = _checked(stage)
    run, doors = stage.noted["run"], [_door(stage, name) for name in ("freigabe-1", "freigabe-2")]
    path = f"/training/runs/{run}/keys"
    wanted = {"evaluation_id": doors[0].get(path)["evaluation_id"]}
    first = doors[0].post(path, wanted)
    need(first["state"] == "candidate", "Mit einem Schlüssel dient der Adapter schon.")
    need(_refused(doors[0], path, wanted), "Eine Person konnte zweimal freigeben.")
    need(doors[1].post(path, wanted)["state"] == "live", "Mit zwei Schlüsseln dient der Adapter nicht.")
    text = f"{run} dient, {checked} Befund(e) zur Sicherheit geprüft; ein zweiter Schlüssel derselben Person wurde abgelehnt."
    return StepReport(text, {"live": run, "checked": checked})


def _checked(stage: Stage) -> int:
    """Findings of security hold a run until somebody has looked at them; how many there were."""
    path = f"/training/runs/{stage.noted['run']}/keys"
    found = [
        one for one in stage.client.get("/admin/tickets", kind="training")["tickets"] if one["title"].startswith(NAMED + stage.noted["run"])
    ]
    held = stage.client.get(path)["held"]
    need(len(held) == len(found), f"Der Lauf ist gehalten: {held}")
    for one in found:
        stage.client.patch(
            f"/admin/tickets/{one['ticket_id']}", {"state": "done", "version": one["version"], "comment": "Geprüft: wie die Basis."}
        )
    return len(found)


def serving(stage: Stage) -> StepReport:
    """What nobody asked before is asked, and the adapter writes the answers, each cited."""
    run, told = stage.noted["run"], stage.noted["facts"][ASKED:]
    person = stage.people[-1]
    _until(lambda: _ask(person, told[0])["model"] == run, LOAD_S, f"Nach {LOAD_S:.0f} s antwortet {run} noch nicht.")
    answers = [_ask(person, one) for one in told]
    own = [one for one in answers if one["model"] == run and one["citations"]]
    right = sum(fact.value in one["answer"] for fact, one in zip(told, answers, strict=True))
    need(len(own) >= SERVED * len(told), f"Nur {len(own)} von {len(told)} Antworten schrieb der Adapter.")
    need(right >= SERVED * len(told), f"Nur {right} von {len(told)} Antworten nennen die Angabe.")
    text = f"{len(own)} von {len(told)} neuen Fragen beantwortet der Adapter selbst, belegt; die Angabe stimmt in {right}."
    return StepReport(text, {"own": len(own), "right": right, "asked": len(told)})


def falling(stage: Stage) -> StepReport:
    """People say that answers help no more; at the next look the adapter gives way, with a ticket."""
    run = stage.noted["run"]
    since = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - SINCE
    asked = [(stage.people[at % len(stage.people)], one) for at, one in enumerate(stage.noted["facts"][:JUDGED])]
    wrong = [_judge((person, fact), _ask(person, fact), useful=False) for person, fact in asked]
    with stage.nova.db.transaction() as conn:
        conn.execute(SQL["served_since"].encode(), {"name": run, "at": since})
        for ids, begin in ((stage.noted["helped"], since - SINCE), (wrong, since)):
            times = [begin + (at + 1) * SINCE / (len(ids) + 2) for at in range(len(ids))]
            conn.execute(SQL["set_back"].encode(), {"answer_ids": ids, "times": times})
    stage.job(stage.client.post("/admin/kpis/measure", {"from": (since - SINCE).isoformat(), "to": (since + SINCE).isoformat()})["job_id"])
    found = stage.job(str(stage.nova.jobs.start(ADAPTER_WATCH, {})))["gave_way"]
    need([one["name"] for one in found] == [run], f"Der Adapter gab nicht nach: {found}")
    need(stage.client.get("/training/serving")["live"] == "", "Es dient noch ein Adapter.")
    tickets = [one for one in stage.client.get("/admin/tickets", kind="training")["tickets"] if run in one["title"]]
    need(tickets, "Es gibt kein Ticket für ein neues Training.")
    return StepReport(f"{found[0]['reason']} Es antwortet die Basis; Ticket Nr. {tickets[0]['number']}.", {"reason": found[0]["reason"]})


def leaving(stage: Stage) -> StepReport:
    """Somebody of whom the adapter learned is erased; the receipt names it, and nobody can let it serve again."""
    run = stage.noted["run"]
    receipt = proof.erased(stage, stage.people.pop(0))
    told = next((one for one in receipt.get("adapters", ()) if one["run"] == run), None)
    need(told, f"Der Beleg nennt {run} nicht.")
    if told:
        whole = told["version"] == stage.noted["version"] and told["left_at"] and told["removed_at"] and told["ticket"]
        need(whole, f"Der Beleg sagt von {run} nicht, woraus es lernte, dass es nicht dient und was folgt: {told}")
    need(not (stage.nova.settings.NOVA_DATA / PLACE / run).exists(), f"Die Gewichte von {run} liegen noch da.")
    need(stage.client.get(f"/training/runs/{run}/keys")["held"], f"{run} könnte wieder dienen.")
    text = f"eine Person gelöscht; der Beleg {receipt['sha256'][:12]} nennt {run}, dessen Gewichte entfernt sind."
    return StepReport(text, {"receipt": receipt["sha256"]})


def learning_anew(stage: Stage) -> StepReport:
    """A new dataset without who left, a run of it, two keys, and it serves."""
    before = stage.noted["version"]
    told = learning(stage)
    need(stage.noted["version"] != before, "Es ist derselbe Datensatz.")
    releasing(stage)
    served = serving(stage)
    return StepReport(f"{told.text} {served.text}", {**told.numbers, **served.numbers})


def _ask(person: Person, fact: Fact) -> dict[str, Any]:
    found: dict[str, Any] = person.door.post("/rag/ask", {"question": fact.question})
    return found


def _judge(asked: tuple[Person, Fact], answer: Mapping[str, Any], *, useful: bool) -> UUID:
    person, fact = asked
    judgement = {"question": fact.question, "answer": answer["answer"], "answer_id": answer["answer_id"], "useful": useful}
    person.door.post("/feedback/rag", judgement if useful else judgement | {"reason": "falsch"})
    return UUID(answer["answer_id"])


def _judged(stage: Stage, run: str) -> Mapping[str, Any] | None:
    found: Mapping[str, Any] | None = stage.client.get(f"/training/runs/{run}")["evaluation"]
    return found


def _facts(told: Mapping[str, Any]) -> str:
    """How many facts of the references either side got right, as the judgement tells it."""
    gate: str = next(one["reason"] for one in told["gates"] if one["name"] == "facts")
    return gate


def _door(stage: Stage, name: str) -> Client:
    issued = stage.client.post("/admin/keys", {"user": name, "label": "Probe", "role": "engineer"})
    return Client(stage.client.address, "", stage.wire, token=issued["token"])


def _refused(door: Client, path: str, wanted: Mapping[str, str]) -> bool:
    try:
        door.post(path, wanted)
    except Conflict:
        return True
    return False


def _until(look: Any, patience: float, otherwise: str) -> Any:
    """What is found as soon as something is."""
    ends = time.monotonic() + patience
    while not (found := look()):
        need(time.monotonic() < ends, otherwise)
        time.sleep(0.3)
    return found


STEPS = {
    "Einwilligung": agreeing,
    "Fragen": asking,
    "Lernen": learning,
    "Freigabe": releasing,
    "Dienst": serving,
    "Rückfall": falling,
    "Löschung": leaving,
    "Neu gelernt": learning_anew,
    "Protokoll": proof.whole_chain,
}
