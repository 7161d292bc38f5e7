"""Run as `python -m nova.seeding.work.child IN OUT`: the work of a run in a process of its own.

IN and OUT are numbers of open files that have no name, so nothing of the records is left however it ends. Each line on standard output is
how far it is, as JSON; the last one says that it is done, or which error a person can act on.
"""

import json
import os
import sys

from nova.errors import NovaError
from nova.seeding.work import parcel
from nova.seeding.work.refine import refine


def main(argv: list[str]) -> int:
    """0: the result stands in OUT; 3: the last line is an error."""
    with os.fdopen(int(argv[1]), "rb") as given, os.fdopen(int(argv[2]), "wb") as out:
        given.seek(0)
        rows, before, task = parcel.get_task(given)
        try:
            done = refine(rows, before, task, lambda stage, left: _say({"stage": stage, "left": left}))
        except NovaError as error:
            _say({"error": error.code, "message": error.message})
            return 3
        parcel.put_result(out, done)
    _say({"done": True})
    return 0


def _say(told: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv))
