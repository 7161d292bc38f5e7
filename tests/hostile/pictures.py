"""Hostile pictures, written by hand: small files that are huge when unpacked, endless rows of pages, sizes that lie."""

import io
import random
import struct
import zlib
from collections.abc import Callable

from PIL import Image


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes, *, bits: int = 1, extra: bytes = b"") -> bytes:
    """A grey PNG of packed rows."""
    head = _chunk(b"IHDR", struct.pack(">2I5B", width, height, bits, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def blank(width: int, height: int, bits: int = 1) -> bytes:
    """A PNG that is black all over."""
    row = b"\0" * (1 + (width * bits + 7) // 8)
    squeeze = zlib.compressobj(9)
    return png(width, height, b"".join([*(squeeze.compress(row * 100) for _ in range(height // 100)), squeeze.flush()]), bits=bits)


def noise(width: int, height: int) -> Image.Image:
    """Speckles that a reader takes for letters."""
    return Image.frombytes("L", (width, height), random.Random(1).randbytes(width * height)).point(lambda value: 255 * (value > 100), "1")


def saved(picture: Image.Image, kind: str, **more: object) -> bytes:
    """A picture in a format."""
    out = io.BytesIO()
    picture.save(out, kind, **more)  # type: ignore[arg-type]
    return out.getvalue()


def tiff(entries: list[tuple[int, int, int, int]], following: int, tail: bytes = b"") -> bytes:
    """A TIFF of one directory; `following` is where the next one is said to be."""
    fields = b"".join(struct.pack("<HHII", *entry) for entry in sorted(entries))
    return b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", len(entries)) + fields + struct.pack("<I", following) + tail


def grey(width: int, height: int, at: int, size: int, packing: int = 1) -> list[tuple[int, int, int, int]]:
    """The directory of a grey picture."""
    return [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, packing), (262, 3, 1, 1), (273, 4, 1, at), (277, 3, 1, 1),
            (278, 4, 1, height), (279, 4, 1, size)]  # fmt: skip


def files() -> dict[str, tuple[str, Callable[[], bytes]]]:
    """Every one: what it is -> its file name and its bytes."""
    made: dict[str, tuple[str, Callable[[], bytes]]] = {
        "png of 900 million points": ("scan.png", lambda: blank(30_000, 30_000)),
        "png of 4 billion points": ("scan.png", lambda: blank(65_000, 65_000)),
        "png that says to be larger": ("scan.png", lambda: png(2**31 - 1, 2**31 - 1, zlib.compress(b"\0" * 1000))),
        "png of nothing": ("scan.png", lambda: png(0, 0, zlib.compress(b""))),
        "png whose text is a bomb": (
            "scan.png",
            lambda: png(8, 8, zlib.compress(b"\0\0" * 8), extra=_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(300_000_000), 9)) * 20),
        ),
        "png of a line": ("scan.png", lambda: png(1, 10_000_000, zlib.compress(b"\0\0" * 10_000_000))),
        "png of noise": ("scan.png", lambda: saved(noise(4_000, 4_000), "PNG")),
        "png of much noise": ("scan.png", lambda: saved(noise(9_000, 9_000), "PNG")),
        "jpeg that says to be larger": (
            "scan.jpg",
            lambda: bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b08ffffffff01011100ffda0008010100003f00") + b"\0" * 999,
        ),
        "jpeg of 400 million points": ("scan.jpg", lambda: saved(Image.new("L", (20_000, 20_000)), "JPEG", quality=1)),
        "jpeg of scans upon scans": ("scan.jpg", lambda: saved(Image.new("L", (9_000, 9_000)), "JPEG", progressive=True, quality=1)),
        "jpeg cut off": ("scan.jpg", lambda: saved(Image.new("L", (900, 900)), "JPEG")[:300]),
        "tiff that follows itself": ("scan.tif", lambda: tiff(grey(8, 8, 200, 64), 8, b"\0" * 400)),
        "tiff that says to be larger": ("scan.tif", lambda: tiff(grey(2**31 - 1, 2**31 - 1, 200, 64), 0, b"\0" * 400)),
        "tiff of 900 million points": ("scan.tif", lambda: saved(Image.new("1", (30_000, 30_000)), "TIFF", compression="tiff_deflate")),
        "tiff of many pages": (
            "scan.tif",
            lambda: saved(Image.new("1", (600, 800), 1), "TIFF", save_all=True, append_images=[Image.new("1", (600, 800), 1)] * 400),
        ),
        "tiff of noisy pages": (
            "scan.tif",
            lambda: saved(noise(2_000, 2_000), "TIFF", save_all=True, append_images=[noise(2_000, 2_000)] * 30, compression="group4"),
        ),
        "tiff of packed nothing": ("scan.tif", lambda: tiff(grey(50_000, 50_000, 200, 400, 5), 0, b"\x80\x0b\x60\x50" * 100)),
    }
    return {f"picture: {name}": found for name, found in made.items()}
