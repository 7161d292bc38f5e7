"""An open workshop in, who keeps rows and passages in shape out."""

from functools import partial
from typing import TYPE_CHECKING

from nova.governance.retention import RetentionRun
from nova.knowledge.index import drain
from nova.knowledge.passages import TalkRoom
from nova.privacy import strict_scan

if TYPE_CHECKING:
    from nova.wiring import Workshop


def retention_of(shop: "Workshop") -> RetentionRun:
    """Who removes what is past the rules of retention."""
    return RetentionRun(shop.db, shop.settings.retention_path, shop.settings.NOVA_DATA, partial(drain, shop.index_room))


def talk_room_of(shop: "Workshop") -> TalkRoom:
    """What makes conversations passages."""
    return TalkRoom(shop.index_room, shop.people.agreed, strict_scan)
