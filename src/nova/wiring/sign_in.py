"""Settings in, the company's own sign-in out."""

from typing import cast

from nova.errors import Misconfigured
from nova.governance.accounts.company import CompanyEntrance, Mapped
from nova.ports import Audit
from nova.roles import Role
from nova.settings import Settings
from nova.store.postgres.db import Database


def company_entrance(settings: Settings, db: Database, audit: Audit) -> CompanyEntrance | None:
    """The way in by the company's own sign-in; None where none is set. Nothing is asked yet."""
    if not settings.NOVA_OIDC_ISSUER:
        return None
    if not settings.NOVA_OIDC_CLIENT_ID:
        raise Misconfigured("NOVA_OIDC_ISSUER ist gesetzt, NOVA_OIDC_CLIENT_ID nicht.")
    from nova.engines.oidc import OpenIDProvider

    secret = settings.NOVA_OIDC_CLIENT_SECRET.get_secret_value() if settings.NOVA_OIDC_CLIENT_SECRET else ""
    provider = OpenIDProvider(settings.NOVA_OIDC_ISSUER, settings.NOVA_OIDC_CLIENT_ID, secret, settings.NOVA_OIDC_SCOPE)
    pairs = [one.rpartition("=") for one in settings.NOVA_OIDC_ROLES]
    roles = [(group.strip(), cast("Role", role.strip())) for group, _, role in pairs]
    others = settings.NOVA_OIDC_ROLE or None
    mapped = Mapped(settings.NOVA_OIDC_USER, settings.NOVA_OIDC_GROUPS, roles, others, settings.NOVA_OIDC_FACTOR == "on")
    return CompanyEntrance(db, audit, provider, mapped)
