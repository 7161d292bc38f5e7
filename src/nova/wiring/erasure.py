"""An open workshop in, what its erasures and withdrawals need out: the ledgers beside its snapshots, and who works with them."""

from typing import TYPE_CHECKING

from nova.flows.erasure.ledger import Ledger, folder_of
from nova.flows.erasure.reapplied import Reapplication
from nova.flows.erasure.requests import Erasures
from nova.flows.withdrawals import Withdrawals

if TYPE_CHECKING:
    from nova.wiring import Workshop


def ledger_of(shop: "Workshop") -> Ledger:
    """The ledger of this installation: beside its snapshots, and among its files where these outlive the folder."""
    return Ledger(folder_of(shop.settings.NOVA_DATA), shop.objects if shop.settings.NOVA_S3_URL else None)


def withdrawals_of(shop: "Workshop") -> Withdrawals:
    """What people of this installation withdrew."""
    return Withdrawals(folder_of(shop.settings.NOVA_DATA))


def erasures_of(shop: "Workshop") -> Erasures:
    """Who asks for erasures, and starts their jobs."""
    return Erasures(shop.db, shop.jobs, shop.audit, ledger_of(shop))


def reapplication_of(shop: "Workshop") -> Reapplication:
    """Who makes erasures and withdrawals hold again after a restore."""
    from nova.wiring.training import leaving_of

    return Reapplication(shop.db, shop.jobs, erasures_of(shop), ledger_of(shop), withdrawals_of(shop), leaving_of(shop).people)
