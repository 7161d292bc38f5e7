"""Shapes of delivered sessions, of consent, and of the vault's keys."""

from datetime import datetime
from functools import lru_cache
from typing import Annotated, Literal, get_args
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, field_validator

from nova.api.models.common import MOST_INT, WHOLE, Flag, Moment, Request, Text
from nova.ports.people import Purpose
from nova.privacy import find
from nova.telemetry.conversations import OWN

MOST_TURNS = 500
MOST_TEXT = 20_000
MOST_MS = 86_400_000
ASSISTANTS = frozenset({"sophia", "luna", "alexa", "siri", "cortana"})
"""Programs people talk to, of which some are called like persons."""
SAMPLES = frozenset({"mustermann", "musterfrau", "normalverbraucher"})
"""Names of nobody, left alone in texts; whoever fills them in here has put a person where a place belongs."""
Name = Annotated[Text, StringConstraints(min_length=1, max_length=200)]


@lru_cache(maxsize=256)
def _nobodys(slug: str) -> str:
    """A short name of a place; one that names a person would stay in figures for ever."""
    words = [word for word in slug.replace("_", "-").split("-") if word not in ASSISTANTS]
    if SAMPLES.intersection(words) or find(" ".join(words)):
        raise ValueError("Dieser Name sieht nach einer Person oder Nummer aus; benennen Sie den Kanal oder die Quelle.")
    return slug


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$"), AfterValidator(_nobodys)]
Version = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Value = Annotated[Text, StringConstraints(min_length=2, max_length=200)]
Count = Annotated[int, Field(ge=0, le=10_000_000), WHOLE]
Milliseconds = Annotated[float, Field(ge=0, le=MOST_MS, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=-1, le=1, allow_inf_nan=False)]
FIELD_KINDS: dict[str, str] = {
    "name": "name", "first_name": "name", "last_name": "name",
    "address": "address", "street": "address", "city": "address",
    "email": "email", "phone": "phone", "mobile": "phone", "iban": "iban", "tax_id": "tax_id",
    "customer_no": "customer_no", "contract_no": "contract_no", "birth_date": "birth_date", "id_card": "id_card",
    "meter": "meter", "malo": "malo", "melo": "melo", "plate": "plate", "ip": "ip",
}  # fmt: skip


class Purposes(Request):
    """Yes or no to each purpose that is spoken of; what is left out stays as it is."""

    service: Flag | None = None
    analytics: Flag | None = None
    training: Flag | None = None
    profiling: Flag | None = None

    @property
    def said(self) -> dict[Purpose, bool]:
        """The purposes that were spoken of."""
        found: dict[Purpose, bool] = {}
        for purpose in get_args(Purpose):
            given = getattr(self, purpose)
            if given is not None:
                found[purpose] = given
        return found


class DeliveredConsent(Request):
    """What the person said of their words; `version` and `text_sha256` name the text that they saw, `source` where ("web", "telefon")."""

    purposes: Purposes
    version: Version
    text_sha256: Sha256
    at: Moment
    source: Slug


class SessionFields(Request):
    """Values of the person that the sender knows: replaced wherever they stand in the conversation, and kept in the person's vault only."""

    name: Value | None = None
    first_name: Value | None = None
    last_name: Value | None = None
    address: Value | None = None
    street: Value | None = None
    city: Value | None = None
    email: Value | None = None
    phone: Value | None = None
    mobile: Value | None = None
    iban: Value | None = None
    tax_id: Value | None = None
    customer_no: Value | None = None
    contract_no: Value | None = None
    birth_date: Value | None = None
    id_card: Value | None = None
    meter: Value | None = None
    malo: Value | None = None
    melo: Value | None = None
    plate: Value | None = None
    ip: Value | None = None

    @property
    def kinds(self) -> dict[str, str]:
        """The kind of each value."""
        given = ((getattr(self, name), kind) for name, kind in FIELD_KINDS.items())
        return {value: kind for value, kind in given if value}


class TurnMeta(Request):
    """What the sender measured of a turn: numbers and switches only, so that nothing personal can come this way."""

    useful: Flag | None = None
    refused: Flag | None = None
    resolved: Flag | None = None
    escalated: Flag | None = None
    rephrased: Flag | None = None
    latency_ms: Milliseconds | None = None
    dwell_ms: Milliseconds | None = None
    rating: Annotated[float, Field(ge=-10, le=10, allow_inf_nan=False)] | None = None
    tokens: Count | None = None
    tokens_in: Count | None = None
    tokens_out: Count | None = None
    citations: Count | None = None
    cost_eur: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)] | None = None
    confidence: Share | None = None
    groundedness: Share | None = None
    sentiment: Share | None = None


