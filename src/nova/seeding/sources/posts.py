"""What platforms export of posts and visits -> records of one schema: JSON flattened, moments in one writing, nobody's name.

JSON as Meta's "Download your information" and X's archive give it; Meta writes the bytes of UTF-8 as if each were a letter.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from nova.seeding.step import ID

SCHEMA = (
    ID, "channel", "posted_at", "text", "impressions", "clicks", "likes", "comments", "shares", "followers", "url", "country",
)  # fmt: skip
AUTHOR = "author"
SCRIPT = re.compile(r"\s*window\.YTD\.[A-Za-z0-9_]{1,60}\.part\d{1,4}\s*=\s*(?=\[)")
COMMENT, OWNER = ("Comment", "Kommentar"), ("Media Owner", "Medieninhaber", "Inhaber des Mediums", "Inhaber*in des Mediums")
ZONED = ("%a %b %d %H:%M:%S %z %Y", "%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M %z")
NAIVE = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M", "%d.%m.%Y %H:%M:%S")
SLASHED = ("%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M %p"), ("%d/%m/%Y %H:%M", "%d/%m/%Y %I:%M %p")
DAYS = ("%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%a, %b %d, %Y", "%b %d, %Y")
SLASHED_DAYS = "%m/%d/%Y", "%d/%m/%Y"
FACEBOOK = {"timestamp", "data", "title", "attachments", "tags", "place", "event"}
"""What an entry of Facebook's export may hold; one with more is of something else."""
Record = dict[str, Any]


def exported(value: Any) -> Any:
    """A JSON value as records under `facebook.*` or `instagram.*`, where it is one of Meta's exports; else the value itself."""
    entries = _entries(value)
    if not entries or not all(isinstance(one, dict) for one in entries):
        return value
    for read in (_facebook_posts, _facebook_comments, _instagram_posts, _instagram_comments):
        found = [read(one) for one in entries]
        if any(found):
            return [one for one in found if one]
    return value


def in_schema(frame: pl.DataFrame, mapping: Mapping[str, str], channel: str, *, author: bool) -> pl.DataFrame:
    """Records under the columns of the schema that the export has (`mapping`: header -> target), and `author` only if that is asked for.

    `id` is that of the post where the export has one, behind its channel, else the one that the row was given.
    """
    headers = {target: header for header, target in mapping.items()}
    post = pl.col(headers[ID]) if ID in headers else pl.lit(None, pl.String)
    named = pl.when(post.is_not_null()).then(pl.lit(f"{channel}:") + post).otherwise(pl.col(ID))
    wanted = [name for name in (*SCHEMA, *([AUTHOR] if author else [])) if name in headers and name != ID]
    columns = [_moments(frame[headers[name]]).alias(name) if name == "posted_at" else pl.col(headers[name]).alias(name) for name in wanted]
    made = frame.select(named.alias(ID), pl.lit(channel).alias("channel"), *columns)
    turn = pl.int_range(1, pl.len() + 1).over(ID)
    return made.with_columns(pl.when(turn > 1).then(pl.col(ID) + "#" + turn.cast(pl.String)).otherwise(pl.col(ID)).alias(ID))


def _moments(column: pl.Series) -> pl.Series:
    """Moments and days in ISO 8601, in UTC where their zone is known; what is neither stays as it is.

    03/04/2026 has its month first, as these platforms write it, unless some first number of the column is no month.
    """
    text = column.cast(pl.String).str.strip_chars()
    first = text.str.extract(r"^(\d{1,2})/\d{1,2}/\d{4}", 1).cast(pl.Int64).max()
    at = 1 if isinstance(first, int) and first > 12 else 0
    it = pl.col("v")
    seconds = pl.when(it.str.contains(r"^\d{9,10}$")).then(it).cast(pl.Int64, strict=False)
    zoned = [
        pl.from_epoch(seconds, "s").dt.replace_time_zone("UTC"),
        *(it.str.to_datetime(one, strict=False, time_zone="UTC") for one in ZONED),
    ]
    naive = [it.str.to_datetime(one, strict=False) for one in (*NAIVE, *SLASHED[at])]
    days = [it.str.to_date(one, strict=False) for one in (*DAYS, SLASHED_DAYS[at])]
    told = pl.coalesce(
        pl.coalesce(one.dt.cast_time_unit("us") for one in zoned).dt.strftime("%Y-%m-%dT%H:%M:%S+00:00"),
        pl.coalesce(one.dt.cast_time_unit("us") for one in naive).dt.strftime("%Y-%m-%dT%H:%M:%S"),
        pl.coalesce(days).dt.strftime("%Y-%m-%d"),
        it,
    )
    return pl.DataFrame([text.alias("v")]).select(told).to_series()


def _entries(value: Any) -> Sequence[Any]:
    if isinstance(value, dict):
        lists = [inner for inner in value.values() if isinstance(inner, list)]
        return lists[0] if len(lists) == 1 else []
    return value if isinstance(value, list) else []


def _facebook_posts(entry: Record) -> Record | None:
    if "timestamp" not in entry or not set(entry) <= FACEBOOK:
        return None
    texts = [text for one in _parts(entry, "data") if (text := _word(one, "post"))]
    if not texts and "attachments" not in entry:
        return None
    return {"facebook.posted_at": entry["timestamp"], "facebook.text": "\n".join(texts), "facebook.url": next(_links(entry), None)}


def _links(entry: Record) -> Iterator[str]:
    for held in _parts(entry, "attachments"):
        for one in _parts(held, "data"):
            if isinstance(context := one.get("external_context"), dict) and (url := _word(context, "url")):
                yield url


def _facebook_comments(entry: Record) -> Record | None:
    found: Record = next((one["comment"] for one in _parts(entry, "data") if isinstance(one.get("comment"), dict)), {})
    text = _word(found, "comment")
    if text is None:
        return None
    at = found.get("timestamp", entry.get("timestamp"))
    return {"facebook.posted_at": at, "facebook.text": text, "facebook.author": _word(found, "author")}


def _instagram_posts(entry: Record) -> Record | None:
    media = [one for one in _parts(entry, "media") if "uri" in one]
    moments = [one["creation_timestamp"] for one in (entry, *media) if "creation_timestamp" in one]
    if not media or not moments:
        return None
    return {"instagram.posted_at": moments[0], "instagram.text": next(filter(None, (_word(one, "title") for one in (entry, *media))), "")}


def _instagram_comments(entry: Record) -> Record | None:
    told = entry.get("string_map_data")
    values = {key: one for key, one in told.items() if isinstance(one, dict)} if isinstance(told, dict) else {}
    text = _first(values, COMMENT)
    if text is None:
        return None
    moments = (one["timestamp"] for one in values.values() if one.get("timestamp"))
    return {"instagram.posted_at": next(moments, None), "instagram.text": text, "instagram.author": _first(values, OWNER)}


def _first(values: Record, names: Sequence[str]) -> str | None:
    return next((_word(values[name], "value") for name in names if name in values), None)


def _word(entry: Record, key: str) -> str | None:
    """A text of an entry, mended."""
    found = entry.get(key)
    return _mended(found) if isinstance(found, str) else None


def _parts(entry: Record, key: str) -> Iterator[Record]:
    found = entry.get(key)
    yield from (one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()


def _mended(text: str) -> str:
    """The text whose bytes were written as letters; one that was not stays as it is."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
