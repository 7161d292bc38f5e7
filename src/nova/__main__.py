"""Words in, an exit code out: `python -m nova` and the command `nova`. The edge where a command's errors become messages.

Exit codes: 0 done, 1 error, 2 wrong usage, 3 not found, 4 unhealthy, 5 a gate was missed, 130 interrupted.
"""

import sys
import traceback
from collections.abc import Sequence
from io import StringIO

import click

from nova.cli import german, output
from nova.cli.root import nova
from nova.errors import NovaError, disk_full, is_full

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave the process with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; one of the three places that catch everything."""
    german.speak()
    try:
        return int(nova.main(arguments, prog_name="nova", standalone_mode=False) or 0)
    except click.ClickException as error:
        with StringIO() as told:
            error.show(told)
            output.note(told.getvalue().rstrip("\n"))
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except NovaError as error:
        output.note(f"{error.message} [{error.code}]")
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the edge of a command
        if isinstance(error, OSError) and is_full(error):
            output.note(disk_full().message)
            return 1
        output.note(f"Unerwarteter Fehler ({type(error).__name__}): {error}")
        output.note("Mit `nova --debug ...` sehen Sie, wo er entstand.")
        if "--debug" in (sys.argv[1:] if arguments is None else arguments):
            output.note(traceback.format_exc())
        return 1


if __name__ == "__main__":
    main()
