"""A question in, the cited answer out; of an emergency what to do, before anything is opened or asked."""

import click

from nova.cli import output
from nova.cli.answer import show, show_warning
from nova.cli.session import session, settings_of


@click.command("ask")
@click.argument("question", nargs=-1, required=True)
@click.option("--top-k", type=click.IntRange(1, 50), default=6, show_default=True, help="Wie viele Fundstellen die Antwort nutzen darf.")
@click.option("--kind", help="Nur Dokumente dieser Art.")
@click.option("--tag", help="Nur Dokumente mit diesem Schlagwort.")
@click.option("--item", "item_id", help="Nur dieses Dokument (Kennung).")
@click.option("--no-emergency", is_flag=True, help="Niemand ist in Gefahr: suchen, wonach auch immer die Frage klingt.")
@click.option("--as-of", metavar="JJJJ-MM-TT", help="Nach dem Stand dieses Tages.")
@output.json_option
@click.pass_context
def command(ctx: click.Context, /, question: tuple[str, ...], top_k: int, as_json: bool, no_emergency: bool, **narrow: str | None) -> None:
    """Eine Frage stellen und die belegte Antwort lesen."""
    from nova.answers.emergency import urgent
    from nova.cli.hotlines import hotlines

    as_of = narrow.pop("as_of")
    filters = {name: value for name, value in narrow.items() if value}
    text = " ".join(question)
    if not no_emergency and (warning := urgent(text, hotlines(settings_of(ctx)))) is not None:
        show_warning(warning, as_json=as_json)
        return
    body = {"question": text, "top_k": top_k, "filters": filters, "no_emergency": no_emergency, **({"as_of": as_of} if as_of else {})}
    with session(ctx) as client:
        answer = client.post("/rag/ask", body)
    output.data(answer) if as_json else show(answer)
