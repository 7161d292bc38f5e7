"""A table or view of any PostgreSQL as a source: read only, by key, in pages, each within a time limit."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from nova.errors import InvalidInput, NotFound, ServerAbsent
from nova.ports.sources import Batch, Cursor, Sample
from nova.seeding.sources.reading import check_size
from nova.seeding.step import ID

CONNECT_SECONDS = 5
SAMPLE = 10


@dataclass(frozen=True, slots=True)
class PostgresSource:
    """`table` (or `schema.table`) in pages of `page` rows behind the last `key`, a column that is unique and never null.

    A page may take `seconds`. `id` is the key's text. Rows that are inserted behind the cursor come with the next run; changed ones do not.
    """

    name: str
    dsn: str
    table: str
    key: str
    licence: str | None = None
    page: int = 5_000
    seconds: float = 30.0

    def __repr__(self) -> str:
        return f"PostgresSource({self.name!r}, {self.table!r})"

    def batches(self, cursor: Cursor) -> Iterator[Batch]:
        """The cursor is `{"after": text of the last key}`."""
        after = cursor.get("after")
        while page := self._page(after, self.page):
            names, rows = page
            if not rows:
                return
            after = rows[-1][0]
            raw = hashlib.sha256(json.dumps(rows).encode()).hexdigest()
            columns = self._columns(names, rows)
            yield Batch(columns, {"after": after}, self.table, raw, datetime.now(UTC))
            if len(rows) < self.page:
                return

    def preview(self) -> Sample:
        """The first ten rows by key."""
        names, rows = self._page(None, SAMPLE)
        return Sample(self._columns(names, rows), {})

    def _columns(self, names: Sequence[str], rows: Sequence[Sequence[str | None]]) -> dict[str, list[str | None]]:
        """Columns of text; the key comes first as `id`, a column of that name that is not the key as `id_quelle`."""
        check_size(len(rows), len(names))
        made: dict[str, list[str | None]] = {ID: [row[0] for row in rows]}
        for place, name in enumerate(names[1:], 1):
            made["id_quelle" if name == ID and self.key != ID else name] = [row[place] for row in rows]
        return made

    def _page(self, after: str | None, most: int) -> tuple[list[str], list[tuple[str | None, ...]]]:
        try:
            with psycopg.connect(self.dsn, connect_timeout=CONNECT_SECONDS, application_name="nova-seed") as connection:
                connection.read_only = True
                return self._read(connection, after, most)
        except psycopg.errors.QueryCanceled as error:
            raise InvalidInput(f"„{self.table}“ antwortet nicht in {self.seconds:g} Sekunden; fehlt ein Index auf „{self.key}“?") from error
        except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName) as error:
            raise NotFound(f"Die Tabelle oder Sicht „{self.table}“ gibt es nicht.") from error
        except psycopg.errors.InsufficientPrivilege as error:
            raise InvalidInput(f"Das Dienstkonto darf „{self.table}“ nicht lesen.") from error
        except psycopg.OperationalError as error:
            raise ServerAbsent(f"Die Datenbank der Quelle „{self.name}“ ist nicht erreichbar.") from error
        except psycopg.Error as error:
            raise InvalidInput(f"„{self.table}“ lässt sich nicht lesen ({error.sqlstate or 'ohne Kennung'}).") from error

    def _read(
        self, connection: psycopg.Connection[TupleRow], after: str | None, most: int
    ) -> tuple[list[str], list[tuple[str | None, ...]]]:
        connection.execute("SELECT set_config('statement_timeout', %s, true)", (str(int(self.seconds * 1000)),))
        connection.execute("SELECT set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO', true)")
        table = sql.Identifier(*self.table.split(".", 1))
        empty = connection.execute(sql.SQL("SELECT * FROM {} LIMIT 0").format(table))
        kinds = {column.name: column.type_code for column in empty.description or ()}
        if self.key not in kinds:
            raise InvalidInput(f"Die Schlüsselspalte „{self.key}“ gibt es in „{self.table}“ nicht.")
        names = [self.key, *[name for name in kinds if name != self.key]]
        listed = sql.SQL(", ").join(sql.SQL("t.{}::text").format(sql.Identifier(name)) for name in names)
        key = sql.Identifier("t", self.key)  # by the table: ORDER BY would else take the column of text
        kind = connection.execute("SELECT format_type(%s::oid, NULL)", (kinds[self.key],)).fetchone()
        behind: sql.Composable = sql.SQL("TRUE")
        values: list[Any] = []
        if after is not None and kind is not None:
            behind = sql.SQL("{} > %s::text::{}").format(key, sql.SQL(kind[0]))
            values.append(after)
        query = sql.SQL("SELECT {} FROM {} AS t WHERE {} AND {} IS NOT NULL ORDER BY {} LIMIT %s").format(listed, table, behind, key, key)
        return names, connection.execute(query, [*values, most]).fetchall()
