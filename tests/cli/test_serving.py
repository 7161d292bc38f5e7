"""The socket that Nova serves on."""

import asyncio
import socket

import pytest

from nova.cli.process.serving import bind
from nova.errors import Misconfigured


def test_answers_leave_at_once() -> None:
    async def accepted() -> int:
        found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        async def meet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            found.set_result(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        with bind("127.0.0.1", 0) as bound:
            async with await asyncio.start_server(meet, sock=bound):
                _, writer = await asyncio.open_connection(*bound.getsockname())
                at_once = await found
                writer.close()
                return at_once

    assert asyncio.run(accepted()) == 1


def test_a_port_that_is_taken_is_named() -> None:
    with bind("127.0.0.1", 0) as bound:
        bound.listen()
        port = bound.getsockname()[1]
        with pytest.raises(Misconfigured, match=str(port)):
            bind("127.0.0.1", port)
