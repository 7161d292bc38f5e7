"""An open Nova in; it goes on only with the key file that belongs to its database, or where the operator says that it is lost."""

from functools import partial
from typing import Any

from psycopg import Connection

from nova.governance import vault_fit
from nova.governance.identity import ADMIN
from nova.logs import get_logger
from nova.wiring import Nova

log = get_logger(__name__)


def require_vault(nova: Nova) -> None:
    """Misconfigured for a key file that is missing, another one, or incomplete; with NOVA_VAULT_LOST=on its loss is carried out instead."""
    keys = nova.people.keys
    if nova.settings.NOVA_VAULT_LOST == "off":
        nova.db.retry(lambda conn: vault_fit.require_fitting(conn, keys))
        return
    vaults, known = nova.db.retry(partial(_lost, nova))
    if vaults or known:
        log.warning("vault_lost", vaults=vaults, known=known)


def _lost(nova: Nova, conn: Connection[Any]) -> tuple[int, int]:
    """Carry out the loss of the key and note it, both or neither; how many vaults and lookups went."""
    vaults, known = vault_fit.accept_loss(conn, nova.people.keys)
    if vaults or known:
        nova.audit.record(ADMIN, "vault.lost", nova.people.keys.current, {"vaults": vaults, "known": known}, connection=conn)
    return vaults, known
