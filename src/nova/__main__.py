"""Words in, an exit code out: `python -m nova` and the command `nova`. The edge where a command's errors become messages.

Exit codes: 0 done, 1 error, 2 wrong usage, 3 not found, 4 unhealthy, 5 a gate was missed, 130 interrupted.
"""

import sys
from collections.abc import Sequence

import click

from nova.cli import german
from nova.cli.root import nova
from nova.errors import NovaError
from nova.store.space import disk_full, is_full

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
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except NovaError as error:
        click.echo(f"{error.message} [{error.code}]", err=True)
        return error.exit_code
    except Exception as error:
        if isinstance(error, OSError) and is_full(error):
            click.echo(disk_full().message, err=True)
            return 1
        click.echo(f"Unerwarteter Fehler ({type(error).__name__}): {error}", err=True)
        click.echo("Mit `nova --debug ...` sehen Sie, wo er entstand.", err=True)
        if "--debug" in (sys.argv[1:] if arguments is None else arguments):
            raise
        return 1


if __name__ == "__main__":
    main()
