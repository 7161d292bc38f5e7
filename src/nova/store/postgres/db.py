"""A connection string in, transactions on a pool of connections out; what goes wrong outside is a named error with a German message.

Every statement that may change something runs inside `transaction()`. Connections are checked before they are lent, so the server may
restart without Nova.
"""

import contextlib
import itertools
import random
import select
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, NoReturn, Self, TypeVar

import psycopg
from psycopg import Connection, errors
from psycopg.abc import PQGen
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from nova.courtesy import make_way
from nova.effort import of_process
from nova.errors import Busy, Misconfigured, NovaError, ServerAbsent, disk_full

Row = dict[str, Any]
Values = Mapping[str, Any] | Sequence[Any] | None
T = TypeVar("T")

CONNECT_SECONDS = 5
FIRST_WAIT_SECONDS = 1.0
RETRY_AFTER_SECONDS = 5
RECONNECT_SECONDS = 5.0
SILENT_SECONDS = 5.0  # beyond a statement's own limit; then the server, or what lies between, says nothing any more
# How TCP notices a server that has vanished without a word.
NOTICE: Mapping[str, Any] = {"keepalives_idle": 20, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}
CONFLICTS = (errors.SerializationFailure, errors.DeadlockDetected)
OUTSIDE = (psycopg.OperationalError, errors.ReadOnlySqlTransaction)  # what the caller did not cause, mostly
OLDEST_SERVER = 150000
AT_ONCE = 100  # rows, some milliseconds
# The server lets go of what a machine held that vanished without a word, and of what a frozen process holds.
LETTING_GO = """
SELECT set_config('tcp_keepalives_idle', '20', false), set_config('tcp_keepalives_interval', '5', false),
       set_config('tcp_keepalives_count', '3', false), set_config('idle_in_transaction_session_timeout', '10min', false)
"""


