"""Tasks that misbehave in a child process, for the tests of its limits; run as `child_tasks:name`."""

import os
import socket
import sys
import time
from collections.abc import Mapping
from typing import Any

from nova.errors import UnreadableFile

Args = Mapping[str, Any]


def echo(args: Args, body: bytes) -> tuple[Any, bytes]:
    return {"args": dict(args), "pid": os.getpid()}, body


def spin(_args: Args, _body: bytes) -> tuple[Any, bytes]:
    while True:
        pass


def sleep(args: Args, body: bytes) -> tuple[Any, bytes]:
    time.sleep(args["seconds"])
    return None, body


def hog(_args: Args, _body: bytes) -> tuple[Any, bytes]:
    return None, b"x" * (8 * 1024**3)


def die(args: Args, _body: bytes) -> tuple[Any, bytes]:
    os.kill(os.getpid(), args["signal"])
    return None, b""


def leave(args: Args, _body: bytes) -> tuple[Any, bytes]:
    os._exit(args["code"])


def stumble(_args: Args, _body: bytes) -> tuple[Any, bytes]:
    return {}["missing"], b""


def recurse(_args: Args, _body: bytes) -> tuple[Any, bytes]:
    def deeper(depth: int) -> int:
        return deeper(depth + 1) + 1

    return deeper(0), b""


def refuse(_args: Args, _body: bytes) -> tuple[Any, bytes]:
    raise UnreadableFile("Die Datei ist verschlüsselt.")


def flood(args: Args, _body: bytes) -> tuple[Any, bytes]:
    return None, b"x" * args["bytes"]


def chatter(_args: Args, _body: bytes) -> tuple[Any, bytes]:
    print("a library that prints", flush=True)
    os.write(1, b"\x00\x00\x00\x01" * 100)
    return "said", b""


def forge(args: Args, _body: bytes) -> tuple[Any, bytes]:
    """What a parser that a file has taken over might do: write what it likes to its parent."""
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, bytes.fromhex(args["hex"]))
        except OSError:
            continue
    os._exit(0)


def surroundings(_args: Args, _body: bytes) -> tuple[Any, bytes]:
    return {"environment": dict(os.environ), "modules": [name for name in sys.modules if name.startswith(("fastapi", "psycopg"))]}, b""


def call_out(args: Args, _body: bytes) -> tuple[Any, bytes]:
    try:
        with socket.create_connection(("127.0.0.1", args["port"]), timeout=2):
            return "connected", b""
    except OSError as error:
        return type(error).__name__, b""
