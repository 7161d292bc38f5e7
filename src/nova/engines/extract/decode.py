"""Bytes of a text file in any encoding -> its characters.

Order: byte-order mark, UTF-16 by its zero bytes, UTF-8, then the encodings German texts come in, judged by their letters.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 1_000_000
_GERMAN = frozenset("äöüÄÖÜßéèêáàâóòôçñ§°²³€„“”‚‘’–—…·•»«½¼µ±×\u00a0\u00ad")
_HIGH = re.compile("[^\x00-\x7f]")


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 shows as zero bytes on every second place."""
    head = data[:4096]
    if len(head) < 4 or len(data) % 2:
        return None
    half = len(head) // 2
    if head[1::2].count(0) > half * 0.6 and head[0::2].count(0) < half * 0.1:
        return "utf-16-le"
    if head[0::2].count(0) > half * 0.6 and head[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return None


def _german(data: bytes, encoding: str) -> float:
    """Which part of the letters beyond ASCII is one that German texts use, in this encoding; judged by the beginning."""
    try:
        letters = _HIGH.findall(data[:SAMPLE].decode(encoding))
    except UnicodeDecodeError:
        return 0.0
    return sum(letter in _GERMAN for letter in letters) / max(1, len(letters))


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    return best.encoding if best else None


def decode(data: bytes) -> str:
    """The text; bytes that no encoding explains become U+FFFD rather than an error."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    wide = _utf16_without_mark(data)
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for encoding in ("cp1252", "cp850", "mac_roman"):
        if _german(data, encoding) >= 0.9:
            return data.decode(encoding, "replace")
    return data.decode(_guess(data) or "cp1252", "replace")
