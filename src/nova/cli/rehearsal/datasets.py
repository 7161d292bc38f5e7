"""The example data of a Stadtwerk become a version: planted copies go, planted twins stay, and a record leads back to its source."""

from nova.cli.rehearsal.stage import Stage, StepReport, need

NAME, CUSTOMERS, SEED, PAGE = "probe", 500, 1, 200
PIPELINE = f"""name: {NAME}
title: Tickets zur Probe
source: {{sample: {{table: tickets, customers: {CUSTOMERS}, seed: {SEED}}}}}
licence: eigen
purpose: training
subject: kundennummer
steps: [{{harmonise: {{}}}}, {{exact: {{}}}}, {{fuzzy: {{}}}}, {{semantic: {{}}}}]
"""


def cleaning(stage: Stage) -> StepReport:
    """A pipeline is run, and what it left out is held against what was planted."""
    folder = stage.nova.settings.pipelines_path
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.yaml").write_text(PIPELINE, "utf-8")
    result = stage.job(stage.client.post(f"/seeding/pipelines/{NAME}/runs", {"reason": "Probe"})["job_id"])
    need(result["state"] == "done" and result["live"], f"Der Lauf endete anders: {result}")
    left_out = stage.client.get(f"/seeding/runs/{result['run_id']}/removals", limit=PAGE)["removals"]
    merged = {one["id"]: one["kept_id"] for one in left_out if one["kept_id"]}
    copies, twins = _planted()
    found = {frozenset(pair) for pair in merged.items()}
    need(found <= copies, "Ein Datensatz fiel weg, der keine Dublette ist.")
    need(len(found) >= 0.9 * len(copies), f"Nur {len(found)} von {len(copies)} Dubletten wurden gefunden.")
    record = min(merged.values())
    query = {"version": result["version"], "row": record}
    (origin,) = stage.client.get(f"/seeding/datasets/{NAME}/lineage", **query)["origins"]
    need(origin["source_key"] == record, "Die Herkunft führt nicht zur Quelle.")
    text = (
        f"{result['told']} in Fassung {result['version'][:12]}; {len(found)} Dubletten weg, {twins} Zwillinge mit anderen Angaben behalten."
    )
    return StepReport(text, {"version": result["version"], "copies": len(found), "twins": twins})


def _planted() -> tuple[set[frozenset[str]], int]:
    """The pairs of which one is a copy of the other, and how many twins there are."""
    from nova.seeding.sample import make

    of = [one for one in make(CUSTOMERS, SEED).truth.iter_rows(named=True) if one["table"] == "tickets" and one["of"]]
    return {frozenset((one["id"], one["of"])) for one in of if one["kind"] == "copy"}, sum(one["kind"] == "twin" for one in of)
