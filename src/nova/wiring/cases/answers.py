"""The use-cases about answers that were given, how they are made better, and conversations."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from psycopg import Connection

from nova.answers.kept import KeptAnswers
from nova.answers.understand.own_vocabulary import OwnVocabulary
from nova.errors import Misconfigured
from nova.flows.prompts import PromptVersions
from nova.flows.recommending.lists import PassageRecommendations
from nova.flows.recommending.policies import Policies
from nova.flows.review import ReviewDecisions
from nova.flows.second_opinions import SecondOpinions, patience
from nova.flows.sessions import SessionReception
from nova.knowledge.talks import TalkSearch
from nova.kpi.review.agreement import Rules, is_drawn, rules_of
from nova.kpi.review.curated import CuratedAnswers
from nova.kpi.review.queue import ReviewQueue
from nova.language.analyser import Analyser
from nova.store.quality import second_opinions
from nova.telemetry.reactions import Reactions
from nova.telemetry.talks import Talks
from nova.wiring.channels import engine_uses
from nova.wiring.chats import desk_of
from nova.wiring.erasure import withdrawals_of
from nova.wiring.renewed import of_file

if TYPE_CHECKING:
    from nova.wiring import Nova

PURPOSE = b"nova second opinions"


@dataclass(frozen=True, slots=True)
class AnswerCases:
    """One field a use-case, or a few that share their ports."""

    curated_answers: CuratedAnswers
    kept_answers: KeptAnswers
    own_vocabulary: OwnVocabulary
    passage_recommendations: PassageRecommendations
    policies: Policies
    prompt_versions: PromptVersions
    reactions: Reactions
    review_decisions: ReviewDecisions
    review_queue: ReviewQueue
    second_opinions: SecondOpinions
    session_reception: SessionReception
    talk_search: TalkSearch
    talks: Talks


def answers_cases(nova: "Nova") -> AnswerCases:
    """Those of an open Nova."""
    db, jobs, audit, settings, answers = nova.db, nova.jobs, nova.audit, nova.settings, nova.answers
    desk = desk_of(nova.people, nova.master)
    withdrawals = withdrawals_of(nova)

    def redact(text: str) -> str:
        return nova.answers.redact(text)

    def analyser() -> Analyser:
        return nova.answers.analyser()

    own_rules = settings.NOVA_DATA / "config/kpi/second.yaml"
    rules: Callable[[], Rules] = of_file(own_rules, partial(rules_of, own_rules), rests=(Misconfigured,))
    key = hmac.digest(nova.token_key.raw_value, PURPOSE, "sha256")

    def draw(conn: Connection[Any], review_id: UUID) -> None:
        held_to = rules()
        if is_drawn(key, review_id, held_to.share):
            second_opinions.draw(conn, review_id, patience(held_to))

    decisions = ReviewDecisions(db, jobs, audit, nova.shelf, redact, draw)
    return AnswerCases(
        curated_answers=CuratedAnswers(db, audit),
        kept_answers=KeptAnswers(db, nova.hotlines),
        own_vocabulary=OwnVocabulary(db, settings.vocabulary_path, audit),
        passage_recommendations=PassageRecommendations(db, answers.shelf, answers.index, analyser, answers.meaning),
        policies=Policies(db, jobs, audit),
        prompt_versions=PromptVersions(db, audit, settings.NOVA_PROMPTS, redact, lambda: bool(nova.generator.model)),
        reactions=Reactions(db, nova.outbox, desk, nova.master),
        review_decisions=decisions,
        review_queue=ReviewQueue(db, jobs, audit, engine_uses(nova).review_order),
        second_opinions=SecondOpinions(db, audit, decisions, rules, redact),
        session_reception=SessionReception(db, jobs, desk, withdrawals.keep),
        talk_search=TalkSearch(jobs, audit, nova.index_room, nova.dense.embedder if nova.dense else None),
        talks=Talks(db),
    )
