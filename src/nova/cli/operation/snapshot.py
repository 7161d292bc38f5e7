"""Words in, snapshots made, listed, tried out or deleted."""

import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from nova import german
from nova.cli import output
from nova.cli.german import agreed
from nova.cli.operation.keyring import identity_option, key_from, passphrase_from, passphrase_option
from nova.cli.session import session, settings_of, throw_away
from nova.errors import BadSnapshot, Busy, InvalidInput, NovaError, ServerAbsent, TooManyRequests
from nova.flows.erasure.ledger import FOLDER, Ledger
from nova.flows.snapshots.kept import Kept, Proof, Snapshot, digest, drafting, facts, read_record, record_of, write_record
from nova.flows.withdrawals import Withdrawals

if TYPE_CHECKING:
    from nova.cli.client import Client

LOOK_SECONDS = 0.3
SEAL_PATIENCE = 1800.0  # a proof may have begun meanwhile; well below the time that a snapshot lies aside
NOTE_PATIENCE = 60.0
LOOK_PATIENCE = 300.0  # a Nova that restarts, or whose database does, is asked again so long
PIECE = 1 << 20
COLUMNS = {
    "snapshot_id": "Kennung",
    "created_at": "Angelegt",
    "size": "Größe",
    "sealed": "Verschlüsselt",
    "proven": "Probe",
    "file": "Datei",
}


@click.group("snapshot", invoke_without_command=True)
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), metavar="ORDNER", help="Eine Kopie auch hierhin legen.")
@passphrase_option
@click.option("--recipient", metavar="SCHLÜSSEL", help="Öffentlicher age-Schlüssel (age1...), für den verschlüsselt wird.")
@click.option("--index", is_flag=True, help="Den Suchindex mitsichern: größer, aber schneller wieder da.")
@output.json_option
@click.pass_context
def command(ctx: click.Context, to: Path | None, passphrase_file: Path | None, recipient: str | None, index: bool, as_json: bool) -> None:
    """Sicherungen anlegen, ansehen, prüfen."""
    if ctx.invoked_subcommand is not None:
        return
    if passphrase_file is not None and recipient:
        raise InvalidInput("--passphrase-file und --recipient schließen einander aus.")
    kept = Kept(settings_of(ctx).NOVA_DATA)
    with session(ctx) as client:
        if passphrase_file is None:
            asked = {"qdrant": index, **({"recipient": recipient} if recipient else {})}
            made = kept.get(UUID(_made(client, asked)["snapshot_id"]))
        else:
            made = _sealed(client, kept, index, passphrase_from(passphrase_file))
    place = kept.path(made) if to is None else copy(kept.path(made), to, made.sha256)
    output.data({**facts(made), "path": str(place)}) if as_json else output.line(str(place))
    output.note(f"{german.megabytes(made.bytes)}, {made.documents} Dokumente, {made.objects} Dateien.")
    if not made.encrypted:
        output.note(
            "Sie ist nicht verschlüsselt und enthält alle Dokumente und Fragen: Bewahren Sie sie so sicher auf wie den Datenordner."
        )
    for flaw in made.flaws:
        output.note(f"! {flaw}")


@command.command("list")
@output.json_option
@click.pass_context
def list_snapshots(ctx: click.Context, as_json: bool) -> None:
    """Die Sicherungen im Datenordner, die neuesten zuerst."""
    kept = Kept(settings_of(ctx).NOVA_DATA)
    found = kept.list()
    if as_json:
        proof = kept.last_proof()
        output.data({"snapshots": [facts(one) for one in found], "last_proof": None if proof is None else facts(proof)})
        return
    output.table([_row(one) for one in found], COLUMNS)
    if not found:
        output.note("Es gibt noch keine Sicherung; `nova snapshot` legt eine an.")


