"""The environment and `.env` in, one frozen Settings out. Nothing else in Nova reads either.

Names of the papers stay as they are (`ADMIN_API_KEY`, `API_PORT`, `GENERATE_MODEL`); Nova's own begin with `NOVA_`.
"""

import os
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal, Self

from dotenv import dotenv_values
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
    model_validator,
)

from nova.errors import Misconfigured
from nova.setting_kinds import (
    Address,
    AgeKey,
    Daemon,
    GroupRoles,
    Issuer,
    LongSecret,
    PartOfHour,
    Rate,
    StaffRoles,
    Switch,
    Telephone,
    Words,
    refusal,
)

Source = Literal["default", "env", "file", "command"]
HOTLINES = {"common": "", "gas": "_GAS", "power": "_POWER", "heat": "_HEAT", "water": "_WATER"}


def _data_home() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "nova"


class Settings(BaseModel):
    """Everything about an installation that is chosen outside the code. Read once, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
    _sources: dict[str, Source] = PrivateAttr(default_factory=dict)

    NOVA_DATA: Path = Field(default_factory=_data_home, description="Folder for the database, the index, files and generated keys.")
    NOVA_ENV: Literal["prod", "dev"] = Field("prod", description="`dev` allows `X-Dev-User` on loopback and readable logs.")
    NOVA_HOST: str = Field("127.0.0.1", description="Address the server binds to; the default is reachable from this machine only.")
    API_PORT: int = Field(8000, ge=1, le=65535, description="Port of the API and the web app.")
    NOVA_OIDC_ISSUER: Issuer = Field(
        "", description="Address of the company's own sign-in (OpenID Connect issuer); unset: accounts here only."
    )
    NOVA_OIDC_CLIENT_ID: str = Field("", description="As what Nova is known there.")
    NOVA_OIDC_CLIENT_SECRET: SecretStr | None = Field(None, description="Its secret; unset for a public client (PKCE alone).")
    NOVA_OIDC_SCOPE: str = Field("openid profile email", description="What Nova asks for there; some need `groups` as well.")
    NOVA_OIDC_NAME: str = Field("Firmenanmeldung", max_length=60, description="What its button is called.")
    NOVA_OIDC_USER: str = Field("preferred_username", description="Claim with the name that a person has here.")
    NOVA_OIDC_GROUPS: str = Field("groups", description="Claim with a person's groups.")
    NOVA_OIDC_ROLES: GroupRoles = Field(
        (), description="Which group is which role, first match counts: nova-betrieb=admin, redaktion=reviewer."
    )
    NOVA_OIDC_ROLE: Literal["", "customer", "employee"] = Field(
        "", description="Role of those in none of these groups; unset: they may not in."
    )
    NOVA_OIDC_FACTOR: Switch = Field("off", description="`on`: the company's sign-in itself demands a second factor of operators.")
    NOVA_TOKEN: SecretStr | None = Field(None, description="Token of your own that commands act with, in place of the operator's key.")
    NOVA_COMPANY: str = Field("Nova", max_length=80, description="Name of your company, as people see it where they sign in.")
    NOVA_HOSTS: Words = Field((), description="Host names under which people reach Nova (comma list); needed behind a reverse proxy.")
    NOVA_PROXIES: Words = Field((), description="Addresses of reverse proxies whose X-Forwarded headers are believed (comma list).")
    NOVA_GIT_SHA: str = Field("", description="Revision shown in `/system/info`; set when an image is built, else that of the checkout.")

    ADMIN_API_KEY: SecretStr | None = Field(None, description="Operator's key. Unset: one is made on first start and kept in NOVA_DATA.")
    NOVA_METRICS_KEY: LongSecret | None = Field(None, description="Bearer key that opens `/metrics` and nothing else, for Prometheus.")
    NOVA_HOOK_SECRET: LongSecret | None = Field(
        None, description="Secret that signs deliveries to /hook/sophia-session. Unset: one is made on first start and kept in NOVA_DATA."
    )
    NOVA_SESSION_HOURS: int = Field(12, ge=1, le=720, description="How long a browser session lasts, in hours.")

    NOVA_DATABASE_URL: SecretStr | None = Field(None, description="PostgreSQL to use instead of the embedded one (postgresql://...).")
    NOVA_S3_URL: str = Field("", description="`s3://bucket/prefix` for files instead of a folder below NOVA_DATA.")
    NOVA_S3_ENDPOINT: Address = Field("", description="Address of an S3 server other than AWS.")
    NOVA_S3_REGION: str = Field("", description="Region of the bucket.")
    NOVA_S3_KEY_ID: str = Field("", description="Access key id for the bucket.")
    NOVA_S3_SECRET: SecretStr | None = Field(None, description="Secret of the access key.")

    NOVA_QDRANT_URL: Address = Field("", description="Qdrant server for the search index instead of the embedded one (http://...).")
    NOVA_QDRANT_KEY: SecretStr | None = Field(None, description="API key of the Qdrant server.")
    NOVA_QDRANT_COLLECTION: str = Field("nova", pattern=r"^[A-Za-z0-9_-]{1,100}$", description="Collection on the Qdrant server.")
    NOVA_TIKA_URL: Address = Field("", description="Apache Tika server for file types the built-in readers do not know.")
    NOVA_KAFKA_SERVERS: Words = Field(
        (), description="Kafka or Redpanda brokers (comma list of host:port) that events come from and go to."
    )
    NOVA_KAFKA_USER: str = Field("", description="User for the brokers (SCRAM-SHA-512 over TLS). Unset: neither sign-in nor TLS.")
    NOVA_KAFKA_PASSWORD: SecretStr | None = Field(None, description="Password of NOVA_KAFKA_USER.")
    NOVA_RAY_ADDRESS: str = Field("", description="Ray cluster for cleaning large files (ray://host:10001, or `local`). Unset: none.")
    NOVA_TRAIN_PYTHON: str = Field("", description="Python that has what tuning needs. Unset: that of `make train-env`, else Nova's own.")
    NOVA_ADAPTER_HOST: Literal["", "process", "transformers", "llamacpp", "vllm", "ollama"] = Field(
        "", description="What lets promoted adapters answer: `process` here, or the server at NOVA_ADAPTER_URL. Unset: nothing."
    )
    NOVA_ADAPTER_BASE: str = Field("nova-mini", description="Base that it holds, such as models/base/llama3-8b in the data folder.")
    NOVA_ADAPTER_URL: Address = Field(
        "", description="That server's address without /v1; it must see `models` of NOVA_DATA at the same path."
    )
    NOVA_ADAPTER_KEY: SecretStr | None = Field(None, description="Key for NOVA_ADAPTER_URL.")
    NOVA_ADAPTER_MODEL: str = Field("", description="What that server calls the base, where it is not its folder or the only one.")
    NOVA_TRAIN_GPU: str = Field("", description="Which graphics cards runs on a GPU may use (CUDA_VISIBLE_DEVICES), such as 0.")
    NOVA_TRAIN_MLFLOW_URL: Address = Field("", description="MLflow server that shows training runs. Unset: a database on this machine.")
    NOVA_TRAIN_MLFLOW_KEY: SecretStr | None = Field(None, description="Token of the MLflow server.")
    NOVA_TRAIN_WANDB_URL: Address = Field("", description="Weights & Biases server that shows training runs. Unset: files on this machine.")
    NOVA_TRAIN_WANDB_KEY: SecretStr | None = Field(None, description="API key of the Weights & Biases server.")
    NOVA_CLAMAV: Daemon = Field("", description="ClamAV daemon that checks uploads: host:port or unix:/path. Unset: they are not checked.")

    NOVA_DROP: str = Field("", description="Folder, or `s3://bucket/prefix`, from which files of readings and prices are taken.")
    NOVA_MQTT_URL: SecretStr | None = Field(None, description="MQTT broker of meter gateways: mqtt://user:password@host:1883, or mqtts://.")
    NOVA_MQTT_TOPICS: Words = Field(
        ("nova/readings/{meter}", "tele/{meter}/SENSOR"),
        description="Topics of meters (comma list); {meter} and {field} stand for a level.",
    )
    NOVA_MQTT_SECONDS: PartOfHour = Field(
        900, ge=60, le=3600, description="Length of the intervals that MQTT samples are gathered into, in seconds."
    )
    NOVA_ENTSOE_TOKEN: SecretStr | None = Field(None, description="Security token of ENTSO-E's transparency platform; set: it is asked.")
    NOVA_SMARD: Switch = Field("off", description="`on` takes prices, load and generation from SMARD (Bundesnetzagentur).")
    SIM_SMARTMETER_INTERVAL_SEC: PartOfHour = Field(
        60, ge=60, le=3600, description="Length of the intervals of simulated meters, in seconds."
    )
    SIM_MARKET_INTERVAL_SEC: int = Field(300, ge=10, le=3600, description="How often the simulator looks for new prices, in seconds.")
    SIM_MARKETS: Words = Field(("EEX", "APX"), description="Markets that are simulated (comma list).")
    SIM_PRODUCTS: Words = Field(("BASE", "PEAK"), description="Products that are simulated (comma list): BASE, PEAK, INTRADAY.")

    GENERATE_MODEL: str = Field("", description="Language model that writes answers. Unset: answers are composed from the best sentences.")
    EMBED_MODEL: str = Field("", description="Embedding model of the same server; its weight in the search is measured, never assumed.")
    OLLAMA_PORT: int | None = Field(None, ge=1, le=65535, description="Port of an Ollama server on this machine; NOVA_OLLAMA_URL wins.")
    NOVA_OLLAMA_URL: Address = Field("", description="Address of an Ollama server.")
    NOVA_OPENAI_URL: Address = Field("", description="Base address of an OpenAI-compatible server (ends in /v1).")
    NOVA_OPENAI_KEY: SecretStr | None = Field(None, description="Key for NOVA_OPENAI_URL.")
    NOVA_NUM_CTX: int = Field(8192, ge=1024, le=1_048_576, description="Context window asked of the model, in tokens.")
    NOVA_MODEL_SECONDS: int = Field(
        100, ge=5, le=3600, description="How long a language model may take for an answer, in seconds, and three fifths of it for a word."
    )

    NOVA_PROMPTS: Path | None = Field(None, description="Your own copy of `prompts/luna.yml`.")
    NOVA_VOCABULARY: Path | None = Field(None, description="Your own domain vocabulary (`wortschatz.yaml`).")
    NOVA_TONE: Literal["luna", "sachlich"] = Field("luna", description="`sachlich` switches Luna's irony off.")

    NOVA_HOTLINE: Telephone = Field(
        "", description="Telephone for emergencies and faults, named before any search. Unset: 112 is named instead."
    )
    NOVA_HOTLINE_GAS: Telephone = Field("", description="The one for gas and carbon monoxide, where it is another.")
    NOVA_HOTLINE_POWER: Telephone = Field(
        "", description="The one for power, fire at electric parts and electric shocks, where it is another."
    )
    NOVA_HOTLINE_HEAT: Telephone = Field("", description="The one for heating and district heating, where it is another.")
    NOVA_HOTLINE_WATER: Telephone = Field("", description="The one for water, where it is another.")

    NOVA_UPLOAD_MB: int = Field(50, ge=1, le=768, description="Largest upload, in MiB.")
    NOVA_FETCH_ALLOW: Words = Field((), description="Hosts or networks `/ingest/url` may reach although they are private (comma list).")
    NOVA_JOB_WORKERS: int = Field(2, ge=0, le=32, description="Jobs run at once in this process; 0 leaves them to `nova worker` processes.")

    NOVA_RATE_LIMITS: Switch = Field("on", description="`off` switches every rate limit off (for load tests).")
    NOVA_RATE_ASK: Rate = Field("30/minute", description="Questions per caller.")
    NOVA_RATE_DEFAULT: Rate = Field("1200/minute", description="All other requests per caller.")
    NOVA_RATE_SIGNIN: Rate = Field("10/minute", description="Failed sign-ins and wrong keys per address.")
    NOVA_RATE_REIDENTIFY: Rate = Field("60/hour", description="Tokens that a service account may ask to have opened.")
    NOVA_ASK_SLOTS: int | None = Field(
        None, ge=1, le=64, description="Questions answered at once. Unset: one for each core (at least 2), or 8 with a language model."
    )
    NOVA_ASK_QUEUE: int = Field(32, ge=0, le=1000, description="Questions that may wait for a slot; more are answered with 503.")

    NOVA_COSTLY_SLOTS: int | None = Field(None, ge=1, le=64, description="Costly work done at once. Unset: one for each core, at least 2.")
    NOVA_BUDGET: int = Field(30, ge=0, le=3600, description="Seconds of processor time a minute for a person's costly work; 0: no limit.")
    NOVA_BUDGET_STAFF: int = Field(60, ge=0, le=3600, description="The same for every other role, but the operator's.")
    NOVA_BUDGET_ADMIN: int = Field(600, ge=0, le=3600, description="The same for the operator.")
    NOVA_QUOTA_DOCUMENTS: int = Field(500, ge=0, le=10**6, description="Documents that a person may keep; 0: no limit, as in all quotas.")
    NOVA_QUOTA_METERS: int = Field(1000, ge=0, le=10**6, description="Meters that may be assigned to a person at the same time.")
    NOVA_QUOTA_MB: int = Field(1000, ge=0, le=10**7, description="MiB of a person's documents (all versions) and delivered files.")
    NOVA_QUOTA_TOKENS: int = Field(20, ge=0, le=10**6, description="Access tokens of a person that are good at the same time.")
    NOVA_QUOTA_JOBS: int = Field(200, ge=0, le=10**6, description="Jobs of a person that may wait at the same time.")
    NOVA_QUOTA_WORDS: int = Field(0, ge=0, le=10**9, description="Tokens of the language model for a person within 24 hours, estimated.")

    NOVA_SNAPSHOT_EVERY: int = Field(24, ge=0, le=8760, description="Hours between snapshots made by themselves; 0 makes none.")
    NOVA_SNAPSHOT_KEEP: int = Field(7, ge=1, le=1000, description="How many of these are kept; those people asked for stay until deleted.")
    NOVA_SNAPSHOT_RECIPIENT: AgeKey = Field("", description="age public key (age1...) to which every snapshot is encrypted.")

    NOVA_SMTP_URL: SecretStr | None = Field(
        None, description="Mail server for alerts: smtp://user:password@host:587 (STARTTLS), smtps://, or smtp+plain:// without TLS."
    )
    NOVA_SMTP_FROM: str = Field("", description="Sender of these mails.")
    NOVA_SMTP_TO: Words = Field((), description="Their recipients (comma list).")
    NOVA_WEBHOOK_URL: SecretStr | None = Field(None, description="Address that alerts and changes of tickets are sent to, signed.")
    NOVA_WEBHOOK_SECRET: SecretStr | None = Field(None, description="Shared secret of these signatures (HMAC-SHA256), at least 16 letters.")

    NOVA_DATA_ROLES: StaffRoles = Field(
        (), description="Roles that may write readings, prices and signals for the company beside the operator (comma list): engineer, ..."
    )
    NOVA_LIBRARY_ROLES: StaffRoles = Field(
        (), description="Roles whose uploaded documents are the company's, as the operator's are (comma list): reviewer, engineer, auditor."
    )
    NOVA_READINGS_DAYS: int = Field(0, ge=0, le=36500, description="Days that readings are kept where their meter says nothing; 0: always.")

    NOVA_ERASE_SNAPSHOTS: Switch = Field("off", description="`on` deletes all older snapshots whenever a person is erased.")
    NOVA_VAULT_LOST: Switch = Field(
        "off", description="`on` starts once without the lost `secrets/vault.key`: vaults it opened are emptied."
    )
    NOVA_SEED_DATABASE_URL: SecretStr | None = Field(None, description="PostgreSQL whose tables and views pipelines may read (read-only).")
    NOVA_SEED_REST_TOKEN: SecretStr | None = Field(None, description="Bearer token for REST sources of pipelines that name this setting.")
    NOVA_SEED_BUCKET_URL: SecretStr | None = Field(
        None, description="Bucket that pipelines may read: https://key:secret@host/bucket/prefix?region=..., or file:///folder."
    )
    NOVA_RETENTION: Path | None = Field(None, description="Your own copy of `config/governance/retention.yaml`: how long rows are kept.")

    NOVA_GRAFANA_URL: Address = Field("", description="Address of a Grafana that `nova boards push` puts dashboards into.")
    NOVA_GRAFANA_TOKEN: SecretStr | None = Field(None, description="Token of a service account of that Grafana (role Editor).")

    NOVA_PRICE_TOKENS: float = Field(0, ge=0, le=1e6, description="EUR for a million tokens of the language model, for the KPI of cost.")
    NOVA_PRICE_CPU: float = Field(0, ge=0, le=1e6, description="EUR for an hour of answering time, for the KPI of cost.")

    NOVA_AUDIT_SYSLOG: str = Field(
        "", description="Syslog receiver that gets every entry of the audit log: udp://host:514, tcp://host:601 or unix:///dev/log."
    )
    NOVA_LOG_LEVEL: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="Least severity that is logged; `info` tells of every request and job."
    )
    NOVA_LOG_FORMAT: Literal["json", "text"] = Field("json", description="`text` for reading at a terminal.")
    NOVA_LOG_FILE: Path | None = Field(None, description="File that takes the log's JSON lines too; five older ones of 20 MB are kept.")

    @model_validator(mode="after")
    def _one_generator(self) -> Self:
        if self.ollama_url and self.NOVA_OPENAI_URL:
            raise ValueError("NOVA_OPENAI_URL und NOVA_OLLAMA_URL schließen einander aus")
        return self

    @model_validator(mode="after")
    def _adapter_server(self) -> Self:
        if self.NOVA_ADAPTER_HOST not in ("", "process") and not self.NOVA_ADAPTER_URL:
            raise ValueError(f"NOVA_ADAPTER_HOST={self.NOVA_ADAPTER_HOST} braucht NOVA_ADAPTER_URL, die Adresse des Servers")
        return self

    @model_validator(mode="after")
    def _somebody_works(self) -> Self:
        if not self.NOVA_JOB_WORKERS and not (self.NOVA_DATABASE_URL and self.NOVA_QDRANT_URL):
            raise ValueError(
                "NOVA_JOB_WORKERS=0 überlässt die Aufträge `nova worker`; das braucht NOVA_DATABASE_URL und NOVA_QDRANT_URL, "
                "sonst erledigt sie niemand"
            )
        return self

    @property
    def ollama_url(self) -> str:
        """Where Ollama listens, or "" when none is configured."""
        if self.NOVA_OLLAMA_URL or self.OLLAMA_PORT is None:
            return self.NOVA_OLLAMA_URL
        return f"http://127.0.0.1:{self.OLLAMA_PORT}"

    @property
    def vocabulary_path(self) -> Path:
        """Where the installation's own vocabulary lies (the file need not exist)."""
        return self.NOVA_VOCABULARY or self.NOVA_DATA / "config" / "wortschatz.yaml"

    @property
    def four_eyes_path(self) -> Path:
        """Where the installation says which actions need a second person (the file need not exist)."""
        return self.NOVA_DATA / "config" / "governance" / "four_eyes.yaml"

    @property
    def retention_path(self) -> Path:
        """Where the installation's own rules of retention lie (the file need not exist)."""
        return self.NOVA_RETENTION or self.NOVA_DATA / "config" / "governance" / "retention.yaml"

    @property
    def thresholds_path(self) -> Path:
        """Where the installation's own thresholds lie (the file need not exist)."""
        return self.NOVA_DATA / "config" / "kpi" / "thresholds.yaml"

    @property
    def policies_path(self) -> Path:
        """Where the installation's own policies of seeding lie (the file need not exist)."""
        return self.NOVA_DATA / "config" / "seeding" / "policies.yaml"

    @property
    def engines_path(self) -> Path:
        """Where the installation's own list of engines lies (the file need not exist)."""
        return self.NOVA_DATA / "config" / "seeding" / "engines.yaml"

    @property
    def pipelines_path(self) -> Path:
        """Where the installation's own pipelines of seeding lie (the folder need not exist)."""
        return self.NOVA_DATA / "config" / "seeding" / "pipelines"

    @property
    def corpora_path(self) -> Path:
        """Where the installation's own inventory of what may be learned from lies (the file need not exist)."""
        return self.NOVA_DATA / "config" / "training" / "corpora.yaml"

    @property
    def training_dataset_path(self) -> Path:
        """Where the installation's own limits of training datasets lie (the file need not exist)."""
        return self.NOVA_DATA / "config" / "training" / "dataset.yaml"

    @property
    def ask_slots(self) -> int:
        """Questions answered at once: more than there are cores only wait for each other, unless a model does the waiting."""
        return self.NOVA_ASK_SLOTS or (8 if self.GENERATE_MODEL else max(2, os.cpu_count() or 2))

    @property
    def costly_slots(self) -> int:
        """Costly work done at once."""
        return self.NOVA_COSTLY_SLOTS or max(2, os.cpu_count() or 2)

    @property
    def hotlines(self) -> dict[str, str]:
        """The supplier's telephone for emergencies (`common`) and those of its divisions; "" where there is none."""
        return {name: getattr(self, f"NOVA_HOTLINE{end}") for name, end in HOTLINES.items()}

    @property
    def upload_bytes(self) -> int:
        """The largest upload, in bytes."""
        return self.NOVA_UPLOAD_MB * 1024 * 1024

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        if self.NOVA_HOST == "localhost":
            return True
        try:
            return ip_address(self.NOVA_HOST.strip("[]")).is_loopback
        except ValueError:
            return False

    @property
    def private(self) -> bool:
        """Whether only this machine can reach Nova, also through no reverse proxy."""
        return self.loopback and not self.NOVA_HOSTS and not self.NOVA_PROXIES

    @property
    def dev_users(self) -> bool:
        """Whether `X-Dev-User` is believed: dev and private only."""
        return self.NOVA_ENV == "dev" and self.private

    @property
    def shared(self) -> dict[str, str]:
        """What processes of an installation must have alike: who embeds uses its model, and who has brokers tells the ends of its jobs."""
        model = {"EMBED_MODEL": self.EMBED_MODEL} if self.EMBED_MODEL else {}
        return {"NOVA_KAFKA_SERVERS": "gesetzt" if self.NOVA_KAFKA_SERVERS else "", **model}

    def source(self, name: str) -> Source:
        """Where a value comes from."""
        return self._sources.get(name, "default")


