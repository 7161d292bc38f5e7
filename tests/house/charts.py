"""The chart as Helm itself renders it, by the values of some installations; and what its documents have to do with each other."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from tests.house.compose import DEPLOY

helm = pytest.importorskip("helm_python", reason="Helm comes as a wheel for Linux on x86-64 only")

Doc = dict[str, Any]
CHART = DEPLOY / "helm" / "nova"
RELEASE, NAMESPACE = "luna", "energie"
TO_DATABASE = {"to": [{"ipBlock": {"cidr": "10.0.0.7/32"}}], "ports": [{"port": 5432, "protocol": "TCP"}]}
CASES: dict[str, Doc] = {
    "as it comes": {},
    "with a host": {"adapterHost": {"enabled": True}},
    "with a host on any node": {
        "existingSecret": "nova-settings", "secretKeys": ["NOVA_ADAPTER_KEY"],
        "data": {"accessMode": "ReadWriteMany", "storageClass": "nfs"},
        "adapterHost": {
            "enabled": True, "base": "models/base/klein", "gpus": 2, "runtimeClassName": "nvidia", "extraArgs": ["--seed=1"],
            "nodeSelector": {"gpu": "yes"}, "tolerations": [{"key": "gpu", "operator": "Exists"}], "readOnlyRootFilesystem": False,
        },
    },
    "behind an ingress": {
        "ingress": {
            "enabled": True, "hosts": ["nova.stadtwerke.example"], "className": "nginx", "tlsSecret": "tls", "proxies": ["10.1.0.0/16"],
            "annotations": {"nginx.ingress.kubernetes.io/proxy-body-size": "50m"},
        },
        "settings": {"NOVA_HOSTS": "nova.intern", "NOVA_COMPANY": "Stadtwerke", "NOVA_ASK_SLOTS": 4, "NOVA_SMARD": "on"},
    },
    "with a database elsewhere": {
        "existingSecret": "nova-settings", "secretKeys": ["ADMIN_API_KEY", "NOVA_METRICS_KEY", "NOVA_DATABASE_URL"],
        "networkPolicy": {"to": [TO_DATABASE], "from": [{"namespaceSelector": {"matchLabels": {"monitoring": "yes"}}}]},
        "data": {"existingClaim": "old-data"}, "image": {"digest": "sha256:" + "a" * 64, "pullSecrets": ["registry"]},
        "nodeSelector": {"disk": "ssd"}, "tolerations": [{"key": "db", "operator": "Exists"}], "service": {"type": "NodePort"},
    },
}  # fmt: skip


@cache
def chart() -> Any:
    return helm.Chart.load(CHART)


def rendered(values: Doc) -> list[Doc]:
    """Every document; HelmError where the chart refuses."""
    files = chart().render(values, name=RELEASE, namespace=NAMESPACE)
    return [doc for place, text in sorted(files.items()) if place.endswith(".yaml") for doc in yaml.safe_load_all(text) if doc]


@cache
def documents(case: str) -> list[Doc]:
    return rendered(CASES[case])


def of_kind(docs: list[Doc], *kinds: str) -> list[Doc]:
    return [doc for doc in docs if doc["kind"] in kinds]


def workloads(docs: list[Doc]) -> list[Doc]:
    return of_kind(docs, "StatefulSet", "Deployment")


def pod(doc: Doc) -> Doc:
    found: Doc = doc["spec"]["template"]["spec"]
    return found


def containers(doc: Doc) -> list[Doc]:
    return [*pod(doc).get("initContainers", ()), *pod(doc)["containers"]]


def ports(doc: Doc) -> set[str]:
    return {port["name"] for one in containers(doc) for port in one.get("ports", ())}


def chosen(docs: list[Doc], selector: Doc) -> list[Doc]:
    """The workloads whose pods a selector means."""
    return [doc for doc in workloads(docs) if _meant(selector, doc["spec"]["template"]["metadata"]["labels"])]


def _meant(selector: Doc, labels: dict[str, str]) -> bool:
    if not selector.get("matchLabels", {}).items() <= labels.items():
        return False
    return all(labels.get(one["key"]) not in one["values"] for one in selector.get("matchExpressions", ()) if one["operator"] == "NotIn")


def paths(values: Doc, above: str = "") -> Iterator[str]:
    """Every value's place, such as `ingress.hosts`."""
    for name, value in values.items():
        place = f"{above}{name}"
        if isinstance(value, dict) and value:
            yield from paths(value, f"{place}.")
        else:
            yield place
