"""What engines in process read -> what the places of Nova that use them show; a place whose engine reads nothing is as it is without it.

A state that is damaged or cannot be reached is as none: it is logged, the engine's own health tells of it, and the place goes on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from psycopg import Connection

from nova.errors import InvalidInput, NotFound, ServerAbsent
from nova.flows.seeding.engine_states import family
from nova.flows.seeding.engines import Engines, checked
from nova.logs import get_logger
from nova.ports import Audit
from nova.records import Caller
from nova.seeding import pretrain, versions
from nova.seeding.delivery.kinds import ENGINES
from nova.seeding.delivery.learned import part
from nova.seeding.delivery.tables import table_of
from nova.seeding.delivery.uses import customers, figures, pages, texts
from nova.seeding.delivery.uses.customers import AtRisk, Group, Offer
from nova.seeding.delivery.uses.figures import Contacts, Hour, Trend
from nova.seeding.delivery.uses.figures import Unusual as Unusual
from nova.seeding.delivery.uses.pages import Page
from nova.seeding.delivery.uses.pages import Visit as Visit
from nova.seeding.delivery.uses.texts import Document, Idea
from nova.seeding.delivery.uses.texts import Proposal as Proposal
from nova.store import releases
from nova.store.quality import kpi, review
from nova.store.seeding import engines as rows
from nova.store.seeding import versions as version_rows
from nova.store.seeding.engines import EngineState

if TYPE_CHECKING:
    import polars as pl

    from nova.seeding.pretrain import Model

LATELY = timedelta(days=2)
MIDDLE = 0.5
log = get_logger(__name__)
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Navigation:
    """The start tiles of somebody's role, the pages that likely come next, and the page that a question is about."""

    tiles: Sequence[str]
    next: Sequence[str]
    page: Page | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine of a kind reads, and which version that was made of."""

    kind: str
    state: EngineState
    data: bytes


@dataclass(frozen=True, slots=True)
class GapNews:
    """Terms in the rise (case folded), and by gap what its document may be about."""

    rising: frozenset[str]
    ideas: Mapping[str, Idea]


class EngineUses:
    """Read by kind: of several engines of a kind the first of the list that reads something."""

    def __init__(self, engines: Engines, audit: Audit) -> None:
        self._engines, self._audit = engines, audit
        self._parsed: dict[str, tuple[str, Any]] = {}

    def navigation(self, caller: Caller, visits: Sequence[Visit], question: str | None) -> Navigation:
        """Where somebody may want to go. Nothing of what they opened or asked is kept."""
        role = caller.role
        shown = self._told("NavigationFramework", lambda one: pages.tiles(one.data, role)) or []
        after = self._told("NavigationML", lambda one: pages.next_pages(self._model(one), visits, role)) or [] if visits else []
        about = self._told("AssistantBridge", lambda one: pages.page_of(self._model(one), question)) if question else None
        return Navigation(shown, after, about)

    def trends(self) -> Sequence[Trend]:
        """Terms that more people ask about lately."""
        return self._told("TrendingHashtag", lambda one: figures.rising(one.data)) or ()

    def gap_news(self) -> GapNews:
        """What is told of knowledge gaps."""
        ideas = self._told("Ideation", lambda one: texts.ideas(self._rows(one))) or {}
        return GapNews(frozenset(one.term.casefold() for one in self.trends()), ideas)

    def staffing(self) -> Sequence[Contacts]:
        """Contacts of the seven days after the last that is known."""
        return self._told("CrossPlatform", lambda one: figures.staffing(self._model(one), self._records(one))) or ()

    def unusual(self) -> Sequence[Unusual]:
        """The hours of the last two days in which a figure was not as usual."""
        return self._told("Analytics", lambda one: figures.unusual(one.data, self._hours())) or ()

    def at_risk(self, who: Caller) -> Sequence[AtRisk]:
        """The customers that most likely leave; that somebody looked is noted."""
        found = self._told("Churn", lambda one: customers.at_risk(self._model(one), self._records(one))) or ()
        if found:
            with self._engines.db.transaction() as conn:
                self._audit.record(who, "customers.at_risk", "engine:Churn", {"shown": len(found)}, connection=conn)
        return found

    def groups(self) -> Sequence[Group]:
        """Groups of customers that are alike."""
        return self._told("CustomerIntelligence", lambda one: customers.groups(self._model(one), self._records(one))) or ()

    def offers(self, plz: str) -> Sequence[Offer]:
        """What others offer at a postcode."""
        return self._told("Competitor", lambda one: customers.offers(self._rows(one), plz)) or ()

    def proposals(self) -> Sequence[Proposal]:
        """Texts that may become documents: pages that were found, then texts of former systems."""
        found = self._told("Research", lambda one: texts.pages(self._rows(one))) or []
        return [*found, *(self._told("Historical", lambda one: texts.earlier(self._rows(one))) or [])]

    def hour_prices(self) -> Mapping[str, float]:
        """What hours usually cost over the mean of their day (EUR/MWh)."""
        return self._told("Optimization", lambda one: figures.hour_prices(one.data)) or {}

    def kept_promises(self) -> Mapping[str, float]:
        """By rule, how much of what recommendations promised was measured (1: all of it)."""
        return self._told("ROI", lambda one: {str(rule): float(share) for rule, share in part(one.data, "factors").items()}) or {}

    def review_order(self, conn: Connection[Any]) -> Sequence[UUID]:
        """Open answers to look through in the order of urgency and of how useful the documents they cite will be, the least useful first;
        nothing where no engine tells.
        """
        return self._told("ContentPerformance", lambda one: self._ordered(conn, self._model(one)), conn) or ()

    @staticmethod
    def _ordered(conn: Connection[Any], model: "Model") -> Sequence[UUID]:
        cited = review.cited_documents(conn)
        said = texts.expected(model, [Document(one.ts, one.kind, one.topic, one.words, one.age_days, one.dwell_s) for one in cited])
        by: dict[UUID, list[float]] = {}
        for one, value in zip(cited, said, strict=True):
            by.setdefault(one.review_id, []).append(value)
        urgent = {one.review_id: one.priority for one in cited} | dict(review.open_priorities(conn))
        means = {one: sum(by.get(one, [MIDDLE])) / len(by.get(one, [MIDDLE])) for one in urgent}
        return sorted(urgent, key=lambda one: (-urgent[one] * (1 + MIDDLE - means[one]), one))

    def worths(self, conn: Connection[Any]) -> tuple[str, Callable[[], Mapping[UUID, float]]]:
        """Which state tells what passages are worth ("": none), and how to load that."""
        state = self._live("SelfLearning", conn)
        return (state.state_sha256 if state else ""), lambda: self._worths() if state else {}

    def _worths(self) -> Mapping[UUID, float]:
        told = self._told("SelfLearning", lambda one: texts.worths(one.data)) or {}
        return {UUID(chunk): value for chunk, value in told.items() if _is_uuid(chunk)}

    def _hours(self) -> list[Hour]:
        with self._engines.db.transaction() as conn:
            return [Hour(*one) for one in kpi.told_hours(conn, datetime.now(UTC) - LATELY)]

    def _told(self, kind: str, tell: Callable[[Reading], Found], conn: Connection[Any] | None = None) -> Found | None:
        reading = self._reading(kind, conn)
        if reading is None:
            self._parsed.pop(kind, None)
            return None
        try:
            return tell(reading)
        except (InvalidInput, NotFound, ServerAbsent) as error:
            log.warning("engine_state_unreadable", kind=kind, reason=error.message)
            return None

    def _reading(self, kind: str, conn: Connection[Any] | None = None) -> Reading | None:
        state = self._live(kind, conn)
        try:
            return None if state is None else Reading(kind, state, checked(self._engines.objects, state))
        except (InvalidInput, NotFound, ServerAbsent) as error:
            log.warning("engine_state_unreadable", kind=kind, reason=error.message)
            return None

    def _live(self, kind: str, conn: Connection[Any] | None = None) -> EngineState | None:
        try:
            listed = self._engines.registry().engines
        except (InvalidInput, NotFound) as error:
            log.warning("engine_list_unreadable", reason=error.message)
            return None
        names = [spec.name for spec in listed if spec.kind == kind and spec.channel == "in_process"]
        if conn is not None:
            return _first(conn, names)
        with self._engines.db.transaction() as own:
            return _first(own, names)

    def _model(self, reading: Reading) -> "Model":
        """InvalidInput where it is that of another kind: the list may name an engine anew."""

        def load() -> "Model":
            model = pretrain.load(reading.data)
            if model.kind != ENGINES[reading.kind].fits:
                raise InvalidInput("Dieser Stand gehört zu einer Engine anderer Art.")
            return model

        return self._once(reading, load)

    def _rows(self, reading: Reading) -> "Sequence[Mapping[str, Any]]":
        return self._once(reading, lambda: table_of(reading.kind, reading.data))

    def _once(self, reading: Reading, make: Callable[[], Found]) -> Found:
        """What is made of a state, kept until its engine reads another: of each kind one."""
        known = self._parsed.get(reading.kind)
        if known is None or known[0] != reading.state.state_sha256:
            known = self._parsed[reading.kind] = (reading.state.state_sha256, make())
        found: Found = known[1]
        return found

    def _records(self, reading: Reading) -> "pl.DataFrame":
        """The version that a state was made of; NotFound where somebody left it since."""
        with self._engines.db.transaction() as conn:
            version = version_rows.get(conn, reading.state.version_id)
        if version is None or version.digest != reading.state.digest:
            raise NotFound("Die Fassung, aus der diese Engine gelernt hat, gibt es so nicht mehr.")
        return versions.read(self._engines.objects, version)


def _first(conn: Connection[Any], names: Sequence[str]) -> EngineState | None:
    for name in names:
        release = releases.live(conn, family(name))
        state = rows.state(conn, name, release.name) if release else None
        if state is not None:
            return state
    return None


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