class SessionTurn(Request):
    """One thing said; `seq` counts from 0 within the session."""

    seq: Annotated[int, Field(ge=0, le=MOST_INT), WHOLE]
    role: Literal["user", "assistant", "agent"]
    ts: Moment
    text: Annotated[Text, StringConstraints(min_length=1, max_length=MOST_TEXT)]
    meta: TurnMeta = TurnMeta()


class SessionDelivery(Request):
    """A session or a part of it. Parts may come in any order, and again."""

    session_id: Name
    source: Slug = "sophia"
    user: Annotated[Name, Field(description="The person's id in the sender's system; the same that `nova keys token` knows them by.")]
    channel: Slug | None = None
    started_at: Moment | None = None
    ended_at: Moment | None = None
    consent: DeliveredConsent | None = None
    fields: SessionFields = SessionFields()
    turns: Annotated[tuple[SessionTurn, ...], Field(fail_fast=True, max_length=MOST_TURNS)] = ()

    @field_validator("source")
    @classmethod
    def _of_others(cls, source: str) -> str:
        if source == OWN:
            raise ValueError("Unter „nova“ stehen Novas eigene Gespräche; ein Absender nennt sich anders.")
        return source


class DeliveryResult(BaseModel):
    """Turns stored now, turns that had been stored before, and turns that were not stored, by reason.

    `duplicate`: the whole delivery came before, and these are the counts of then.
    """

    stored: int
    duplicates: int
    refused: dict[str, int]
    duplicate: bool


class ConsentState(BaseModel):
    """What holds for one purpose; `given` is empty when the person never spoke of it."""

    purpose: Purpose
    title: str
    meaning: str
    given: bool | None
    at: datetime | None
    version: str | None


class ConsentTextData(BaseModel):
    """The text that people agree to now, word for word (Markdown)."""

    version: str
    sha256: str
    text: str


class ConsentEntry(BaseModel):
    """One purpose of a consent or withdrawal as it was said."""

    consent_id: UUID
    subject_id: UUID
    purpose: Purpose
    given: bool
    version: str
    text_sha256: str
    source: str
    at: datetime
    recorded_at: datetime | None


class OwnConsent(BaseModel):
    """What holds, the text, and all that was said, newest first."""

    purposes: list[ConsentState]
    text: ConsentTextData
    history: list[ConsentEntry]


class ConsentChange(Request):
    """What the person says now, having seen the text of this version (`text.version` of the answer before)."""

    purposes: Purposes
    version: Version


class ConsentPerson(BaseModel):
    """A person by pseudonym: what they agree to, what they declined or withdrew, and how many conversations are kept."""

    subject_id: UUID
    purposes: list[Purpose]
    withdrawn: list[Purpose]
    at: datetime
    conversations: int


class RefusalCount(BaseModel):
    """How often something was not stored on a day, and why."""

    day: str
    source: str
    reason: str
    n: int


class ConsentPeople(BaseModel):
    """People who spoke of consent, the latest first, and what was not stored in the last thirty days."""

    people: list[ConsentPerson]
    total: int
    refusals: list[RefusalCount]


class ConsentLog(BaseModel):
    """All that people said in the order in which it came, newest first; pass `next_before` as `before` for the next page."""

    entries: list[ConsentEntry]
    next_before: datetime | None


class PersonConsent(BaseModel):
    """What one person said, by pseudonym. `known` false: nobody had heard of them before this was noted."""

    subject_id: UUID
    known: bool = True
    purposes: list[ConsentState]
    history: list[ConsentEntry]


class OthersConsent(Request):
    """What a person said elsewhere (on paper, at the telephone): `user` is the name other systems know, or a pseudonym."""

    user: Name
    purposes: Purposes
    version: Version
    text_sha256: Annotated[Sha256 | None, Field(description="Needed for a version that Nova has not heard of.")] = None
    at: Moment | None = None
    source: Slug = "betrieb"


class ConsentFilters(Request):
    """Which people, by pseudonym. No name: it would stand in the logs of whatever lies between, and say whose a pseudonym is."""

    subject_id: UUID | None = None
    purpose: Purpose | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 50
    offset: Annotated[int, Field(ge=0, le=MOST_INT)] = 0


class LogFilters(Request):
    """Which part of the log."""

    limit: Annotated[int, Field(ge=1, le=500)] = 100
    before: Moment | None = None


class WrittenPage(BaseModel):
    """A page of the journal that was written, and how many entries it has."""

    page: str
    entries: int


class Rotation(Request):
    """`forget`: drop older wrapping keys, so that older snapshots' vaults open no more."""

    forget: Flag = False


class Rotated(BaseModel):
    """The wrapping key now in use, how many people's keys were wrapped anew, and how many older ones were dropped."""

    key: str
    rewrapped: int
    dropped: int
