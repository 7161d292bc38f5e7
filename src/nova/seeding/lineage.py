"""From where rows came, and whose they are: frames of provenance, as they go into the tables.

A row may have come from several source rows. Whose it is stands there as the HMAC (`lookup`) of what the source calls the person; a row
made up from a whole version is nobody's. A row that a step made of another (`_from`) has the provenance of that one.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

import polars as pl

from nova.errors import InvalidInput
from nova.seeding.marks import FROM, is_nobodys
from nova.seeding.step import ID, Done, changes, removals

PROVENANCE = pl.Schema({"id": pl.String, "batch": pl.String, "source_key": pl.String, "lookup": pl.Binary})
EXCLUDED = "objection"
NUL, INSTEAD = "\0", "�"
Lookup = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a source's rows say from where they came: the batch's id, the key of the row, and the person, if any."""

    batch: str = "_batch"
    source_key: str = "_key"
    subject: str | None = None


def provenance(frame: pl.DataFrame, columns: Columns, lookup: Lookup) -> pl.DataFrame:
    """A frame of `PROVENANCE`, each line once. `lookup` gives the HMAC of a person's name, and is asked once for each.

    InvalidInput for a missing column, or a row without an id, a batch or a key.
    """
    wanted = [ID, columns.batch, columns.source_key, *([columns.subject] if columns.subject else [])]
    if missing := [name for name in wanted if name not in frame.columns]:
        raise InvalidInput(f"Für die Herkunft der Datensätze fehlen Spalten: {', '.join(missing)}.")
    told = frame.select(
        pl.col(ID).cast(pl.String).alias("id"),
        pl.col(columns.batch).cast(pl.String).alias("batch"),
        pl.col(columns.source_key).cast(pl.String).alias("source_key"),
        pl.when(~is_nobodys(frame))
        .then(pl.col(columns.subject) if columns.subject else None)
        .cast(pl.String)
        .str.strip_chars()
        .alias("subject"),
    )
    if told.select("id", "batch", "source_key").null_count().sum_horizontal().item():
        raise InvalidInput("Die Herkunft eines Datensatzes ist unvollständig: Kennung, Lieferung oder Schlüssel fehlt.")
    if told.select(pl.any_horizontal(pl.col("id", "source_key").str.contains(NUL, literal=True).any())).item():
        raise InvalidInput("Kennungen und Schlüssel dürfen keine Nullzeichen enthalten.")
    hashed = _hashed(told["subject"], lookup)
    found = told.join(hashed, on="subject", how="left", maintain_order="left").select(PROVENANCE.names())
    return found.unique().sort("id", "batch", "source_key")


def _hashed(names: pl.Series, lookup: Lookup) -> pl.DataFrame:
    """Each name that occurs, with its HMAC; an empty one has none."""
    found = [name for name in names.drop_nulls().unique().sort() if name]
    kinds = {"subject": pl.String, "lookup": pl.Binary}
    return pl.DataFrame({"subject": found, "lookup": [lookup(name) for name in found]}, schema=kinds)


def of_rows(found: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """The provenance of these rows; InvalidInput where that of one is not known."""
    theirs = found.join(frame.select(ID), on=ID, how="semi")
    if FROM in frame.columns:
        named = frame.select(pl.col(ID).alias("made"), pl.col(FROM).cast(pl.String).alias(ID))
        made = named.join(theirs, left_on="made", right_on=ID, how="anti")
        theirs = pl.concat([theirs, made.join(found, on=ID).drop(ID).rename({"made": ID}).select(found.columns)])
    if theirs["id"].n_unique() < frame.height:
        raise InvalidInput("Nicht von jedem Datensatz ist bekannt, woher er kommt.")
    return theirs


def batches_in(found: pl.DataFrame) -> list[UUID]:
    """The batches from which rows came, in order."""
    return [UUID(name) for name in found["batch"].unique().sort()]


@dataclass(frozen=True, slots=True)
class Barred:
    """Whose rows are left out: these people's; where only people of `agreed` may be in (None: anybody), everybody else's, too; and where
    `named` is true, rows of nobody.
    """

    people: Collection[bytes]
    agreed: Collection[bytes] | None = None
    named: bool = False

    def of(self, found: pl.DataFrame) -> pl.DataFrame:
        """The provenance that bars a row."""
        whose = pl.col("lookup")
        out = whose.is_in(sorted(self.people))
        if self.agreed is not None:
            out |= ~whose.is_in(sorted(self.agreed))
        return found.filter(out.fill_null(value=False) | (whose.is_null() if self.named else pl.lit(value=False)))


def exclude(frame: pl.DataFrame, found: pl.DataFrame, barred: Barred) -> Done:
    """A step: rows in which somebody has a part whose data a run may not use (`subjects.excluded`) are left out."""
    theirs = barred.of(found).select(ID).unique().sort(ID)
    gone = theirs.join(frame.select(ID), on=ID, how="semi", maintain_order="left")[ID]
    rows = ({"id": one, "step": EXCLUDED, "reason": "Die Person hat widersprochen oder wurde gelöscht."} for one in gone)
    return Done(frame.join(theirs, on=ID, how="anti", maintain_order="left"), removals(rows), changes())


def lineage_lines(found: pl.DataFrame, version_id: int) -> bytes:
    """Provenance as lines of CSV for `seed_lineage`."""
    return _csv(found.select(pl.lit(version_id).alias("version"), "id", "batch", "source_key", _hexed()))


def removal_lines(removed: pl.DataFrame, found: pl.DataFrame, rows: pl.DataFrame, run_id: UUID) -> bytes:
    """Removals (as steps tell them, each row once) as lines of CSV for `seed_removals`, with provenance and `rows` as they were.

    InvalidInput where a row was removed twice or nobody knows from where it came. A row that is not among `rows`, or that was left out
    because of the person, is kept by its id only.
    """
    if removed["id"].n_unique() < removed.height:
        raise InvalidInput("Ein Datensatz wurde mehrmals entfernt.")
    first = found.sort("id", "lookup", "batch", "source_key", nulls_last=True).unique("id", keep="first", maintain_order=True)
    texts = [pl.col(name).str.replace_all(NUL, INSTEAD, literal=True) for name, kind in rows.schema.items() if kind == pl.String]
    contents = rows.with_columns(texts).select(pl.col(ID), pl.struct(pl.all()).struct.json_encode().alias("content"))
    told = removed.join(first, on="id", how="left").join(contents, on="id", how="left").sort("id")
    told = told.with_columns(pl.when(pl.col("step") != EXCLUDED).then("content").alias("content"))
    if told["batch"].null_count():
        raise InvalidInput("Von entfernten Datensätzen ist die Herkunft nicht bekannt.")
    words = [pl.col(name).fill_null("").str.replace_all(NUL, INSTEAD, literal=True) for name in ("differs", "reason")]
    names: list[str | pl.Expr] = ["id", "step", "kept_id", "score", *words, "batch", "source_key", _hexed(), "content"]
    return _csv(told.select(pl.lit(str(run_id)).alias("run"), *names))


def _hexed() -> pl.Expr:
    return pl.lit("\\x") + pl.col("lookup").bin.encode("hex")


def _csv(frame: pl.DataFrame) -> bytes:
    """Texts are quoted, what is missing is not: so PostgreSQL tells "" from NULL."""
    return frame.write_csv(include_header=False, quote_style="non_numeric").encode()
