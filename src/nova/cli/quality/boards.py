"""Nothing or a folder in, Grafana's dashboards out: as files, or put into a Grafana."""

from pathlib import Path

import click

from nova import __version__
from nova.cli import output
from nova.cli.session import settings_of
from nova.kpi.report import boards


@click.group("boards")
def command() -> None:
    """Grafana-Tafeln schreiben und nach Grafana bringen."""


@command.command("write")
@click.argument("folder", metavar="ORDNER", type=click.Path(file_okay=False, path_type=Path))
def write(folder: Path) -> None:
    """Die Tafeln als Dateien schreiben, wie Grafana sie beim Start liest."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, dashboard in boards.dashboards().items():
        draft = folder / f"{name}.new"
        draft.write_text(boards.text(dashboard), encoding="utf-8")
        draft.replace(folder / name)
        output.line(str(folder / name))


@command.command("push")
@click.option("--overwrite", is_flag=True, help="Auch ersetzen, was in Grafana geändert wurde.")
@output.json_option
@click.pass_context
def push(ctx: click.Context, overwrite: bool, as_json: bool) -> None:
    """Die Tafeln nach Grafana bringen (NOVA_GRAFANA_URL, NOVA_GRAFANA_TOKEN)."""
    from nova.wiring.boards import open_grafana

    rows = []
    with open_grafana(settings_of(ctx)) as grafana:
        grafana.ensure_folder(boards.FOLDER_UID, boards.FOLDER_TITLE)
        for dashboard in boards.dashboards().values():
            done = grafana.push(dashboard, boards.FOLDER_UID, overwrite=overwrite, message=f"Nova {__version__}")
            rows.append({"uid": done.uid, "url": done.url, "version": done.version, "changed": done.changed})
    if as_json:
        output.data({"boards": rows})
    else:
        output.table(rows, {"uid": "Tafel", "version": "Fassung", "changed": "geändert", "url": "Adresse"})
