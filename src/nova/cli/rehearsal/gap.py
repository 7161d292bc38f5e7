"""Days without an alert, a topic that the documents lack, its alert and ticket, the page that heals it, the alert's end: told step by step.

Nova's shipped thresholds are in force; the alert is the one on weak answers.
"""

from collections.abc import Sequence
from itertools import cycle, islice
from typing import Any

from nova import german
from nova.cli.rehearsal.hours import Event, SessionQuestion, live, share
from nova.cli.rehearsal.stage import SPAN, Stage, StepReport, need
from nova.kpi.rules.thresholds import builtin

RULE, KPI = "suche_schwach", "weak_share"
BEFORE_H, BEFORE_N = 24, 3  # hours, sessions an hour
LACKING_MOST_H, LACKING_N = 20, 6  # besides one everyday question an hour
AFTER_N = 5  # likewise
ALL = 300
FIRED, ENDED = ("warn", "critical"), ("recovered",)
RIGHT_SHARE = 0.9  # of a ticket's questions that belong to the planted topic


def percent(value: float | None) -> str:
    """A share as people read it."""
    return "–" if value is None else german.percent(value)


def everyday(stage: Stage) -> StepReport:
    """Days as they should be: nothing fires."""
    questions = cycle(stage.texts.everyday)
    events: list[Event] = []
    for hour in range(BEFORE_H):
        events += live(stage, hour, [SessionQuestion(one) for one in islice(questions, BEFORE_N)])
    need(not events, f"Ein Alarm kam ohne Grund: {events}")
    weak = share(stage, KPI, BEFORE_H)
    usual = builtin().rule(RULE)
    quiet = usual is not None and weak.value is not None and weak.value < usual.warn - usual.clear
    need(quiet, f"Schon im Alltag sind {percent(weak.value)} der Antworten schwach.")
    stage.noted["before"] = weak.value
    text = f"{stage.sessions} Sitzungen in {BEFORE_H} Stunden, schwach beantwortet {percent(weak.value)}, kein Alarm."
    return StepReport(text, {"sessions": stage.sessions, "weak_share": weak.value, "alerts": 0})


def lacking(stage: Stage) -> StepReport:
    """People ask what no document says until the alert comes, and not before it may."""
    questions, usual = cycle(stage.texts.gap_questions), cycle(reversed(stage.texts.everyday))
    rule = builtin().rule(RULE)
    need(rule is not None, f"Die Regel „{RULE}“ gibt es nicht.")
    beyond: list[int] = []
    events: list[Event] = []
    hour = BEFORE_H
    while not any(one.rule == RULE for one in events):
        need(hour < BEFORE_H + LACKING_MOST_H, f"Nach {LACKING_MOST_H} Stunden Wissenslücke kam kein Alarm „{RULE}“.")
        events += live(stage, hour, [*(SessionQuestion(one, False) for one in islice(questions, LACKING_N)), SessionQuestion(next(usual))])
        weak = share(stage, KPI, BEFORE_H)
        if rule is not None and rule.beyond(weak.value or 0.0, rule.warn):
            beyond.append(hour)
        hour += 1
    fired = next(one for one in events if one.rule == RULE)
    need(rule is not None and len(beyond) == rule.times, f"Der Alarm kam nach {len(beyond)} Bewertungen jenseits der Schwelle.")
    stage.noted |= {"events": events, "hour": hour, "during": weak.value}
    count, after = len(beyond), fired.hour - BEFORE_H + 1
    text = f"schwach nun {percent(weak.value)}; Alarm „{RULE}“ nach {after} Stunden, bei der {count}. Bewertung über der Schwelle."
    return StepReport(text, {"sessions": stage.sessions, "weak_share": weak.value, "fired_after_h": after, "beyond": count})


