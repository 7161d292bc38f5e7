"""Settings in, one engine out: a function for each need, which chooses among the engines that meet it."""

from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

from nova.engines.extract.sandbox.runner import Children
from nova.engines.models.embed import OllamaEmbedder, OpenAIEmbedder
from nova.engines.models.generate import GeneratorLimits, NoGenerator, OllamaGenerator, OpenAIGenerator
from nova.engines.objects import Bucket, StoredObjects, bucket_objects, folder_objects
from nova.engines.scan_clamav import ClamdScanner
from nova.engines.syslog import Syslog
from nova.engines.texts.builtin import BuiltinTexts
from nova.engines.texts.chain import ChainedTexts
from nova.engines.texts.tika import TikaLimits, TikaTexts
from nova.engines.vectors.apart import ApartEdgeIndex, ApartIndex
from nova.engines.vectors.server import QdrantIndex
from nova.errors import Misconfigured
from nova.knowledge.shared import own_name
from nova.ports import Embedder, Generator, Scanner, Stream, Texts
from nova.ports.outside import Outside
from nova.settings import Settings
from nova.store.documents import embeddings
from nova.store.postgres.db import Database

A_WORD = 0.6  # of the time for a whole answer: how long a model may be silent


class Closable(Protocol):
    """Something that holds files, processes or connections."""

    def close(self) -> None:
        """Let go."""
        ...


Opened = TypeVar("Opened", bound=Closable)


def close_later(stack: ExitStack, opened: Opened) -> Opened:
    """What was opened, closed with the stack."""
    stack.callback(opened.close)
    return opened


def secrets(settings: Settings) -> Path:
    """Where generated keys lie."""
    return settings.NOVA_DATA / "secrets"


def embedder(settings: Settings, stack: ExitStack) -> Embedder | None:
    """The embedding model of the language model's server; None without one."""
    if not settings.EMBED_MODEL:
        return None
    if settings.NOVA_OPENAI_URL:
        return close_later(stack, OpenAIEmbedder(settings.NOVA_OPENAI_URL, settings.EMBED_MODEL, _openai_key(settings)))
    return close_later(stack, OllamaEmbedder(settings.ollama_url, settings.EMBED_MODEL))


def _openai_key(settings: Settings) -> str:
    return "" if settings.NOVA_OPENAI_KEY is None else settings.NOVA_OPENAI_KEY.get_secret_value()


def generator(settings: Settings, stack: ExitStack) -> Generator:
    """The language model's server, or none."""
    if not settings.GENERATE_MODEL:
        return NoGenerator()
    limits = model_limits(settings)
    if settings.NOVA_OPENAI_URL:
        return close_later(stack, OpenAIGenerator(settings.NOVA_OPENAI_URL, settings.GENERATE_MODEL, _openai_key(settings), limits))
    return close_later(stack, OllamaGenerator(settings.ollama_url, settings.GENERATE_MODEL, limits))


def model_limits(settings: Settings) -> GeneratorLimits:
    """How long a language model may take and how much it reads."""
    seconds = settings.NOVA_MODEL_SECONDS
    return GeneratorLimits(num_ctx=settings.NOVA_NUM_CTX, piece_s=A_WORD * seconds, total_s=seconds)


def brokers(settings: Settings, stack: ExitStack) -> Stream | None:
    """Kafka or Redpanda, or none."""
    if not settings.NOVA_KAFKA_SERVERS:
        return None
    try:
        from nova.engines.streams.kafka import Brokers, KafkaStream
    except ImportError as error:
        raise Misconfigured("NOVA_KAFKA_SERVERS braucht ein weiteres Paket: `pip install 'nova-luna[kafka]'`.") from error
    password = settings.NOVA_KAFKA_PASSWORD
    secret = "" if password is None else password.get_secret_value()
    return close_later(stack, KafkaStream(Brokers(settings.NOVA_KAFKA_SERVERS, settings.NOVA_KAFKA_USER, secret)))


def index(settings: Settings, db: Database) -> ApartIndex:
    """A new index has room for the vectors of the embedding model that was live last, if there was one."""
    with db.transaction() as conn:
        model = embeddings.indexed(conn)
    dense_size = model.dimension if model else 0
    if not settings.NOVA_QDRANT_URL:
        return ApartEdgeIndex(settings.NOVA_DATA / "index", settings.NOVA_DATA / "index-conversations", dense_size=dense_size)
    key = settings.NOVA_QDRANT_KEY
    secret, name = "" if key is None else key.get_secret_value(), own_name(db)
    url, collection = settings.NOVA_QDRANT_URL, settings.NOVA_QDRANT_COLLECTION

    def opened(suffix: str, size: int) -> QdrantIndex:
        return QdrantIndex(url, collection + suffix, key=secret, owner=name, dense_size=size)

    return ApartIndex(opened("", dense_size), partial(opened, "-conversations"), there=True, dense_size=dense_size)


def texts(settings: Settings, children: Children, stack: ExitStack) -> Texts:
    """The built-in readers, and behind them a Tika server for the kinds they do not know."""
    builtin = BuiltinTexts(children, max_bytes=settings.upload_bytes, private=(settings.NOVA_DATA, secrets(settings)))
    if not settings.NOVA_TIKA_URL:
        return builtin
    tika = TikaTexts(settings.NOVA_TIKA_URL, children, TikaLimits(max_bytes=settings.upload_bytes))
    return ChainedTexts(builtin, close_later(stack, tika))


def outside(settings: Settings) -> Outside | None:
    """Who gets the audit log's entries, or nobody."""
    return Syslog(settings.NOVA_AUDIT_SYSLOG) if settings.NOVA_AUDIT_SYSLOG else None


def scanner(settings: Settings) -> Scanner | None:
    """ClamAV's daemon, or none."""
    return ClamdScanner(settings.NOVA_CLAMAV) if settings.NOVA_CLAMAV else None


def objects(settings: Settings) -> StoredObjects:
    """A folder of the data home, or a bucket."""
    if not settings.NOVA_S3_URL:
        return folder_objects(settings.NOVA_DATA / "objects")
    place = urlsplit(settings.NOVA_S3_URL)
    secret = settings.NOVA_S3_SECRET
    return bucket_objects(
        Bucket(
            endpoint=settings.NOVA_S3_ENDPOINT or None,
            name=place.netloc,
            access_key=settings.NOVA_S3_KEY_ID,
            secret_key="" if secret is None else secret.get_secret_value(),
            region=settings.NOVA_S3_REGION or "us-east-1",
            prefix=place.path.strip("/"),
        )
    )