class _Patient(Connection[Row]):
    """A connection on which nobody waits for ever: a server that is silent for `patience` seconds counts as gone."""

    patience: float = CONNECT_SECONDS

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """As the parent; an exchange that exceeds the patience closes the connection and raises OperationalError."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.patience)
        except errors.OperationalError as error:
            if error.sqlstate is None:
                self.pgconn.finish()
            raise


class Database:
    """A pool of connections to one PostgreSQL database. Safe to use from many threads."""

    def __init__(self, dsn: str, pool: ConnectionPool[Connection[Row]], wait_seconds: float, *, here: bool = False) -> None:
        self._dsn = dsn
        self._pool = pool
        self._wait_seconds = wait_seconds
        self._here = here

    @classmethod
    def connect(
        cls,
        dsn: str,
        *,
        max_size: int = 16,
        statement_seconds: float = 60.0,
        wait_seconds: float = 10.0,
        name: str = "nova",
        here: bool = False,
    ) -> "Database":
        """Open a pool of up to `max_size` connections; ServerAbsent when nobody answers, Misconfigured for a server before 15.

        A statement may take `statement_seconds`; a caller waits `wait_seconds` for a connection, then it is Busy. A server that stays
        silent beyond that is ServerAbsent. `here`: it runs on this machine, so that what it works for somebody can be measured.
        """
        _probe(dsn)
        pool: ConnectionPool[Connection[Row]] = ConnectionPool(
            dsn,
            connection_class=_Patient,
            kwargs={"autocommit": True, "row_factory": dict_row, "connect_timeout": CONNECT_SECONDS, "application_name": name, **NOTICE},
            configure=_session(statement_seconds),
            min_size=1,
            max_size=max_size,
            max_idle=300.0,
            reconnect_timeout=RECONNECT_SECONDS,
            open=False,
            name=name,
        )
        pool.open()
        return cls(dsn, pool, wait_seconds, here=here)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Database({self._pool.name!r})"

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection[Row]]:
        """One transaction: committed when the block ends, rolled back when it raises. Rows are dicts."""
        with _named_errors(), self._lent() as connection, connection.transaction():
            yield connection

    @contextlib.contextmanager
    def long_transaction(self) -> Iterator[Connection[Row]]:
        """As `transaction`, on a connection of its own: a statement may take as long as it needs."""
        with _named_errors(), contextlib.closing(self.listen()) as connection, self._measured(connection):
            connection.execute("SELECT set_config('timezone', 'UTC', false)")
            with connection.transaction():
                yield connection

    @contextlib.contextmanager
    def single(self) -> Iterator[Connection[Row]]:
        """A connection on which every statement is a transaction of its own: two round trips less than `transaction` for one statement."""
        with _named_errors(), self._lent() as connection:
            yield connection

    def retry(self, work: Callable[[Connection[Row]], T], *, attempts: int = 5) -> T:
        """Run `work` in a transaction, again from its beginning when another transaction got in its way; then Busy.

        `work` must change nothing but the database.
        """
        for attempt in range(1, attempts + 1):
            try:
                with self._lent() as connection, connection.transaction():
                    return work(connection)
            except CONFLICTS as error:
                if attempt == attempts:
                    _raise_named(error)
                time.sleep(random.uniform(0.0, 0.02 * 2**attempt))  # noqa: S311 spreads retries, keeps no secret
            except OUTSIDE as error:
                _raise_named(error)
        raise ValueError("attempts must be at least 1")

    def execute(self, query: str, values: Values = None) -> int:
        """Run one statement, a transaction of its own, and return the number of rows it touched."""
        with self.single() as connection:
            return connection.execute(query, values).rowcount

    def fetch_one(self, query: str, values: Values = None) -> Row | None:
        """The first row, or None."""
        with self.single() as connection:
            return connection.execute(query, values).fetchone()

    def fetch_all(self, query: str, values: Values = None) -> list[Row]:
        """All rows."""
        with self.single() as connection:
            return connection.execute(query, values).fetchall()

    def listen(self) -> Connection[Row]:
        """A connection outside the pool, in autocommit mode, for LISTEN or long copies; the caller closes it.

        Raises psycopg.OperationalError as it comes: who listens reconnects by itself.
        """
        return Connection[Row].connect(self._dsn, autocommit=True, row_factory=dict_row, connect_timeout=CONNECT_SECONDS, **NOTICE)

    def health(self) -> dict[str, Any]:
        """Name, version, bytes on disk and the pool's state; raises ServerAbsent or Busy."""
        row = self.fetch_one("SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes") or {}
        stats = self._pool.get_stats()
        pool = {"open": stats.get("pool_size", 0), "free": stats.get("pool_available", 0), "waiting": stats.get("requests_waiting", 0)}
        return {"name": "PostgreSQL", "version": str(row["version"]).split(" ")[0], "bytes": row["bytes"], "pool": pool}

    def close(self) -> None:
        """Close every connection; calling it again does nothing."""
        self._pool.close()

    @contextlib.contextmanager
    def _lent(self) -> Iterator[Connection[Row]]:
        connection = self._checkout()
        try:
            with self._measured(connection):
                yield connection
        finally:
            self._pool.putconn(connection)

    def _measured(self, connection: Connection[Row]) -> contextlib.AbstractContextManager[None]:
        return of_process(connection.info.backend_pid if self._here else None)

    def _checkout(self) -> Connection[Row]:
        """Wait a moment; then ask whether the server is there at all before waiting longer."""
        try:
            return self._living(min(FIRST_WAIT_SECONDS, self._wait_seconds))
        except PoolClosed as error:
            raise ServerAbsent("Nova wird gerade beendet; die Verbindung zur Datenbank ist geschlossen.") from error
        except PoolTimeout:
            _probe(self._dsn)
        try:
            return self._living(max(0.1, self._wait_seconds - FIRST_WAIT_SECONDS))
        except PoolTimeout as error:
            raise _busy("Alle Verbindungen zur Datenbank sind belegt.") from error

    def _living(self, timeout: float) -> Connection[Row]:
        """A connection that answers; those that a restart has cut go back to be replaced (the pool's own check sleeps between them)."""
        deadline = time.monotonic() + timeout
        while True:
            connection = self._pool.getconn(timeout=max(0.0, deadline - time.monotonic()))
            try:
                if _has_news(connection):
                    connection.execute("")
            except psycopg.OperationalError:
                self._pool.putconn(connection)
            else:
                return connection


