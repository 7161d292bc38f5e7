"""The Terraform module read as HCL: what it uses is declared, what it sets the chart has; and worked out where Terraform is found."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import hcl2
import pytest
import yaml

from tests.house.charts import CHART, documents, of_kind, paths, pod, rendered
from tests.house.compose import DEPLOY

MODULE = DEPLOY / "terraform"
TERRAFORM = shutil.which("terraform")
TEXT = "".join(path.read_text("utf-8") for path in sorted(MODULE.glob("*.tf")))
PROVIDED = {"helm": "helm_release", "kubernetes": "kubernetes_"}
IMAGE = {"repository": "registry.stadtwerke.example/nova-luna", "tag": "0.1.0"}
needs_terraform = pytest.mark.skipif(TERRAFORM is None, reason="there is no terraform here")


def bare(value: Any) -> Any:
    """What the parser read, without its quotes and marks."""
    if isinstance(value, dict):
        return {key.strip('"'): bare(one) for key, one in value.items() if not key.startswith("__")}
    if isinstance(value, list):
        return [bare(one) for one in value]
    return value.strip('"') if isinstance(value, str) else value


def blocks(kind: str) -> dict[str, Any]:
    """All of a kind in the module, by name."""
    found: dict[str, Any] = {}
    for path in sorted(MODULE.glob("*.tf")):
        with path.open(encoding="utf-8") as file:
            for block in bare(hcl2.load(file)).get(kind, ()):
                found |= (
                    block if kind != "resource" else {f"{of}.{name}": body for of, named in block.items() for name, body in named.items()}
                )
    return found


def test_every_file_is_read_and_every_variable_used_is_declared_and_the_other_way_round() -> None:
    declared = set(blocks("variable"))
    assert declared == set(re.findall(r"\bvar\.(\w+)", TEXT))
    assert set(blocks("locals")) == set(re.findall(r"\blocal\.(\w+)", TEXT))


def test_every_variable_is_described_and_typed_and_checked_where_it_can_be_wrong() -> None:
    variables = blocks("variable")
    assert all(one["description"] and one["type"] for one in variables.values())
    assert {name for name, one in variables.items() if "validation" not in one} == {"chart", "ingress"}
    assert {name for name, one in variables.items() if "default" not in one} == {"image"}
    assert all(one["description"] for one in blocks("output").values())


def test_secrets_stand_in_no_state() -> None:
    secrets, resource = blocks("variable")["secrets"], blocks("resource")["kubernetes_secret_v1.settings"]
    assert secrets["sensitive"] is True and secrets["ephemeral"] is True
    assert "data" not in resource and "var.secrets[" in resource["data_wo"] and resource["data_wo_revision"] == "${var.secrets_revision}"
    assert "var.secrets" not in (MODULE / "values.tf").read_text("utf-8") + (MODULE / "outputs.tf").read_text("utf-8")


def test_the_release_is_the_chart_of_this_tree_in_a_namespace_of_its_own() -> None:
    resources = blocks("resource")
    release = resources["helm_release.nova"]
    assert release["chart"].endswith('"${path.module}/../helm/nova"}') and MODULE.parent / "helm" / "nova" == CHART
    assert release["values"] == ["${yamlencode(local.values)}"] and "kubernetes_namespace_v1.nova" in release["namespace"]
    assert (
        {one["name"] for one in release["set"]} == {"settingsRevision"} <= set(yaml.safe_load((CHART / "values.yaml").read_text("utf-8")))
    )
    assert set(re.findall(r"\b(kubernetes_\w+\.\w+)\b", TEXT)) <= set(resources)
    wanted = blocks("terraform")["required_providers"][0]
    assert all(any(name.startswith(prefix) for name in resources) for provider, prefix in PROVIDED.items() if provider in wanted)
    assert set(wanted) == set(PROVIDED) and all(re.search(r"\d", one["version"]) for one in wanted.values())


def test_every_value_it_sets_is_one_of_the_charts() -> None:
    chart = yaml.safe_load((CHART / "values.yaml").read_text("utf-8"))
    known = set(paths(chart)) | {place.rpartition(".")[0] for place in paths(chart)}
    given = blocks("locals")["values"]
    written = {place for place in paths(given) if place != "adapterHost"}
    assert written - known == set()
    host = set(re.findall(r"^      (\w+) += one\.", TEXT, re.MULTILINE))
    assert {"base", "gpus"} <= host <= set(chart["adapterHost"])


def worked_out(folder: Path, given: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    """What Terraform makes of variables: the values for the chart. No provider, no network, no cluster."""
    for name in ("variables.tf", "values.tf"):
        shutil.copy(MODULE / name, folder)
    (folder / "out.tf").write_text('output "values" { value = jsonencode(local.values) }', "utf-8")
    (folder / "given.auto.tfvars.json").write_text(json.dumps({"image": IMAGE} | given), "utf-8")
    return terraform(folder, "apply", "-auto-approve", "-input=false", "-no-color")


def terraform(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "CHECKPOINT_DISABLE": "1"}
    return subprocess.run([str(TERRAFORM), *words], cwd=folder, env=env, capture_output=True, text=True, check=False)


@needs_terraform
def test_terraform_finds_its_files_well_formed() -> None:
    assert terraform(MODULE, "fmt", "-check", "-diff").stdout == ""


@needs_terraform
def test_what_terraform_works_out_is_what_helm_renders(tmp_path: Path) -> None:
    given = {
        "settings": {"NOVA_COMPANY": "Stadtwerke"}, "secret_names": ["NOVA_DATABASE_URL", "ADMIN_API_KEY"], "hosts": ["nova.x.example"],
        "ingress": {"class": "nginx", "tls_secret": "tls", "proxies": ["10.1.0.0/16"]}, "storage": {"access_mode": "ReadWriteMany"},
        "secrets": {"NOVA_DATABASE_URL": "postgresql://nova:x@db/nova", "ADMIN_API_KEY": "a" * 32},
        "database": {"cidr": "10.0.0.7/32"}, "adapter_host": {"base": "models/base/klein", "gpus": 2},
    }  # fmt: skip
    done = worked_out(tmp_path, given)
    assert done.returncode == 0, done.stderr
    values = json.loads(json.loads(terraform(tmp_path, "output", "-json").stdout)["values"]["value"])
    docs = rendered(values)
    (nova,) = of_kind(docs, "StatefulSet")
    assert pod(nova)["containers"][0]["image"] == f"{IMAGE['repository']}:{IMAGE['tag']}"
    assert {one["valueFrom"]["secretKeyRef"]["name"] for one in pod(nova)["containers"][0]["env"]} == {"nova-settings"}
    assert [one["spec"]["rules"][0]["host"] for one in of_kind(docs, "Ingress")] == given["hosts"]
    assert [pod(one)["containers"][0]["resources"]["limits"]["nvidia.com/gpu"] for one in of_kind(docs, "Deployment")] == [2]
    assert "postgresql://" not in (tmp_path / "terraform.tfstate").read_text("utf-8")


@needs_terraform
def test_without_anything_it_is_the_chart_as_it_comes(tmp_path: Path) -> None:
    assert worked_out(tmp_path, {"image": {"repository": "nova-luna"}}).returncode == 0
    values = json.loads(json.loads(terraform(tmp_path, "output", "-json").stdout)["values"]["value"])
    assert rendered(values) == documents("as it comes")


WRONG: list[dict[str, Any]] = [
    {
        "name": "Nova", "namespace": "default", "image": {"repository": "x", "tag": "latest"}, "settings": {"nova_company": "x"},
        "secrets": {"ADMIN_API_KEY": "short"}, "secret_names": ["key"], "secrets_revision": 0, "storage": {"access_mode": "ReadOnlyMany"},
        "hosts": ["https://nova.example"], "database": {"cidr": "db.example"}, "adapter_host": {"base": "/etc"},
    },
    {
        "name": "-", "namespace": "kube-system", "image": {"repository": "", "digest": ""}, "secrets_revision": 1.5,
        "storage": {"size": "50"}, "adapter_host": {"base": "models/base/x", "max_rank": 12},
    },
    {"image": {"repository": "x", "digest": "sha256:1"}, "adapter_host": {"base": "models/base/x", "gpus": 0}},
]  # fmt: skip


@needs_terraform
@pytest.mark.parametrize("given", WRONG, ids=["all", "others", "more"])
def test_terraform_refuses_what_cannot_be_meant(given: dict[str, Any], tmp_path: Path) -> None:
    done = worked_out(tmp_path, given)
    lines = (MODULE / "variables.tf").read_text("utf-8").splitlines()
    rules = [int(line) for line in re.findall(r"rule at variables\.tf:(\d+)", done.stderr)]
    refused = {next(found.group(1) for line in reversed(lines[:at]) if (found := re.match(r'variable "(\w+)"', line))) for at in rules}
    assert refused == set(given)
