"""The code in, docs/reference out: a page each of settings, commands, endpoints, metrics, promises. `--check` compares (exit code 1)."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from nova.api.app import all_routers
from nova.api.doors import DoorRoute
from nova.api.gauges import door_gauges
from nova.api.protocol.metrics import Metrics
from nova.cli.root import nova
from nova.effective import is_secret
from nova.roles import CAPABILITIES, ROLES, Role, those_who_may
from nova.settings import Settings
from nova.wiring.watching import gauges_of
from scripts import papers

DOCS = Path(__file__).parent.parent / "docs"
TARGET = DOCS / "reference"
NAMES: Mapping[Role, str] = {"admin": "operator", "service": "service account"}
OPEN = {  # routes without a door that ask for something themselves
    "create_session": "whoever has a key or token",
    **dict.fromkeys(("sign_in_by_password", "sign_in_by_code", "sign_in_by_passkey"), "whoever proves who they are"),
    **dict.fromkeys(("join_by_password", "join_by_code", "join_by_passkey"), "whoever has an invitation's link"),
    "log_out_by_company": "the company's own sign-in, by its signature",
    "take_session": "whoever signs with the hook's secret",
    "order_run": "whoever signs with the hook's secret",
    "get_metrics": "anyone on this machine; behind a proxy the metrics key, operator",
}
MADE = "Made from the code by `make reference`; a test compares the two."


def main() -> int:
    """Write every page, or say which one is stale."""
    stale = [name for name, text in pages().items() if not (TARGET / name).exists() or (TARGET / name).read_text("utf-8") != text]
    if "--check" in sys.argv:
        print("\n".join(f"stale: docs/reference/{name}" for name in stale))
        return 1 if stale else 0
    TARGET.mkdir(exist_ok=True)
    for name, text in pages().items():
        (TARGET / name).write_text(text, "utf-8")
    return 0


def pages() -> dict[str, str]:
    """Each page's name and text."""
    return {
        "settings.md": settings(),
        "commands.md": commands(),
        "endpoints.md": endpoints(),
        "metrics.md": metrics(),
        "roles.md": roles(),
        "papers.md": promises(),
    }


def settings() -> str:
    """Every environment name Nova reads."""
    rows = [(f"`{name}`", _default(name, field), field.description or "") for name, field in Settings.model_fields.items()]
    intro = (
        "Nova reads these names from the environment or from `.env` in the folder it is started in, once, at the start. "
        "`nova config show` prints what is in force and where it comes from. A `NOVA_` name that is not listed here is refused."
    )
    return page("Settings", intro, table(("Name", "Default", "Meaning"), rows))


def commands() -> str:
    """Every command with its options, as `--help` gives them."""
    intro = (
        "Data go to stdout, everything else to stderr; every reading command takes `--json`. "
        "Exit codes: 0 done, 1 error, 2 wrong usage, 3 not found, 4 unhealthy, 5 a gate was missed, 130 interrupted."
    )
    parts = [f"## `{path}`\n\n{command.help or ''}\n\n{_options(command)}".rstrip() for path, command in walk(nova, "nova")]
    return page("Commands", intro, "\n\n".join(parts))


def endpoints() -> str:
    """Every route with the roles that its door lets pass, and its other names; both are asked of the routes themselves."""
    described = json.loads((DOCS / "openapi.json").read_text("utf-8"))
    told = {(path, method): one for path, methods in described["paths"].items() for method, one in methods.items()}
    rows = []
    for names in _routes():
        shown = next((route for route in names if (route.path, _method(route)) in told), None)
        if shown is not None:
            others = [f"`{_method(route).upper()} {route.path}`" for route in names if route is not shown]
            summary = told[shown.path, _method(shown)].get("summary", "")
            rows.append((f"`{_method(shown).upper()} {shown.path}`", _who(shown), summary, ", ".join(others)))
    intro = (
        "Every JSON answer is `{status, message, data, trace_id}`; an error's `data.code` is stable. The whole description is "
        "[openapi.json](../openapi.json), and a running Nova shows it under `/api/v1/docs`. `/v1/...` speaks OpenAI's format. "
        '"Every person" is whoever has signed in, in any role; a service account is no person and passes only where it is named. '
        "Another name of a route has the same door, the same limits and the same answer (`tests/api/test_other_names.py`)."
    )
    return page("Endpoints", intro, table(("Endpoint", "Who", "What", "Other names"), sorted(rows, key=_by_path)))


def _by_path(row: tuple[str, ...]) -> list[str]:
    return row[0].strip("`").split(" ")[::-1]