def _has_news(connection: Connection[Row]) -> bool:
    """Whether the server said something to an idle connection: its end, mostly. Asks the socket, not the server."""
    if connection.closed:
        return True
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
    return bool(poll.poll(0))


def _session(statement_seconds: float) -> Callable[[Connection[Row]], None]:
    milliseconds = str(int(statement_seconds * 1000))

    def configure(connection: Connection[Row]) -> None:
        connection.execute("SELECT set_config('statement_timeout', %s, false), set_config('timezone', 'UTC', false)", (milliseconds,))
        connection.execute(LETTING_GO)
        if isinstance(connection, _Patient):
            connection.patience = statement_seconds + SILENT_SECONDS

    return configure


def _probe(dsn: str) -> None:
    """Nothing when the server answers and is new enough, else the named error."""
    try:
        with _Patient.connect(dsn, connect_timeout=CONNECT_SECONDS, autocommit=True) as connection:
            connection.execute("SELECT 1")
            version = connection.info.server_version
    except psycopg.OperationalError as error:
        _raise_named(error)
    if version < OLDEST_SERVER:
        raise Misconfigured(f"Nova braucht PostgreSQL ab Version 15; der Server hat Version {version // 10000}.")


@contextlib.contextmanager
def connected(dsn: str, *, name: str = "nova") -> Iterator[Connection[Row]]:
    """One connection outside every pool, in autocommit mode; what goes wrong outside is named as in a `Database`."""
    with (
        _named_errors(),
        Connection[Row].connect(
            dsn, autocommit=True, row_factory=dict_row, connect_timeout=CONNECT_SECONDS, application_name=name, **NOTICE
        ) as connection,
    ):
        yield connection


@contextlib.contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except OUTSIDE as error:
        _raise_named(error)


def _raise_named(error: psycopg.Error) -> NoReturn:
    named = _named(error)
    if named is error:
        raise error
    raise named from error


def _named(error: psycopg.Error) -> NovaError | psycopg.Error:
    """What the outside did, by name; an error the caller provoked (a lock it would not wait for) stays as it is."""
    state = error.sqlstate or ""
    if isinstance(error, errors.QueryCanceled):
        return _busy("Die Abfrage dauerte zu lange und wurde abgebrochen.")
    if isinstance(error, CONFLICTS):
        return _busy("Gleichzeitige Änderungen standen sich im Weg.")
    if isinstance(error, errors.TooManyConnections) or "too many clients" in str(error):
        return _busy("Der Datenbankserver nimmt keine weitere Verbindung an.")
    if isinstance(error, errors.DiskFull):
        return disk_full()
    if isinstance(error, errors.ReadOnlySqlTransaction):
        return ServerAbsent(
            "Die Datenbank lässt gerade keine Änderungen zu. Versuchen Sie es in einigen Sekunden noch einmal.",
            data={"reason": _first_line(error)},
        )
    if state == "" or state.startswith(("08", "57P", "58")):
        return ServerAbsent(
            "Die Datenbank antwortet nicht. Versuchen Sie es in einigen Sekunden noch einmal.", data={"reason": _first_line(error)}
        )
    return error


def _busy(message: str) -> Busy:
    return Busy(f"{message} Versuchen Sie es in einigen Sekunden noch einmal.", data={"retry_after": RETRY_AFTER_SECONDS})


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]


def execute_many(conn: Connection[Any], statement: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Execute a statement once for each row, making way after some."""
    waiting = iter(rows)
    with conn.cursor() as cursor:
        while part := list(itertools.islice(waiting, AT_ONCE)):
            make_way()
            cursor.executemany(statement, part)
