"""Made-up records as a source: of a version's rows (`table`, `variants`), or of a seeded process (`sessions`, `messages`)."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl

from nova import german
from nova.errors import InvalidInput
from nova.ports.sources import Batch, Cursor, Sample
from nova.seeding.synthetic.messages import written
from nova.seeding.synthetic.sessions import sessions
from nova.seeding.synthetic.spec import OF_A_VERSION, SyntheticSpec
from nova.seeding.synthetic.table import Report, Wanted, bootstrap
from nova.seeding.synthetic.variants import varied

SHOWN = 10


@dataclass(frozen=True, slots=True)
class SyntheticSource:
    """The records that a spec describes; the same spec, rows and origin give the same records.

    `frame` are the rows of the version that `origin` names (`tickets@4f2a91`), where the kind is made of one; `licence` is that version's,
    `known` all its rows where `frame` is a part of them.
    """

    spec: SyntheticSpec
    frame: pl.DataFrame | None = None
    origin: str = ""
    licence: str | None = "eigen"
    known: pl.DataFrame | None = None

    def __post_init__(self) -> None:
        if self.spec.kind in OF_A_VERSION and (self.frame is None or not self.origin):
            raise InvalidInput("Künstliche Datensätze dieser Art brauchen die Datensätze und den Namen einer Version.")

    @property
    def name(self) -> str:
        """What it is called in reports."""
        return f"synthetisch/{self.spec.kind}" + (f" · {self.origin}" if self.origin else "")

    def batches(self, cursor: Cursor) -> Iterator[Batch]:
        """All of it once; the cursor then tells of what and with what it was made. InvalidInput as the kind's own function."""
        told = {"made": self._digest()}
        if dict(cursor) == told:
            return
        frame, problems = self._made()
        texts = frame.with_columns(pl.all().cast(pl.String))
        digest = hashlib.sha256(texts.write_csv().encode()).hexdigest()
        yield Batch(texts.to_dict(as_series=False), told, self.name, digest, datetime.now(UTC), problems)

    def preview(self) -> Sample:
        """The first ten."""
        frame, problems = self._made()
        return Sample(frame.head(SHOWN).with_columns(pl.all().cast(pl.String)).to_dict(as_series=False), {}, problems)

    def _digest(self) -> str:
        """The spec and the origin; a version's name stands for its rows."""
        return hashlib.sha256(f"{self.spec.model_dump_json()}\n{self.origin}".encode()).hexdigest()

    def _made(self) -> tuple[pl.DataFrame, tuple[str, ...]]:
        spec = self.spec
        if spec.kind == "sessions":
            return sessions(spec.rows, spec.seed), ()
        if spec.kind == "messages":
            return written(spec.rows, spec.seed), ()
        rows = self.frame if self.frame is not None else pl.DataFrame()
        if spec.kind == "variants":
            return varied(rows, spec.each, spec.seed, spec.text, spec.language), ()
        made, report = bootstrap(rows, Wanted(spec.rows, spec.seed, self.origin, spec.subject, spec.quasi, spec.sorts, spec.k), self.known)
        return made, tuple(_problems(report))


def _problems(report: Report) -> Iterator[str]:
    if report.left_out_columns:
        yield f"Freie Texte werden nicht nachgebildet; ohne die Spalten: {', '.join(report.left_out_columns)}."
    if report.missing:
        yield f"{german.number(report.missing, 0)} Datensätze fehlen: Weitere wären Personen zu ähnlich gewesen."
