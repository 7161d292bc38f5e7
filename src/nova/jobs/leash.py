"""A command in, the same command run as a child that ends with its parent, however that ends.

The kernel keeps a process's wish to die with its parent across `exec`, so any command can be led. The parent is the thread that began it,
which therefore waits for it. Run as `python leash.py PARENT COMMAND...`; imports nothing of Nova.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

PR_SET_PDEATHSIG = 1


def led(command: Sequence[str]) -> list[str]:
    """The command that runs `command` on a leash of this process."""
    return [sys.executable, "-I", __file__, str(os.getpid()), *command]


def main(argv: list[str]) -> NoReturn:
    """Become the command; see the module's docstring. Ends with 1 when the parent has gone already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != int(argv[1]):
        sys.exit(1)
    os.execv(argv[2], argv[2:])  # noqa: S606 - what this file is for


if __name__ == "__main__":
    main(sys.argv)
