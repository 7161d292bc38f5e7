"""An open Nova in; it goes on only with the key file that belongs to its database, or where the operator says that it is lost."""

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
    vaults, known = nova.db.retry(lambda conn: vault_fit.accept_loss(conn, keys))
    if vaults or known:
        nova.audit.record(ADMIN, "vault.lost", keys.current, {"vaults": vaults, "known": known})
        log.warning("vault_lost", vaults=vaults, known=known)
