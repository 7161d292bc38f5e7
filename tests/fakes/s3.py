"""An S3 server on loopback (moto's, in this process) with one bucket."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def serve(bucket: str = "nova") -> Iterator[str]:
    """Its address until the block ends; any key and secret open it."""
    import httpx
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        address = f"http://{host}:{port}"
        assert httpx.put(f"{address}/{bucket}", timeout=30).status_code == 200
        yield address
    finally:
        server.stop()
