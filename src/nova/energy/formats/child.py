"""Called by path in a child process: a file's bytes, or one part of a large table, in; what was read of it as JSON and plain bytes out."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from nova.energy.formats.layout import Layout
from nova.energy.formats.parsed import Options, ParsedRows, pack
from nova.energy.formats.rowtimes import State
from nova.errors import UnsupportedFile

HERE = "nova.energy.formats.child"
TABLES = ("csv",)  # these come in parts


def parse(args: Mapping[str, Any], body: bytes) -> tuple[Any, bytes]:
    """`args`: `format`, `options` and the `state` that the part before gave ({} for the first). Named errors for what is no such file."""
    state = state_of(args.get("state") or {})
    found = read(str(args["format"]), body, Options(**args["options"]), state)
    return pack(found, {} if args["format"] not in TABLES else asdict(state))


def read(form: str, data: bytes, options: Options, state: State) -> ParsedRows:
    """What a file of a known format holds."""
    if form == "csv":
        from nova.energy.formats import table

        return table.parse(data, options, state)
    if form in ("smard", "smard_json"):
        from nova.energy.formats import smard

        return smard.parse(data, options) if form == "smard" else smard.parse_json(data, options)
    if form == "json":
        from nova.energy.formats import own

        return own.parse(data)
    if form == "parquet":
        from nova.energy.formats import parquet

        return parquet.parse(data, options)
    if form == "entsoe":
        from nova.energy.formats import entsoe

        return entsoe.parse(data, options)
    if form == "mscons":
        from nova.energy.formats import mscons

        return mscons.parse(data, options)
    raise UnsupportedFile(f"Das Format „{form[:20]}“ gibt es nicht.")


def state_of(value: Mapping[str, Any]) -> State:
    """The state of JSON values, a new one of none."""
    if not value:
        return State()
    shape = value["layout"]
    return State(
        **{**value, "layout": None if shape is None else Layout(**{**shape, "units": {int(k): v for k, v in shape["units"].items()}})}
    )
