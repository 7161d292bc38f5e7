"""What serves, where it lies and whom alerts reach in, the page out (German Markdown) by which who is called at night can help themselves.

Only names, hashes and commands of the installation stand there, and no word of anybody. The text is `page.md` beside this file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources

from nova import german
from nova.journal import table

PLACE = "models/finetune_runbook.md"
STEPS = {
    "made": "angelegt", "trial": "wird erprobt", "dropped": "wird nicht mehr erprobt", "live": "dient", "back": "dient wieder",
    "withdrawn": "zurückgenommen",
}  # fmt: skip
# One hash of a folder's weights, as `nova.training.config.folder_digest` makes it, with what every Linux has.
DIGEST = r"""summe() (
  cd "$1" && ls *.safetensors *.json *.jinja *.model *.txt 2>/dev/null | LC_ALL=C sort | while read -r datei; do
    printf '%s\0%s\n' "$datei" "$(sha256sum "$datei" | cut -d' ' -f1)"
  done | sha256sum | cut -d' ' -f1
)"""


@dataclass(frozen=True, slots=True)
class Place:
    """The installation: how `nova` is called, how with a person's own token, how it is started, and what says why it does not run.

    Then its data folder, its pages' address, its host ("": none), the host's address and base.
    """

    nova: str
    person: str
    start: str
    reason: str
    data: str
    address: str
    host: str
    host_url: str
    base: str

    @property
    def named_host(self) -> str:
        """The host as people know it."""
        return f"{self.host} {self.host_url}".strip()


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom alerts reach: the addresses of mails, whether a webhook is set up, and the rules about training and adapters."""

    mails: Sequence[str]
    webhook: bool
    rules: Sequence[tuple[str, str, str]]  # name, text, whose ticket


@dataclass(frozen=True, slots=True)
class Served:
    """An adapter and what it stands on, both with the hash that was judged; `before` answers after a step back ("": the base)."""

    run: str
    since: datetime | None
    share: float
    folder: str
    adapter_sha256: str
    base: str
    base_folder: str
    base_sha256: str
    before: str


@dataclass(frozen=True, slots=True)
class Situation:
    """What is so now: what serves, what is tried, tickets that ask for a training (number, since), and the newest steps (at, run, step)."""

    live: Served | None
    trial: Served | None
    wanted: Sequence[tuple[int, datetime]]
    steps: Sequence[tuple[datetime, str, str]]


def runbook(now: Situation, place: Place, reach: Reach) -> str:
    """The page; the same situation gives the same page, so that it is written anew only where something has changed."""
    wanted = [(number, german.moment(at)) for number, at in now.wanted]
    steps = [(german.moment(at), run, STEPS.get(step, step)) for at, run, step in now.steps]
    before = (now.live.before or "die Basis") if now.live else "die Basis; das tut sie schon"
    return resources.files("nova.training.runbook").joinpath("page.md").read_text("utf-8").format(
        stand=steps[0][0] if steps else "noch keiner",
        nova=place.nova, person=place.person, start=place.start, reason=place.reason, address=place.address, before=before,
        host=f" ({place.named_host})" if place.host else "",
        serving=table(("", ""), _serving(now, place)),
        checks="\n".join((DIGEST, *_checks(now))),
        wanted=table(("Ticket", "Offen seit"), wanted) if wanted else "Zurzeit verlangt kein Ticket ein Training.\n",
        ways=_ways(reach),
        rules=table(("Regel", "Bedeutung", "Ticket für"), reach.rules),
        steps=table(("Wann", "Lauf", "Schritt"), steps) if steps else "Noch nichts.\n",
    )  # fmt: skip


def _serving(now: Situation, place: Place) -> Iterator[tuple[str, str]]:
    if now.live is None:
        yield "Dient", "niemand; es antwortet die Basis oder, ohne Sprachmodell, die Fundstellen selbst"
    else:
        yield "Dient", f"{now.live.run}{_since(now.live)}"
        yield from _stands_on(now.live)
        yield "Nach einem Schritt zurück antwortet", now.live.before or "die Basis"
    if now.trial is not None:
        share = f"für {german.percent(now.trial.share)} der Menschen" if now.trial.share else "im Schatten"
        yield "Wird erprobt", f"{now.trial.run}{_since(now.trial)}, {share}"
        yield from _stands_on(now.trial)
    yield "Host", f"{place.named_host}, Basis {place.base}" if place.host else "keiner eingerichtet (NOVA_ADAPTER_HOST)"


def _since(one: Served) -> str:
    return f" seit {german.moment(one.since)}" if one.since else ""


def _stands_on(one: Served) -> Iterator[tuple[str, str]]:
    yield "Adapter", f"{one.folder}, Summe {one.adapter_sha256}"
    yield "Basis", f"{one.base}, Summe {one.base_sha256}"


def _checks(now: Situation) -> Iterator[str]:
    if now.live is None and now.trial is None:
        yield "# Es dient kein Adapter."
    for one in (now.live, now.trial):
        if one is not None:
            yield f"summe '{one.folder}'  # muss sein: {one.adapter_sha256}"
            yield f"summe '{one.base_folder}'  # muss sein: {one.base_sha256}"


def _ways(reach: Reach) -> str:
    mails = [f"Mail an {', '.join(reach.mails)}"] if reach.mails else []
    found = ["das Protokoll", *mails, *(["den Webhook"] if reach.webhook else [])]
    if len(found) == 1:
        return f"{found[0]} und sonst an niemanden (NOVA_SMTP_URL oder NOVA_WEBHOOK_URL einrichten)"
    return f"{', '.join(found[:-1])} und {found[-1]}"
