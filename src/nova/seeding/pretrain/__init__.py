"""Models that are trained beforehand from datasets: nine kinds, each judged against a baseline on records that it has not seen."""

from nova.seeding.pretrain.kinds import KINDS as KINDS
from nova.seeding.pretrain.kinds import Kind as Kind
from nova.seeding.pretrain.model import Fitted as Fitted
from nova.seeding.pretrain.model import Model as Model
from nova.seeding.pretrain.model import chances as chances
from nova.seeding.pretrain.model import fit as fit
from nova.seeding.pretrain.model import gains as gains
from nova.seeding.pretrain.model import predict as predict
from nova.seeding.pretrain.stored import load as load
from nova.seeding.pretrain.stored import save as save
from nova.seeding.pretrain.validation import Score as Score
