"""A job's id in, the job once it has ended out; how far it is, is shown meanwhile."""

import time
from typing import Any

from nova.cli import output
from nova.cli.client import Client
from nova.errors import InvalidInput

LOOK_SECONDS = 0.5


def ended(client: Client, job_id: str) -> dict[str, Any]:
    """The job, however it ended."""
    while (job := client.get(f"/jobs/{job_id}"))["state"] in ("queued", "running"):
        done = f" {job['done']}/{job['total']}" if job.get("total") else ""
        output.progress(f"{job.get('stage') or 'wartet'}{done}")
        time.sleep(LOOK_SECONDS)
    output.progress("", final=True)
    return dict(job)


def done(client: Client, job_id: str) -> dict[str, Any]:
    """The job once it has done its work; InvalidInput with its own words where it did not."""
    job = ended(client, job_id)
    if job["state"] != "done":
        raise InvalidInput(job.get("error") or "Der Auftrag wurde abgebrochen.")
    return job