def ticket(stage: Stage) -> StepReport:
    """Triage chose the cheapest cure, and its cluster is the planted one."""
    found = stage.client.get("/admin/tickets", kind="knowledge")["tickets"]
    need(len(found) >= 1, "Triage hat kein Ticket für eine Wissenslücke eröffnet.")
    one = stage.client.get(f"/admin/tickets/{found[0]['ticket_id']}")
    asked = [row["question"] for row in one["questions"]]
    ours = [text for text in asked if text in stage.texts.gap_questions]
    need(one["owner"] == "lumina" and one["state"] == "open", f"Das Ticket liegt bei {one['owner']}, Stand {one['state']}.")
    need(asked and len(ours) / len(asked) >= RIGHT_SHARE, f"Nur {len(ours)} von {len(asked)} Fragen des Tickets gehören zum Thema.")
    need(stage.texts.gap_word in (one["gap_terms"] or []), f"Die Begriffe des Tickets sind {one['gap_terms']}.")
    stage.noted["ticket"] = one
    gain = one["gain"] or {}
    terms = ", ".join(one["gap_terms"])
    hoped = percent(gain.get("share"))
    text = f"Nr. {one['number']} für Lumina: {len(asked)} Fragen, {len(ours)} davon zum Thema ({terms}); erwarteter Gewinn {hoped}."
    return StepReport(text, {"number": one["number"], "questions": len(asked), "right": len(ours), "terms": one["gap_terms"], "gain": gain})


def healing(stage: Stage) -> StepReport:
    """The page is taken in, the same is asked again, the figure recovers and the alert ends."""
    one = stage.noted["ticket"]
    stage.client.patch(f"/admin/tickets/{one['ticket_id']}", {"state": "doing", "version": one["version"]})
    passages = stage.write({"gap": stage.texts.gap_page})
    hours = -(-(ALL - stage.sessions) // (AFTER_N + 1))
    need(stage.noted["hour"] + hours <= SPAN.total_seconds() / 3600, "Die simulierte Zeit reicht nicht bis zur Erholung.")
    questions, usual = cycle(stage.texts.gap_questions), cycle(stage.texts.everyday)
    events: list[Event] = stage.noted["events"]
    begin = stage.noted["hour"]
    for hour in range(begin, begin + hours):
        most = min(AFTER_N + 1, ALL - stage.sessions)
        events += live(stage, hour, [*(SessionQuestion(text) for text in islice(questions, most - 1)), SessionQuestion(next(usual))])
    ended = [event for event in events if event.rule == RULE and event.event in ENDED]
    weak = share(stage, KPI, 6)
    need(ended, f"Der Alarm endet nicht: schwach sind {percent(weak.value)}.")
    need(weak.value is not None and weak.value < 0.1, f"Nach der Aufnahme sind noch {percent(weak.value)} schwach.")
    still = _still(events)
    need(not still, f"Diese Alarme enden nicht: {', '.join(still)}")
    after = ended[0].hour - begin + 1
    text = f"Seite mit {passages} Passagen aufgenommen; schwach nun {percent(weak.value)}, der Alarm endet {after} Stunden danach."
    rules = sorted({event.rule for event in events})
    return StepReport(
        text, {"sessions": stage.sessions, "passages": passages, "weak_share": weak.value, "cleared_after_h": after, "rules": rules}
    )


def _still(events: Sequence[Event]) -> list[str]:
    last = {event.rule: event.event for event in events}
    return sorted(rule for rule, event in last.items() if event not in ENDED)


def closing(stage: Stage) -> StepReport:
    """The ticket is closed with a measured effect, its questions are answered, and the gap is closed by that."""
    one: dict[str, Any] = stage.client.get(f"/admin/tickets/{stage.noted['ticket']['ticket_id']}")
    stage.job(stage.client.post("/admin/kpis/measure", {})["job_id"])
    need(stage.client.get(f"/admin/gaps/{one['gap_id']}")["state"] == "closed", "Die Wissenslücke bleibt offen.")
    again = [stage.client.post("/rag/ask", {"question": row["question"]})["status"] for row in one["questions"]]
    need(all(status == "answered" for status in again), f"{again.count('refused')} Fragen des Tickets bleiben ohne Antwort.")
    done = stage.client.patch(f"/admin/tickets/{one['ticket_id']}", {"state": "done", "version": one["version"]})
    effect = done["effect"] or {}
    need(effect.get("verdict") == "better", f"Die Wirkung des Tickets ist {effect.get('verdict')}.")
    then, now = effect["before"]["value"], effect["after"]["value"]
    text = (
        f"erledigt; Wirkung: {percent(then)} schwach vorher, {percent(now)} nachher; alle {len(again)} Fragen des Tickets sind "
        "beantwortet, die Lücke ist geschlossen."
    )
    return StepReport(text, {"verdict": effect["verdict"], "before": then, "after": now, "answered": len(again)})