def load_settings(
    environ: Mapping[str, str] | None = None, env_file: Path | None = Path(".env"), overrides: Mapping[str, Any] | None = None
) -> Settings:
    """Read the environment (before it `.env`, after it what the command line gave) once. Empty values count as unset.

    Raises Misconfigured with the setting's name and the reason; a `NOVA_` name that does not exist is refused too.
    """
    surroundings = os.environ if environ is None else environ
    from_file = {name: value for name, value in (dotenv_values(env_file) if env_file else {}).items() if value}
    given: dict[str, tuple[Any, Source]] = {name: (value, "file") for name, value in from_file.items()}
    given |= {name: (value, "env") for name, value in surroundings.items() if value}
    given |= {name: (value, "command") for name, value in (overrides or {}).items() if value is not None}
    known = {name: pair for name, pair in given.items() if name in Settings.model_fields}
    _refuse_unknown(given)
    try:
        settings = Settings.model_validate({name: value for name, (value, _) in known.items()})
    except ValidationError as error:
        raise Misconfigured(refusal(error)) from None
    settings._sources.update({name: source for name, (_, source) in known.items()})
    return settings


def _refuse_unknown(given: Mapping[str, tuple[Any, Source]]) -> None:
    unknown = sorted(name for name in given if name.startswith("NOVA_") and name not in Settings.model_fields)
    if unknown:
        raise Misconfigured(
            f"Unbekannte Einstellung: {', '.join(unknown)}. Alle Namen zeigt `nova config show`.", data={"settings": unknown}
        )
