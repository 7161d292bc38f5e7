"""Work on one part of the records: nothing here looks at another part but through what is handed in."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from nova.ports.spread import Work
from nova.seeding.candidates import Keyed, keys_of
from nova.seeding.clean import losses
from nova.seeding.columns import Columns
from nova.seeding.compare import dotted_words
from nova.seeding.judge import sample, score
from nova.seeding.known import Compared, with_counts, word_counts
from nova.seeding.spread.blobs import ROW, counts, fitted, load, profile, save
from nova.seeding.steps.exact import Exact
from nova.seeding.steps.redact import Redact
from nova.seeding.texts.ends import Ends
from nova.seeding.texts.facts import Tokens

_NO_DIGITS = -2


def drawn(inputs: Sequence[Path], arguments: Mapping[str, Any], folder: Path) -> list[Path]:
    """[part], `highest` hash of an id -> [those records]."""
    frame = load(inputs[0])
    return [save(frame.filter(pl.col("id").hash(17) <= int(arguments["highest"])), folder, "drawn")]


def harmonise(inputs: Sequence[Path], arguments: Mapping[str, Any], folder: Path) -> list[Path]:
    """[part, sample], `text` or None -> [records in one writing, changes, keys of exact copies]."""
    text = arguments["text"]
    done = fitted(inputs[1], (text or "text",))(load(inputs[0]))
    keys = done.kept.select(pl.lit(None, pl.UInt64).alias("key")) if text is None else pl.DataFrame([Exact(text=text).keys(done.kept)])
    return [save(done.kept, folder, "records"), save(done.changed, folder, "changed"), save(keys, folder, "keys")]


def routed(inputs: Sequence[Path], arguments: Mapping[str, Any], folder: Path) -> list[Path]:
    """[records, where each goes (-1: nowhere)], `first` row, `shards` -> [records of each shard, with their rows]."""
    target = load(inputs[1])["to"]
    frame = load(inputs[0]).with_row_index(ROW, int(arguments["first"]))
    return [save(frame.filter(target == shard), folder, str(shard)) for shard in range(int(arguments["shards"]))]


def read(inputs: Sequence[Path], arguments: Mapping[str, Any], folder: Path) -> list[Path]:
    """[records, which are gone], `text`, `language`, `first` row -> [words, tokens, rows, signatures, short words with a full stop].

    A signature has a number for each compared column and end of a text (`may_meet`).
    """
    text, language = str(arguments["text"]), str(arguments["language"])
    frame = load(inputs[0]).with_row_index(ROW, int(arguments["first"]))
    frame = frame.filter(~load(inputs[1])["gone"] & frame[text].is_not_null())
    rows = frame[ROW].alias("row")
    compared = Compared.of(frame.drop(ROW), text, language)
    tokens = compared.tokens
    told = pl.DataFrame([rows, pl.Series("length", np.diff(tokens.starts).astype(np.uint32)), pl.Series("key", tokens.key)])
    dotted = pl.DataFrame({"word": sorted(dotted_words(compared.ends.texts))}, schema={"word": pl.String})
    return [
        save(pl.DataFrame({"word": tokens.words}), folder, "words"),
        save(pl.DataFrame({"code": tokens.codes.astype(np.uint32)}), folder, "tokens"),
        save(told, folder, "rows"),
        save(_signatures(compared.columns, compared.ends), folder, "signatures"),
        save(dotted, folder, "dotted"),
    ]


def _signatures(columns: Columns, ends: Ends) -> pl.DataFrame:
    wordy = columns.digits != _NO_DIGITS
    told = _coded(np.where(wordy, columns.digits, columns.values), columns.values, wordy)
    around = _coded(ends.said, ends.said, np.zeros(ends.said.shape, np.bool_))
    return pl.DataFrame({f"s{place}": row for place, row in enumerate(np.concatenate([told, around]))})


def _coded(codes: NDArray[np.int64], values: NDArray[np.int64], even: NDArray[np.bool_]) -> NDArray[np.uint32]:
    """31 bits of a code and whether it is of digits alone; 0 where no value is set."""
    short = ((codes & np.int64(0x7FFFFFFF)) << np.int64(1)) | ~even
    return np.where(values >= 0, short, 0).astype(np.uint32)


def may_meet(left: NDArray[np.uint32], right: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """For two signatures of one column: false where records with these may not be one; what is true of some that may not."""
    apart: NDArray[np.bool_] = (left != right) & (left != 0) & (right != 0) & (((left ^ right) & np.uint32(1)) == 0)
    return ~apart


def counted(inputs: Sequence[Path], arguments: Mapping[str, Any], folder: Path) -> list[Path]:
    """[words, tokens, rows, which are gone], `first` row -> [how often words occur, hashes of facts]."""
    tokens, _ = _tokens(inputs, int(arguments["first"]))
    told = tokens.key[np.diff(tokens.starts) > 0]
    return [save(word_counts(tokens), folder, "counts"), save(pl.DataFrame({"key": told}), folder, "keys")]


def keyed(inputs: Sequence[Path], arguments: Mapping[str, Any], folder: Path) -> list[Path]:
    """[words, tokens, rows, which are gone, counts, large keys], `first` row, `shards` -> [rows under keys, for each shard]."""
    tokens, rows = _tokens(inputs, int(arguments["first"]))
    keys = keys_of(with_counts(tokens, counts(inputs[4])), counts(inputs[5])["key"].to_numpy())
    shards = int(arguments["shards"])
    table = pl.concat([_table(kind, one, rows) for kind, one in enumerate((keys.facts, keys.wholes, keys.words))])
    shard = (table["key"].to_numpy() >> np.uint64(7)) % np.uint64(shards)
    return [save(table.filter(pl.Series(shard == place)), folder, str(place)) for place in range(shards)]


def _table(kind: int, keyed: Keyed, rows: NDArray[np.uint32]) -> pl.DataFrame:
    order = keyed.order if keyed.order.shape[1] else np.zeros((len(keyed.row), 4), np.uint64)
    told = {"kind": np.full(len(keyed.row), kind, np.uint8), "key": keyed.key, "row": rows[keyed.row]}
    return pl.DataFrame({**told, **{f"order{place}": order[:, place] for place in range(4)}})


def _tokens(inputs: Sequence[Path], first: int) -> tuple[Tokens, NDArray[np.uint32]]:
    """The tokens of rows that are not gone, and their places among all rows."""
    words, table = load(inputs[0])["word"], load(inputs[2])
    rows, lengths = table["row"].to_numpy(), table["length"].to_numpy().astype(np.int64)
    stays = ~load(inputs[3])["gone"].to_numpy()[rows - np.uint32(first)]
    codes = load(inputs[1])["code"].to_numpy().astype(np.int64)[np.repeat(stays, lengths)]
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths[stays])])
    is_fact = words.str.contains(r"\d").to_numpy()
    hashes = words.hash(7).to_numpy().astype(np.uint64)
    number = np.bincount(codes, minlength=len(words)).astype(np.int64)
    return Tokens(codes, starts, words, is_fact, hashes, table["key"].to_numpy()[stays], number), rows[stays]


def redacted(inputs: Sequence[Path], arguments: Mapping[str, Any], folder: Path) -> list[Path]:
    """[records, which are gone], `text`, `first` row -> [records, removals, changes]; those that are gone stay as they are."""
    frame, gone = load(inputs[0]), load(inputs[1])["gone"]
    text = str(arguments["text"])
    done = Redact((text,))(frame.filter(~gone))
    texts = done.kept.select("id", pl.col(text).alias("§text"))
    records = (
        frame.join(texts, on="id", how="left", maintain_order="left").with_columns(pl.coalesce("§text", text).alias(text)).drop("§text")
    )
    places = frame.select("id").with_row_index(ROW, int(arguments["first"]))
    removed = done.removed.join(places, on="id", how="left", maintain_order="left").with_columns(pl.lit(None, pl.UInt32).alias("§kept"))
    return [save(records, folder, "records"), save(removed, folder, "removed"), save(done.changed, folder, "changed")]


def sampled(inputs: Sequence[Path], _arguments: Mapping[str, Any], folder: Path) -> list[Path]:
    """[records, which are gone] -> [a sample of each kind of what stays]."""
    return [save(sample(load(inputs[0]).filter(~load(inputs[1])["gone"])), folder, "sample")]


def scored(inputs: Sequence[Path], _arguments: Mapping[str, Any], folder: Path) -> list[Path]:
    """[records, which are gone, sample] -> [what stays, judged]."""
    frame = load(inputs[0]).filter(~load(inputs[1])["gone"])
    return [save(score(frame, profile(inputs[2])), folder, "scored")]


def by_source(inputs: Sequence[Path], _arguments: Mapping[str, Any], folder: Path) -> list[Path]:
    """[records, which are gone] -> [rows and losses of each source]."""
    return [save(losses(load(inputs[0]), load(inputs[1])["gone"]), folder, "sources")]


WORKS: Mapping[str, Work] = {
    work.__name__: work for work in (drawn, harmonise, routed, read, counted, keyed, redacted, sampled, scored, by_source)
}