@command.command("prove")
@click.argument("file", metavar="DATEI", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@identity_option
@passphrase_option
@click.option("--work", type=click.Path(exists=True, file_okay=False), metavar="ORDNER", help="Worin der Wegwerf-Ordner liegen soll.")
@output.json_option
@click.pass_context
def prove(ctx: click.Context, file: Path, identity: Path | None, passphrase_file: Path | None, work: str | None, as_json: bool) -> None:
    """Eine Sicherung in einen Wegwerf-Ordner einspielen und vergleichen."""
    from nova.jobs.snapshots.restore import fill
    from nova.logs import configure_logs

    began, settings = time.monotonic(), settings_of(ctx)
    key = key_from(identity, passphrase_file)
    configure_logs(level="error", text=True, scrub=lambda text: text)
    with tempfile.TemporaryDirectory(prefix="nova-", dir=work) as folder:
        data = Path(folder) / "data"
        data.mkdir()
        manifest, findings = fill(file, key, throw_away(settings, data), tell)
    output.progress("", final=False)
    seconds = round(time.monotonic() - began, 1)
    problems = (*changed(file), *manifest["flaws"], *findings.problems)
    _note(
        settings.NOVA_DATA,
        file,
        Proof(datetime.now(UTC), UUID(manifest["snapshot_id"]), not problems, "file", seconds, findings.questions, problems),
    )
    report = {**asdict(findings), "ok": not problems, "snapshot_id": manifest["snapshot_id"], "created_at": manifest["created_at"]}
    if as_json:
        output.data({**report, "problems": list(problems), "seconds": seconds})
    else:
        _tell_proof(report, problems, seconds)
    ctx.exit(BadSnapshot.exit_code if problems else 0)


@command.command("delete")
@click.argument("snapshot_ids", nargs=-1, required=True, metavar="KENNUNG...")
@click.option("--yes", is_flag=True, help="Nicht nachfragen.")
@click.pass_context
def delete(ctx: click.Context, snapshot_ids: tuple[str, ...], yes: bool) -> None:
    """Sicherungen aus dem Datenordner löschen."""
    if not yes and not agreed(f"{len(snapshot_ids)} Sicherung(en) endgültig löschen?"):
        raise click.Abort
    with session(ctx) as client:
        for snapshot_id in snapshot_ids:
            client.delete(f"/admin/snapshots/{snapshot_id}")
            output.line(f"{snapshot_id} gelöscht")


def changed(file: Path) -> list[str]:
    """A sentence when a file is not what its record beside it says."""
    record = read_record(record_of(file))
    same = record is None or record.sha256 == digest(file)
    return [] if same else [f"Die Datei {file.name} hat sich seit der Sicherung verändert."]


def tell(stage: str, done: int, total: int) -> None:
    """Where the work stands, on stderr."""
    output.progress(f"  {stage}  {done}/{total}" if total else f"  {stage} ...")


def copy(source: Path, folder: Path, sha256: str) -> Path:
    """A copy of a snapshot in another folder, read back and compared."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / source.name
    with source.open("rb") as file, drafting(target) as draft:
        while piece := file.read(PIECE):
            draft.write(piece)
    Ledger(folder / FOLDER).take_over(Ledger(source.parent / FOLDER).all())
    Withdrawals(folder / FOLDER).take_over(Withdrawals(source.parent / FOLDER).all())
    if digest(target) != sha256:
        target.unlink()
        raise BadSnapshot(f"Die Kopie in {folder} ist nicht gleich der Sicherung und wurde entfernt.")
    return target


def _made(client: "Client", body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Ask for a snapshot and wait, also while nobody answers for a moment; gives the job's result. Whoever stops waiting cancels it."""
    job_id = client.post("/admin/snapshots", body)["job_id"]
    with ExitStack() as unless_it_ends:
        unless_it_ends.callback(_cancel, client, job_id)
        while (job := _job(client, job_id))["state"] in ("queued", "running"):
            tell(job["stage"], job["progress"], job["total"])
            time.sleep(LOOK_SECONDS)
        unless_it_ends.pop_all()
    output.progress("", final=False)
    if job["state"] != "done":
        raise NovaError(job["error"] or "Die Sicherung wurde abgebrochen.")
    result: Mapping[str, Any] = job["result"]
    return result


def _job(client: "Client", job_id: str) -> Mapping[str, Any]:
    until = time.monotonic() + LOOK_PATIENCE
    while True:
        try:
            job: Mapping[str, Any] = client.get(f"/jobs/{job_id}")
            return job
        except (ServerAbsent, Busy, TooManyRequests):
            if time.monotonic() > until:
                raise
        time.sleep(LOOK_SECONDS)


def _cancel(client: "Client", job_id: str) -> None:
    with suppress(NovaError):
        client.post(f"/jobs/{job_id}/cancel")


def _sealed(client: "Client", kept: Kept, index: bool, passphrase: str) -> Snapshot:
    """A snapshot that the passphrase opens. It is made for a key pair of this moment, so Nova never learns the passphrase.

    Until the passphrase's header has taken the place of the pair's it lies aside: without this process nobody could ever open it.
    """
    from nova.wiring import archive

    pair = archive.new_pair()
    waiting = kept.aside(_made(client, {"qdrant": index, "recipient": pair.recipient, "aside": True})["file"])
    try:
        made = read_record(record_of(waiting))
        if made is None:
            raise BadSnapshot("Die Sicherung wurde entfernt, bevor sie das Kennwort bekam. Legen Sie sie noch einmal an.")
        path = kept.path(made)
        with kept.writing(SEAL_PATIENCE), waiting.open("rb") as file, drafting(path) as draft:
            archive.reseal(file, draft.binary, pair, passphrase)
            made = replace(made, bytes=draft.bytes, sha256=draft.sha256)
            write_record(path, made)
    finally:
        for left in (waiting, record_of(waiting)):
            left.unlink(missing_ok=True)
    return made


def _note(data: Path, file: Path, proof: Proof) -> None:
    """Remember the proof where the file is one of this data folder's own, or a copy of one."""
    record = read_record(record_of(file))
    kept = Kept(data)
    if (record is not None and file.parent.resolve() == kept.folder.resolve()) or any(
        one.snapshot_id == proof.snapshot_id and one.sha256 == digest(file) for one in kept.list()
    ):
        try:
            with kept.writing(NOTE_PATIENCE):
                kept.note_proof(proof)
        except Busy as error:
            output.note(f"Die Probe wurde nicht vermerkt. {error.message}")


def _tell_proof(report: Mapping[str, Any], problems: tuple[str, ...], seconds: float) -> None:
    output.line("In Ordnung." if not problems else "Nicht in Ordnung:", bold=True)
    for problem in problems:
        output.line(f"✗ {problem}")
    asked = "mit denselben Belegen wie vorher" if report["same"] else "mit gültigen Belegen"
    output.line(
        f"{report['tables']} Tabellen mit {report['rows']} Zeilen, {report['objects']} Dateien, {report['points']} Passagen im Index, "
        f"{report['questions']} Fragen {asked} ({seconds} s)."
    )


def _row(snapshot: Snapshot) -> dict[str, Any]:
    return {
        **facts(snapshot),
        "size": german.megabytes(snapshot.bytes),
        "sealed": snapshot.encrypted,
        "proven": _proven(snapshot.proof),
    }


def _proven(proof: Proof | None) -> str:
    """How a trial went; one of another file, made in the same way, is no trial of this one."""
    if proof is None:
        return ""
    passed = "bestanden" if proof.what == "file" else "gleich angelegte bestanden"
    return f"{passed if proof.ok else 'misslungen'} {output.local_time(proof.at.isoformat())}"
