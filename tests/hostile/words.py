"""Hostile text, Markdown, HTML and CSV, made by code: nesting, repetition, endless lines, encodings that lie."""

import json
import random
from collections.abc import Callable, Mapping

MANY = 1_000_000
DEEP = 100_000
LINE = 50_000_000
MARKS = "".join(chr(0x300 + i % 80) for i in range(2000))  # combining marks in an order that has to be sorted


def markdown() -> Mapping[str, Callable[[], str]]:
    """Markdown by name."""
    return {
        "brackets": lambda: "Text " + "[" * MANY,
        "links within links": lambda: "Text " + "[a](" * (MANY // 4),
        "backticks": lambda: "Text " + "`" * MANY + " ende",
        "growing backticks": lambda: "Text " + " ".join("`" * (i % 300) for i in range(20_000)),
        "stars": lambda: "Text " + "*a " * (MANY // 3),
        "stars and spaces": lambda: "Text\n\n" + "* " * MANY + "x",
        "quotes": lambda: "Text\n\n" + "> " * DEEP + "Text",
        "quoted lines": lambda: "\n".join(">" * (i % 500) + " Text" for i in range(20_000)),
        "pipes": lambda: "Text\n\n" + "|" * MANY + "\n|" + "-|" * MANY,
        "rule of a table that is none": lambda: "a | b\n" + " " * 300_000 + "|x\n\nText",
        "dashes and spaces": lambda: "a | b\n-" + " " * 300_000 + "|x\n\nText",
        "colons and dashes": lambda: "a | b\n" + "|:-" * 100_000 + "x\n\nText",
        "hashes": lambda: "Text\n\n" + "#" * MANY + " Text",
        "heading and spaces": lambda: "# a" + " " * 200_000 + "b",
        "heading and hashes": lambda: "# a" + " #" * 100_000 + "b",
        "headings": lambda: "# Teil\n\n" * 200_000,
        "deeper and deeper": lambda: "\n".join("#" * (1 + i % 6) + f" Teil {i}\n\nText {i}." for i in range(50_000)),
        "list within list": lambda: "\n".join(" " * min(i, 5_000) + "- a" for i in range(8_000)),
        "items": lambda: "- a\n" * 300_000,
        "items without end": lambda: "Text\n\n" + "- \n" * 300_000,
        "numbers": lambda: "\n".join(f"{i}. a" for i in range(200_000)),
        "rules": lambda: "Text\n\n" + "---\n" * 300_000 + "Text",
        "open fence": lambda: "Text\n\n" + "```\n" * 200_001 + "Text",
        "open fences of many lengths": lambda: "Text\n\n" + "\n".join("`" * (3 + i % 200) for i in range(50_000)),
        "open comments": lambda: "<!-- a\n" * 200_000,
        "notes": lambda: "\n".join(f"[^{i}]: Text" for i in range(100_000)),
        "definitions": lambda: "Wort\n:   Text\n\n" * 100_000,
        "front matter without end": lambda: "---\n" + "a: b\n" * 300_000,
        "front matter of one key": lambda: "---\na" * 100_000 + "\n---\nText",
        "setext": lambda: "a\n===\n" * 200_000,
        "grid": lambda: "Text\n\n" + "+-" * 200_000 + "+\n" + "| a " * 100_000 + "\n",
        "spaces": lambda: "Text" + " " * MANY + "\n" + " " * MANY,
        "tabs": lambda: "Text\n\n" + "\t" * MANY + "Text",
        "paragraph signs": lambda: "# Titel\n\n" + "§" * MANY,
        "paragraph signs and numbers": lambda: "# Titel\n\n" + "§ 1 " * (MANY // 4),
        "norms in a row": lambda: "# Titel\n\n" + "§§ 1, 2, 3 bis 4 und " * 40_000 + "EnWG",
        "sentences in a row": lambda: "# Titel\n\nAbs. 1 Satz 2 Nr. 3 " * 40_000,
        "one word": lambda: "# Titel\n\n" + "Strom" * (MANY // 5),
        "one word of many parts": lambda: "# Titel\n\n" + "Stromnetzentgeltverordnungsprüfung" * 3_000,
        "words of many parts": lambda: (
            "# Titel\n\n" + " ".join("Netzentgelt" * 20 + str(i) + "verordnungs" * 20 for i in range(2_000)) + "."
        ),
        "digits": lambda: "# Titel\n\n" + "1" * MANY,
        "dots": lambda: "# Titel\n\nText" + "." * MANY,
        "dotted": lambda: "# Titel\n\n" + "a." * (MANY // 2),
        "commas": lambda: "# Titel\n\n" + "a, " * (MANY // 3),
        "dashes": lambda: "# Titel\n\nText " + "-" * MANY,
        "hyphens": lambda: "# Titel\n\n" + "Netz-" * (MANY // 5),
        "addresses": lambda: "# Titel\n\n" + "a@" * (MANY // 2) + "b.de",
        "account numbers": lambda: "# Titel\n\n" + "DE12 3456 " * (MANY // 10),
        "dates": lambda: "# Titel\n\n" + "1. Januar " * (MANY // 10),
        "combining marks": lambda: "Text a" + MARKS * 250,
        "zero-width joiners": lambda: "Text a" + "\u200d" * MANY,
        "direction marks": lambda: "Text " + "\u202e\u2066" * (MANY // 2) + "ende",
        "emoji": lambda: "Text " + "👨‍👩‍👧‍👦" * (MANY // 8),
        "lines of one letter": lambda: "a\n" * (MANY * 2),
        "paragraphs of one letter": lambda: "a\n\n" * MANY,
        "one line": lambda: "Der Netzbetreiber prüft die Anlage. " * (LINE // 36),
        "one line without a full stop": lambda: "der Netzbetreiber prüft die Anlage und " * (LINE // 5 // 39),
        "chunk tokens": lambda: "[chunk 00000000-0000-0000-0000-000000000000] " * 20_000,
        "different words": lambda: "# Titel\n\n" + " ".join(f"Wort{i}netz" for i in range(150_000)) + ".",
    }


def html() -> Mapping[str, Callable[[], str]]:
    """HTML by name; each is wrapped as a page."""
    return {
        "divs": lambda: "<div>" * DEEP + "Text",
        "tables": lambda: "<table><tr><td>" * (DEEP // 3) + "Text",
        "lists": lambda: "<ul><li>" * (DEEP // 2) + "Text",
        "bold": lambda: "<b>" * DEEP + "Text",
        "open tags": lambda: "<p" * MANY,
        "angles": lambda: "Text " + "<" * MANY,
        "comments": lambda: "<!-- a " * (MANY // 7) + "Text",
        "comments in comments": lambda: "<!--" * (MANY // 4) + "-->Text",
        "attributes": lambda: "<p " + " ".join(f"a{i}=b" for i in range(200_000)) + ">Text",
        "one attribute": lambda: "<p class='" + "menu " * (MANY // 5) + "'>Text",
        "style": lambda: "<p style='" + "display : none ;" * (MANY // 16) + "'>weg</p><p>Text",
        "entities": lambda: "Text " + "&#" * (MANY // 2),
        "entity numbers": lambda: "Text " + "&#" + "9" * MANY + ";",
        "known entities": lambda: "Text " + "&auml;" * (MANY // 6),
        "cells": lambda: "<table>" + "<tr><td>a<td>b" * 100_000,
        "spans": lambda: "<table><tr><td rowspan=999999 colspan=999999>a<td>b",
        "script": lambda: "<script>" + "x" * MANY + "</script><p>Text",
        "open script": lambda: "<p>Text<script>" + "<p>" * (MANY // 3),
        "paragraphs": lambda: "<p>a" * 300_000,
        "rows within rows": lambda: "<table><tr><td>a<td>" * 200 + "Text" + "</table>" * 200,
        "mains": lambda: "<main><article>a" * 50_000,
        "quotes": lambda: '<p title="' * 100_000,
        "data": lambda: "<![CDATA[" * 100_000 + "Text",
        "base64": lambda: "<img src='data:image/png;base64," + "A" * 5_000_000 + "'><p>Text",
        "headings": lambda: "<h1>a</h1>" * 200_000,
        "items": lambda: "<ol>" + "<li>a" * 300_000,
        "unfinished": lambda: "<p>Text</p><a href='" + "x" * MANY,
    }


def _page(body: str) -> bytes:
    return ("<!doctype html><html><head><title>Seite</title></head><body>" + body).encode()


def named_charset(name: str) -> bytes:
    """A page that claims an encoding."""
    return b"<!doctype html><meta charset=" + name.encode() + b"><p>Stra\xc3\x9fe +ADw-script+AD4- und Netz" + b"-a9" * 50_000


def csv() -> Mapping[str, Callable[[], str]]:
    """CSV by name."""
    return {
        "one line": lambda: "Strom " * (LINE // 6),
        "one cell": lambda: "a;b\n1;" + "x" * LINE,
        "cells": lambda: "a" + ";" * LINE,
        "open quote": lambda: 'a;b\n"' + "x;\n" * MANY,
        "quotes": lambda: "a;b\n" + '"' * MANY,
        "quotes for the sniffer": lambda: ("a,'" * 3_000)[:8192] + "\n1,2\n",
        "double quotes for the sniffer": lambda: (' "a' * 3_000)[:8192] + "\n1,2\n",
        "spaces for the sniffer": lambda: ("," + " " * 8) * 1_000 + "'\n1,2\n",
        "rows": lambda: "Zähler;Wert\n" + "1;2\n" * MANY,
        "empty rows": lambda: "Zähler;Wert\n" + ";\n" * MANY + "1;2",
        "wide": lambda: (";".join(f"s{i}" for i in range(20_000)) + "\n") * 50,
        "separators": lambda: "a;b,c\td|e\n" * 100_000,
        "null": lambda: "a;b\n\x001;2\n",
    }


def plain() -> Mapping[str, Callable[[], bytes]]:
    """Bytes that call themselves text."""
    noise = random.Random(1)
    high = bytes(noise.randrange(128, 256) for _ in range(400_000))
    return {
        "spaces": lambda: b"Text\n" + b" " * MANY + b"\nText",
        "spaces and lines": lambda: b"Text\n" + (b" " * 1_000 + b"\n") * 5_000 + b"Text",
        "blank lines": lambda: b"Text" + b"\n" * 5_000_000 + b"Text",
        "form feeds": lambda: b"Text" + b"\f" * MANY + b"Text",
        "underlines": lambda: b"a\n===\n\n" * 150_000,
        "section headings": lambda: "\n\n".join(f"§ {i} Zweck" for i in range(50_000)).encode(),
        "brackets like json": lambda: b'{"a":' + b"[" * DEEP + b"1" + b"]" * DEEP + b"}",
        "objects like json": lambda: b'{"a":' * DEEP + b"1" + b"}" * DEEP,
        "json": lambda: json.dumps([{"zaehler": i, "wert": "x" * 20} for i in range(50_000)]).encode(),
        "elements like xml": lambda: b"Text " + b"<a>" * DEEP,
        "high bytes": lambda: b"Text " + high.replace(b"\x00", b"a"),
        "utf-16": lambda: ("Zähler " * 500_000).encode("utf-16"),
        "utf-16 odd": lambda: "Zähler und Netz".encode("utf-16")[:-1],
        "utf-16 surrogates": lambda: b"\xff\xfe" + b"T\x00e\x00" + b"\x00\xd8" * 200_000,
        "utf-16 without a mark": lambda: ("Zahler und Netz " * 10_000).encode("utf-16-le"),
        "utf-32": lambda: ("Zähler " * 100_000).encode("utf-32"),
        "utf-32 beyond": lambda: b"\xff\xfe\x00\x00" + b"\xff\xff\xff\x7f" * 10_000,
        "utf-7": lambda: b"Text +ADw-script+AD4-alert(1)+ADw-/script+AD4- " * 10_000,
        "marks": lambda: b"\xef\xbb\xbf" * 200_000 + b"Text",
        "two marks": lambda: b"\xef\xbb\xbf\xff\xfe" + "Zähler".encode("utf-16-le"),
        "mixed": lambda: b"".join((f"Zähler {i}\n".encode(("utf-8", "cp1252", "utf-16-le", "cp850")[i % 4])) for i in range(20_000)),
        "overlong": lambda: b"Text \xc0\xaf\xc0\xae \xe0\x80\xaf" * 20_000,
        "cp1252": lambda: ("Über Straße " * (LINE // 20)).encode("cp1252"),
        "controls": lambda: b"Text \x1b[2J\x1b]0;x\x07 \x08\x08 Netz " * 100,
        "nulls": lambda: b"Text\x00" * 100,
        "comments before a page": lambda: b"<!---->" * 40 + b"Text",
        "comments before a long page": lambda: b"<!-- a -->" * 6_000 + b"Text",
        "colons like a namespace": lambda: b"<" + b"a" * 60_000,
    }


def files() -> dict[str, tuple[str, Callable[[], bytes]]]:
    """Every one: what it is -> its file name and its bytes."""
    found: dict[str, tuple[str, Callable[[], bytes]]] = {}
    for name, make in markdown().items():
        found[f"markdown: {name}"] = ("feindlich.md", lambda make=make: make().encode())  # type: ignore[misc]
        found[f"text: {name}"] = ("feindlich.txt", lambda make=make: make().encode())  # type: ignore[misc]
    for name, make in html().items():
        found[f"html: {name}"] = ("feindlich.html", lambda make=make: _page(make()))  # type: ignore[misc]
    for name, make in csv().items():
        found[f"csv: {name}"] = ("feindlich.csv", lambda make=make: make().encode())  # type: ignore[misc]
    for name, raw in plain().items():
        found[f"bytes: {name}"] = ("feindlich.txt", raw)
    for charset in (
        "utf-7",
        "punycode",
        "idna",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
        "zlib",
        "rot13",
        "utf-16",
        "hz",
        "cp037",
    ):
        found[f"charset: {charset}"] = ("feindlich.html", lambda charset=charset: named_charset(charset))  # type: ignore[misc]
    return found
