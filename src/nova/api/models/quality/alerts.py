"""Shapes of thresholds, alerts and tickets."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from nova.api.models.common import MOST_INT, WHOLE, Flag, Request, Text, TextVersion
from nova.api.models.quality.kpi import GapQuestion

RuleState = Literal["ok", "pending", "warn", "critical", "clearing", "no_data"]
Level = Literal["warn", "critical"]
Event = Literal["", "warn", "critical", "eased", "recovered", "lost"]
Method = Literal["threshold", "ewma", "cusum"]
Direction = Literal["below", "above"]
Channel = Literal["log", "mail", "webhook"]
TicketKind = Literal["knowledge", "prompt", "ranking", "training", "operations", "other"]
TicketOwner = Literal["chronos", "lumina", "orion", "aura"]
TicketState = Literal["open", "doing", "waiting", "done", "dropped"]
Limit = Annotated[int, Field(ge=1, le=500)]
Offset = Annotated[int, Field(ge=0, le=MOST_INT)]
RuleName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
TITLE = r"^[^\x00-\x1f]*[^\x00-\x1f\s][^\x00-\x1f]*$"  # one line with something on it
Yaml = Annotated[Text, StringConstraints(max_length=200_000)]


class Action(BaseModel):
    """Whose ticket follows (`auto`: triage chooses), and which channels are told."""

    ticket: Literal["auto", "lumina", "orion", "aura", "chronos", "none"]
    channels: list[Channel]


class RuleData(BaseModel):
    """A rule of the thresholds; `window` and `every` as the file writes them ("24h")."""

    name: str
    kpi: str
    title: str
    segment: str
    window: str
    least: int
    direction: Direction
    warn: float
    critical: float | None
    clear: float
    times: int
    method: Method
    action: Action
    text: str
    threshold_text: str


class SavedThresholds(BaseModel):
    """A text that was saved: by whom and when."""

    version: str
    actor: str
    saved_at: datetime


class ThresholdData(BaseModel):
    """The thresholds in force. `own`: the installation's own file; `missing`: shipped rules that it has not got."""

    text: str
    version: str
    own: bool
    path: str
    every: str
    rules: list[RuleData]
    missing: list[str]
    problem: str | None = Field(description="What is wrong with the text, where it was edited by hand; no rule holds then.")
    history: list[SavedThresholds]


class ThresholdFilters(Request):
    """Which saved text; without, the one in force."""

    version: TextVersion | None = None


class NewThresholds(Request):
    """The whole text; `version` is the one that was edited, so that nobody's edit is lost."""

    text: Yaml
    version: TextVersion


class BacktestRequest(Request):
    """Which text (without: the one in force) and which rule (without: all), over how many days."""

    text: Yaml | None = None
    rule: RuleName | None = None
    days: Annotated[int, Field(ge=1, le=90), WHOLE] = 30


class FiringData(BaseModel):
    """An episode that would have been; `ended` null: it would still be on."""

    started: datetime
    ended: datetime | None
    hours: float
    worst: Level


class BacktestRule(BaseModel):
    """What a rule would have done; `blind` evaluations had too few cases."""

    rule: str
    kpi: str
    sentence: str
    fired: int
    critical: int
    evaluations: int
    blind: int
    hours: float
    firings: list[FiringData]


class BacktestData(BaseModel):
    """Hour by hour over [from, to]."""

    since: datetime
    until: datetime
    rules: list[BacktestRule]


class Explanation(BaseModel):
    """An evaluation of a rule: what was measured, what it is held against, where it stands, what follows. Texts are German.

    `first`: the rule was never evaluated before, so that `before` says nothing. `few`: fewer than five people are
    behind what was measured; it is judged, and not told.
    """

    rule: str
    text: str
    kpi: str
    title: str
    segment: str
    method: Method
    window: str
    since: datetime = Field(alias="from")
    until: datetime = Field(alias="to")
    few: bool = False
    n: int
    least: int
    value: float | None
    low: float | None
    high: float | None
    direction: Direction
    warn: float
    critical: float | None
    clear: float
    times: int
    first: bool = False
    before: RuleState
    after: RuleState
    event: Event
    counted: bool
    value_text: str
    threshold_text: str
    sentence: str
    action: str


class RunRequest(Request):
    """`dry_run` changes nothing and says what would follow."""

    dry_run: Flag = False


class Evaluation(BaseModel):
    """Every rule once, at a moment, by figures that are whole up to `measured_until`; a dry run does not measure anew."""

    at: datetime
    measured_until: datetime | None
    version: str
    dry_run: bool
    critical: bool
    counts: dict[RuleState, int]
    rules: list[Explanation]


