"""Settings in, the channels that alerts and tickets are told through out: the log always, mail and webhook where they are set up."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from psycopg import Connection

from nova.engines.mailer import SmtpMailer, mail_server
from nova.engines.webhook import SignedWebhook
from nova.errors import Misconfigured
from nova.kpi.alerts.channels import LogChannel, queued
from nova.kpi.kinds import NOTIFY
from nova.ports.jobs import Jobs
from nova.ports.notify import Channel
from nova.settings import Settings
from nova.store.quality.alerts import NewNotice


def channels(settings: Settings) -> Mapping[str, Channel]:
    """Every channel that is set up, by name. Misconfigured names a setting that is wrong or missing."""
    found: list[Channel] = [LogChannel()]
    if settings.NOVA_SMTP_URL is not None:
        if not settings.NOVA_SMTP_FROM or not settings.NOVA_SMTP_TO:
            raise Misconfigured("NOVA_SMTP_URL braucht auch NOVA_SMTP_FROM und NOVA_SMTP_TO.")
        _addresses((settings.NOVA_SMTP_FROM, *settings.NOVA_SMTP_TO))
        server = mail_server(settings.NOVA_SMTP_URL.get_secret_value())
        found.append(SmtpMailer(server, settings.NOVA_SMTP_FROM, settings.NOVA_SMTP_TO))
    if settings.NOVA_WEBHOOK_URL is not None:
        if settings.NOVA_WEBHOOK_SECRET is None:
            raise Misconfigured("NOVA_WEBHOOK_URL braucht auch NOVA_WEBHOOK_SECRET.")
        secret = settings.NOVA_WEBHOOK_SECRET.get_secret_value().encode()
        found.append(SignedWebhook(settings.NOVA_WEBHOOK_URL.get_secret_value(), secret, settings.NOVA_FETCH_ALLOW))
    return {channel.name: channel for channel in found}


def teller(ways: Collection[str], jobs: Jobs) -> Callable[[Connection[Any], NewNotice], None]:
    """What queues a notice in the caller's transaction, once, where its channel is set up."""

    def start(conn: Connection[Any], notice_id: UUID) -> None:
        jobs.start(NOTIFY, {"notice_id": str(notice_id)}, connection=conn)

    return lambda conn, notice: queued(conn, notice, ways, start)


def _addresses(given: tuple[str, ...]) -> None:
    for one in given:
        local, _, host = one.partition("@")
        if not local or not host or any(letter.isspace() or letter in '<>,;\\"' or letter < " " for letter in one) or "@" in host:
            raise Misconfigured("NOVA_SMTP_FROM und NOVA_SMTP_TO sind bloße Adressen wie betrieb@stadtwerke.example.")
