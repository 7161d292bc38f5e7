"""A number of people who read live streams in; how long after their tokens were withdrawn elsewhere the streams end, and what watching
them costs, out.

python benchmarks/presence.py [STREAMS]
"""

import asyncio
import sys
import tempfile
import threading
import time
from pathlib import Path
from random import Random
from statistics import median

import httpx
import uvicorn

sys.path.insert(0, str(Path(__file__).parent.parent))

from nova.api.protocol.wire import config
from nova.store.postgres.db import Database
from nova.store.postgres.embedded import start
from nova.store.postgres.migrate import migrate
from tests.api.house import Door, opened
from tests.folders import short_folder

STREAMS = 200
QUIET = 10.0
WITHDRAW = "UPDATE access_tokens t SET revoked_at = now() FROM users u WHERE u.user_id = t.user_id AND u.external_id = %s"


async def reading(address: str, tokens: dict[str, str], door: Door) -> tuple[list[float], float]:
    """Seconds from each withdrawal to the stream's end, and the share of a core that all took while nothing happened."""
    ended: dict[str, float] = {}
    withdrawn: dict[str, float] = {}
    ready = asyncio.Event()

    async def read(client: httpx.AsyncClient, name: str, token: str) -> None:
        async with client.stream("GET", f"{address}/api/v1/stream/live", headers={"Authorization": f"Bearer {token}"}) as stream:
            if len(door.client.app.state.house.presence._open) == len(tokens):  # type: ignore[attr-defined]
                ready.set()
            async for _ in stream.aiter_bytes():
                pass
        ended[name] = time.perf_counter()

    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(timeout=60, limits=limits) as client:
        readers = [asyncio.create_task(read(client, name, token)) for name, token in tokens.items()]
        await ready.wait()
        await asyncio.sleep(1)
        before, began = time.process_time(), time.perf_counter()
        await asyncio.sleep(QUIET)
        share = (time.process_time() - before) / (time.perf_counter() - began)
        dice = Random(1)
        for name in tokens:
            await asyncio.sleep(dice.uniform(0, 0.05))
            withdrawn[name] = time.perf_counter()
            await asyncio.to_thread(door.nova.db.execute, WITHDRAW, (name,))
        await asyncio.gather(*readers)
    return [ended[name] - withdrawn[name] for name in tokens], share


def main(count: int) -> None:
    """Open them, wait, withdraw one after the other."""
    with short_folder() as folder, start(folder, {"fsync": "off"}) as server, tempfile.TemporaryDirectory() as data:
        migrate(server.dsn)
        with Database.connect(server.dsn) as db, opened(db, Path(data), NOVA_RATE_LIMITS="off") as door:
            served = uvicorn.Server(config(door.client.app, host="127.0.0.1", port=0, lifespan="off"))
            thread = threading.Thread(target=served.run, daemon=True)
            thread.start()
            while not served.started:
                time.sleep(0.01)
            address = f"http://127.0.0.1:{served.servers[0].sockets[0].getsockname()[1]}"
            tokens = {f"leser-{number}": door.nova.token(f"leser-{number}") for number in range(count)}
            took, share = asyncio.run(reading(address, tokens, door))
            served.should_exit = True
            thread.join()
    print(f"{count} streams: ended {median(took):.1f} s (median), {max(took):.1f} s (longest) after the withdrawal; "
          f"{share * 100:.1f} % of a core while nothing happens, readers included")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else STREAMS)