class AlertData(BaseModel):
    """Where a rule stands; `episode_id` while an alert is on, `silent_until` while nobody is told."""

    rule: str
    state: RuleState
    state_text: str
    level: Literal["", "warn", "critical"]
    evaluated_at: datetime
    silent_until: datetime | None
    episode_id: UUID | None
    opened_at: datetime | None
    worst: Level | None
    ticket_id: UUID | None
    ticket: int | None
    explanation: Explanation


class NoticeData(BaseModel):
    """What was told through a channel, or is to be."""

    notice_id: UUID
    event: str
    channel: str
    title: str
    state: Literal["queued", "sent", "failed"]
    error: str | None
    created_at: datetime
    ended_at: datetime | None


class AlertList(BaseModel):
    """Every rule that was evaluated, the worst first; the newest messages; which channels are set up."""

    alerts: list[AlertData]
    counts: dict[RuleState, int]
    channels: list[Channel]
    notices: list[NoticeData]


class HistoryFilters(Request):
    """Of one rule or all; `events`: only what people are told of."""

    rule: RuleName | None = None
    events: bool = True
    limit: Limit = 50
    offset: Offset = 0


class ChangeData(BaseModel):
    """A change of a rule's state, with the figures behind it."""

    change_id: UUID
    rule: str
    episode_id: UUID | None
    at: datetime
    before: str
    after: str
    event: str
    event_text: str
    value: float | None
    n: int
    facts: dict[str, Any]


class ChangeList(BaseModel):
    """Newest first."""

    changes: list[ChangeData]
    total: int


class SilenceRequest(Request):
    """For how many hours nobody is told of a rule; 0 ends it."""

    hours: Annotated[int, Field(ge=0, le=720), WHOLE]


class Silenced(BaseModel):
    """Until when nobody is told."""

    rule: str
    silent_until: datetime | None


class TicketFilters(Request):
    """Which tickets; the latest changed first."""

    state: TicketState | None = None
    owner: TicketOwner | None = None
    kind: TicketKind | None = None
    limit: Limit = 100
    offset: Offset = 0


class TicketData(BaseModel):
    """A ticket. `gain`: share of questions it should help with bounds; `effect`: its figure before and after, once measured.

    `cause`: why its gap's questions were not answered: the document is missing, is there and was not found (`nearly`: as search suspects),
    or they do not belong here; null where that is not known.
    """

    ticket_id: UUID
    number: int
    kind: TicketKind
    owner: TicketOwner
    state: TicketState
    state_text: str
    title: str
    text: str
    opened_by: str
    rule: str
    kpi: str
    segment: str
    gap_id: UUID | None
    gap_terms: list[str]
    gap_questions: int
    cause: Literal["missing", "nearly", "there", "outside"] | None
    cause_text: str
    evidence: dict[str, Any]
    gain: dict[str, Any] | None
    effect: dict[str, Any] | None
    version: int
    opened_at: datetime
    changed_at: datetime
    closed_at: datetime | None


class TicketList(BaseModel):
    """A page, with how many there are in all by state."""

    tickets: list[TicketData]
    counts: dict[TicketState, int]
    total: int


class TicketChange(BaseModel):
    """What happened to a ticket."""

    change_id: UUID
    at: datetime
    actor: str
    what: str
    facts: dict[str, Any]
    comment: str


class TicketEpisode(BaseModel):
    """An alert that led to the ticket."""

    episode_id: UUID
    rule: str
    kpi: str
    worst: Level
    opened_at: datetime
    ended_at: datetime | None
    outcome: Literal["recovered", "no_data", "removed"] | None


class TicketDetail(TicketData):
    """With its history, alerts and questions."""

    history: list[TicketChange]
    episodes: list[TicketEpisode]
    questions: list[GapQuestion]


class NewTicket(Request):
    """What is to be done; words are redacted before they are stored."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=TITLE)]
    text: Annotated[Text, StringConstraints(max_length=4000)] = ""
    kind: TicketKind = "other"
    owner: TicketOwner = "lumina"
    gap_id: UUID | None = None


class TicketPatch(Request):
    """A field left out stays as it is; `version` is the one that was seen. A comment is redacted before it is stored."""

    state: TicketState | None = None
    owner: TicketOwner | None = None
    comment: Annotated[Text, StringConstraints(max_length=4000)] | None = None
    version: Annotated[int, Field(ge=1, le=MOST_INT), WHOLE] | None = None
