"""Redacted texts a second through the hook's own function, and batch events a second without free text, each committed with fsync on.

    python benchmarks/events.py [--sessions 300] [--turns 10] [--events 50000] [--threads 1]

The database is the embedded one with its own settings. Texts are what customers write to a supplier, half of them with personal values
that the recognisers or the session's fields know; every session has a consent, signed deliveries are read as the hook reads them.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from nova.api.hooking import check, session_of, sign
from nova.api.models.people.consents import SessionDelivery
from nova.engines.queue.postgres import PostgresJobs
from nova.flows.sessions import SessionReception
from nova.governance import consent
from nova.governance.people import KnownPeople
from nova.governance.users import ensure_user
from nova.governance.vault_keys import VaultKeys
from nova.records import Caller
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import start
from nova.store.postgres.migrate import migrate
from nova.telemetry.events import MOST_EVENTS, Event, save_events
from nova.wiring.chats import desk_of

SECRET = "benchmarks-need-no-real-secret-0"
PLAIN = (
    "Guten Tag, warum ist meine Abschlagszahlung im März gestiegen, obwohl wir weniger verbraucht haben als im Vorjahr?",
    "Wie lange gilt die Preisgarantie, und kann ich danach in den dynamischen Tarif wechseln?",
    "Die Wärmepumpe ist seit Oktober in Betrieb. Muss ich sie nach § 14a EnWG anmelden, und was ändert sich am Netzentgelt?",
    "Danke, das hilft mir weiter. Wo finde ich die Rechnung für das letzte Jahr?",
    "Ich habe die Zählerstände abgelesen und im Portal eingetragen, sie erscheinen dort aber nicht.",
)
PERSONAL = (
    "Mein Name ist {name}, ich wohne in der {street} und bin unter {phone} zu erreichen.",
    "Bitte buchen Sie ab sofort von {iban} ab, die Kundennummer ist {customer}.",
    "Die Bestätigung können Sie an {email} schicken. Mit freundlichen Grüßen, {name}",
    "Der Zähler {meter} zeigt 12.345,6 kWh, das kann nicht stimmen, sagt auch {name}.",
    "Rufen Sie mich unter {phone} zurück, am besten nach 17 Uhr. {name}, Kundennummer {customer}",
)
NAMES = ("Erika Mustermann", "Otto Krüger", "Fatma Yıldız", "Jürgen von der Heide", "Anna-Lena Schmidt", "Paweł Nowak")
STREETS = ("Lindenstraße 14", "Am Alten Markt 3b", "Karl-Marx-Allee 127", "Mühlenweg 9")


def deliveries(sessions: int, turns: int) -> Iterator[bytes]:
    """Bodies as a sender makes them."""
    draw, text, now = random.Random(1), consent.shipped(), datetime.now(UTC) - timedelta(hours=1)
    said = {"purposes": {"service": True, "analytics": True}, "version": text.version, "text_sha256": text.sha256}
    for number in range(sessions):
        name = draw.choice(NAMES)
        given = {
            "name": name, "street": draw.choice(STREETS), "phone": f"0171 {draw.randrange(10**6, 10**7)}", "meter": f"1EMH00{number:08d}",
            "email": f"kunde{number}@example.org", "customer": f"K-{number:07d}", "iban": "DE02 1203 0000 0000 2020 51",
        }  # fmt: skip
        spoken = [
            {
                "seq": at,
                "role": "assistant" if at % 2 else "user",
                "ts": (now + timedelta(seconds=at)).isoformat(),
                "text": (draw.choice(PLAIN) if at % 2 else draw.choice(PERSONAL)).format_map(given),
                "meta": {"latency_ms": draw.random() * 900},
            }
            for at in range(turns)
        ]
        body = {"session_id": uuid4().hex, "user": f"kunde-{number}", "channel": "web", "turns": spoken}
        body |= {"consent": said | {"at": now.isoformat(), "source": "web"}, "fields": {"name": name, "customer_no": given["customer"]}}
        yield json.dumps(body).encode()


def hook(reception: SessionReception, body: bytes) -> int:
    """What the hook does with one delivery: check, read, redact, commit; how many texts were stored."""
    now, nonce = datetime.now(UTC), uuid4().hex
    stamp = str(int(now.timestamp()))
    wrong = check(SECRET, (stamp, nonce, sign(SECRET, stamp, nonce, body)), body, now)
    if wrong is not None:
        raise wrong
    return int(reception.receive(session_of(SessionDelivery.model_validate_json(body)), nonce, body.decode(), now)["stored"])


def timed(work: Callable[[], int]) -> tuple[int, float]:
    """What it gave, and the seconds it took."""
    began = time.perf_counter()
    done = work()
    return done, time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=300)
    parser.add_argument("--turns", type=int, default=10)
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nova-") as folder, start(Path(folder)) as server:
        migrate(server.dsn)
        with Database.connect(server.dsn) as database, ThreadPoolExecutor(chosen.threads) as threads:
            jobs = PostgresJobs(database)
            reception = SessionReception(database, jobs, desk_of(KnownPeople(VaultKeys(Path(folder) / "secrets"))))
            bodies = list(deliveries(chosen.sessions + 10, chosen.turns))
            for body in bodies[:10]:  # what is loaded once is not measured
                hook(reception, body)
            texts, seconds = timed(lambda: sum(threads.map(lambda body: hook(reception, body), bodies[10:])))
            print(f"hook:   {texts / seconds:8.0f} redacted texts/s ({chosen.sessions / seconds:.0f} sessions/s, {texts} texts)")
            people = [ensure_user(database, f"person-{number}").external_id for number in range(100)]
            batches = [
                [Event(people[(at + one) % 100], "view", dwell_ms=one, meta={"seite": "start"}) for one in range(MOST_EVENTS)]
                for at in range(0, chosen.events, MOST_EVENTS)
            ]
            saved, seconds = timed(lambda: sum(threads.map(lambda batch: save_events(database, Caller("admin"), batch).saved, batches)))
            print(f"events: {saved / seconds:8.0f} events/s ({saved} events, {MOST_EVENTS} a batch)")
            jobs.close()


if __name__ == "__main__":
    sys.exit(main())