def metrics() -> str:
    """Every name under `/metrics`."""
    made = Metrics()
    made.watch([*gauges_of(None), *door_gauges(None)])  # type: ignore[arg-type]
    rows = sorted((f"`{name}`", kind, ", ".join(f"`{label}`" for label in labels), text) for name, kind, labels, text in _metrics(made))
    intro = (
        "`GET /metrics` gives them in Prometheus' text format: without sign-in on loopback, else with `NOVA_METRICS_KEY` as bearer "
        "or the operator's key."
    )
    return page("Metrics", intro, table(("Name", "Kind", "Labels", "Meaning"), rows))


def promises() -> str:
    """What the papers promise, from papers.yaml: where it is kept, what is still to come, and why some of it is not made true."""
    made = papers.load()
    intro = (
        "Nova comes from five papers. Each of their promises (names, paths, commands, ports, files, numbers) stands here once, as "
        + ", ".join(f"`{standing}` ({meaning})" for standing, meaning in papers.MEANINGS.items())
        + ". `tests/house/test_papers.py` looks whether every place and every test named here exists."
    )
    subjects = Counter(row.subject for row in made.promises if row.subject)
    reasons = Counter(row.reason for row in made.promises)
    parts = [
        table(("Paper", *papers.MEANINGS), papers.counts(made)),
        "## Why something is not made true",
        table(("Key", "Promises", "Reason"), [(f"*{key}*", reasons[key], text) for key, text in made.reasons.items()]),
        "## What is still to come",
        table(("Subject", "Promises"), subjects.most_common()),
    ]
    for paper, title in made.papers.items():
        rows = [row for row in made.promises if row.paper == paper]
        heads = ("Section", "Promise", "Standing", "Where, what is missing, or why not", "Test")
        parts += [f"## {paper} {title}", table(heads, papers.lines(rows))]
    return page("Papers", intro, "\n\n".join(parts), "Made from [papers.yaml](papers.yaml) by `make reference`; a test compares the two.")


def page(title: str, intro: str, body: str, made: str = MADE) -> str:
    """A page's text."""
    return f"# {title}\n\n{intro}\n\n{made}\n\n{body}\n"


def table(heads: tuple[str, ...], rows: Any) -> str:
    """A Markdown table."""
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def walk(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, with its words."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        if inner:
            yield from walk(inner, f"{path} {name}")


def roles() -> str:
    """Who may what, in the words that people are shown."""
    shown = [(name, card) for name, card in ROLES.items() if name != "service"]
    heads = ("May", "In words", *(f"{NAMES.get(name, name)}<br>({card.title})" for name, card in shown))
    rows = [(f"`{one}`", text, *("yes" if one in card.may else "" for _, card in shown)) for one, text in CAPABILITIES.items()]
    who = table(("Role", "Who that is"), [(f"`{name}`", f"{card.title}. {card.who}") for name, card in ROLES.items()])
    intro = (
        "The table in `src/nova/roles.py`, from which the doors of the API, the description of its routes and the pages of the web app are "
        "made. What is behind a capability: [endpoints](endpoints.md). A service account may `reidentify` and nothing else; the operator's "
        "key may what an operator may, without a name."
    )
    return page("Roles", intro, f"{who}\n\n{table(heads, rows)}")


def _options(command: click.Command) -> str:
    rows = []
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            default = f" (default {parameter.default})" if parameter.show_default else ""
            rows.append((f"`{', '.join(parameter.opts)}`", f"{parameter.help or ''}{default}"))
        else:
            rows.append((f"`{parameter.make_metavar(click.Context(command))}`", "needed" if parameter.required else "optional"))
    return table(("Words", "Meaning"), rows) if rows else ""


def _default(name: str, field: Any) -> str:
    if name == "NOVA_DATA":
        return "`~/.local/share/nova`"
    if is_secret(field) or field.default in (None, "", ()):
        return ""
    return f"`{field.default}`"


def _routes() -> list[list[DoorRoute]]:
    """Every route with its other names: routes that call the same function in the same way."""
    found: dict[Any, list[DoorRoute]] = {}
    for router in all_routers():
        for route in router.routes:
            if isinstance(route, DoorRoute):
                found.setdefault((route.endpoint, _method(route)), []).append(route)
    return list(found.values())


def _method(route: DoorRoute) -> str:
    (method,) = route.methods
    return method.lower()


def _who(route: DoorRoute) -> str:
    """Who passes a route's door; where it is open, what the route itself asks for."""
    if not route.needs:
        return OPEN.get(route.name, "anyone")
    if route.needs == {"use"}:
        return "every person, operator"
    return ", ".join(NAMES.get(role, role) for role in ROLES if role in those_who_may(*route.needs))


def _metrics(made: Metrics) -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    for collector in dict.fromkeys(made.registry._collector_to_names):
        labels = getattr(collector, "_labelnames", ())
        for family in collector.describe():
            suffix = "_total" if family.type == "counter" else ""
            yield f"{family.name}{suffix}", family.type, tuple(labels) or tuple(getattr(family, "_labelnames", ())), family.documentation


if __name__ == "__main__":
    sys.exit(main())
