"""What the chart promises holds, as Helm itself renders it: Kubernetes' schemas, what belongs together, hardening, settings and routes."""

import json
import re
from typing import Any

import kubernetes_validate
import pytest
import yaml

from nova import __version__
from nova.flows.training.running import PLACE
from nova.settings import Settings, load_settings
from nova.wiring.training import place_of
from tests.house.charts import (
    CASES,
    CHART,
    NAMESPACE,
    RELEASE,
    chosen,
    containers,
    documents,
    helm,
    of_kind,
    paths,
    pod,
    ports,
    rendered,
    workloads,
)
from tests.house.compose import SERVICES
from tests.house.places import DOCS

pytestmark = pytest.mark.slow

KUBERNETES = ("1.31", "1.37")  # the oldest that the chart takes, and the newest whose schemas are at hand
VALUES = yaml.safe_load((CHART / "values.yaml").read_text("utf-8"))
SCHEMA = json.loads((CHART / "values.schema.json").read_text("utf-8"))
each_case = pytest.mark.parametrize("case", CASES)


def host(case: str = "with a host") -> dict[str, Any]:
    return of_kind(documents(case), "Deployment")[0]


def config(case: str) -> dict[str, str]:
    found: dict[str, str] = of_kind(documents(case), "ConfigMap")[0]["data"]
    return found


def test_helm_itself_finds_nothing_to_say() -> None:
    for values in CASES.values():
        said = helm.lint(CHART, values, strict=True, namespace=NAMESPACE)
        assert said["errors"] == [] and [one for one in said["messages"] if one["error"] != "icon is recommended"] == []


@each_case
@pytest.mark.parametrize("version", KUBERNETES)
def test_every_document_is_what_kubernetes_reads(case: str, version: str) -> None:
    docs = documents(case)
    assert len(docs) >= 4
    for doc in docs:
        kubernetes_validate.validate(doc, version, strict=True)


def test_the_look_at_documents_finds_what_kubernetes_does_not_know() -> None:
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"NOVA": "x"}}, KUBERNETES[0], strict=True)


def test_what_an_installation_wants_is_there_and_nothing_else() -> None:
    kinds = {case: sorted(f"{doc['kind']}/{doc['metadata']['name']}" for doc in documents(case)) for case in CASES}
    plain = [f"{kind}/{RELEASE}" for kind in ("ConfigMap", "NetworkPolicy")] + [f"PersistentVolumeClaim/{RELEASE}-data"]
    plain += [f"Service/{RELEASE}", f"StatefulSet/{RELEASE}"]
    assert kinds["as it comes"] == plain
    assert set(kinds["with a host"]) - set(plain) == {f"{kind}/{RELEASE}-adapters" for kind in ("Deployment", "NetworkPolicy", "Service")}
    assert set(kinds["behind an ingress"]) - set(plain) == {f"Ingress/{RELEASE}"}
    assert set(plain) - set(kinds["with a database elsewhere"]) == {f"PersistentVolumeClaim/{RELEASE}-data"}


@each_case
def test_whatever_chooses_pods_means_those_of_one_workload(case: str) -> None:
    docs = documents(case)
    for doc in workloads(docs):
        assert chosen(docs, doc["spec"]["selector"]) == [doc]
        for term in pod(doc).get("affinity", {}).get("podAffinity", {}).get("requiredDuringSchedulingIgnoredDuringExecution", ()):
            assert [one["kind"] for one in chosen(docs, term["labelSelector"])] == ["StatefulSet"]
    for service in of_kind(docs, "Service"):
        (target,) = chosen(docs, {"matchLabels": service["spec"]["selector"]})
        assert {port["targetPort"] for port in service["spec"]["ports"]} <= ports(target)
        assert service["metadata"]["name"] == target["metadata"]["name"]
    for policy in of_kind(docs, "NetworkPolicy"):
        (target,) = chosen(docs, policy["spec"]["podSelector"])
        assert {port["port"] for rule in policy["spec"]["ingress"] for port in rule["ports"]} <= ports(target)
    for ingress in of_kind(docs, "Ingress"):
        backends = [path["backend"]["service"] for rule in ingress["spec"]["rules"] for path in rule["http"]["paths"]]
        names = {one["metadata"]["name"]: {port["name"] for port in one["spec"]["ports"]} for one in of_kind(docs, "Service")}
        assert all(one["port"]["name"] in names[one["name"]] for one in backends)


@each_case
def test_what_a_pod_names_is_there(case: str) -> None:
    docs, given = documents(case), CASES[case]
    claims = {one["metadata"]["name"] for one in of_kind(docs, "PersistentVolumeClaim")} | {given.get("data", {}).get("existingClaim")}
    maps = {one["metadata"]["name"] for one in of_kind(docs, "ConfigMap")}
    for doc in workloads(docs):
        volumes = {one["name"]: one for one in pod(doc)["volumes"]}
        mounted = [mount["name"] for one in containers(doc) for mount in one["volumeMounts"]]
        assert set(mounted) == set(volumes)
        assert {one["persistentVolumeClaim"]["claimName"] for one in volumes.values() if "persistentVolumeClaim" in one} <= claims
        for one in containers(doc):
            assert {source["configMapRef"]["name"] for source in one.get("envFrom", ())} <= maps
            for probe in (value for key, value in one.items() if key.endswith("Probe")):
                assert probe["httpGet"]["port"] in {port["name"] for port in one["ports"]}


@each_case
def test_a_pod_is_locked_down(case: str) -> None:
    for doc in workloads(documents(case)):
        spec, given = pod(doc), CASES[case].get("adapterHost", {})
        assert spec["securityContext"]["runAsNonRoot"] and spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert f"{spec['securityContext']['runAsUser']}:{spec['securityContext']['runAsGroup']}" == SERVICES["api"]["user"]
        assert spec["automountServiceAccountToken"] is False
        assert spec["enableServiceLinks"] is False  # a service's address would come as NOVA_PORT, and Nova refuses unknown settings
        assert not {"hostNetwork", "hostPID", "hostIPC"} & set(spec)
        assert not any("hostPath" in one for one in spec["volumes"])
        for one in containers(doc):
            allowed = one["securityContext"]
            assert allowed["readOnlyRootFilesystem"] is (one["name"] != "vllm" or given.get("readOnlyRootFilesystem", True))
            assert (allowed["allowPrivilegeEscalation"], allowed["privileged"]) == (False, False)
            assert allowed["capabilities"] == {"drop": ["ALL"]}
            assert one["resources"]["limits"]["memory"] and {"cpu", "memory"} <= one["resources"]["requests"].keys()
            assert re.search(r":v?\d+\.\d+\.\d+$|@sha256:[0-9a-f]{64}$", one["image"]), one["image"]
            assert one["name"] == "folders" or {"startupProbe", "livenessProbe", "readinessProbe"} <= one.keys()


def test_nova_is_one_pod_of_this_version() -> None:
    about = yaml.safe_load((CHART / "Chart.yaml").read_text("utf-8"))
    assert about["appVersion"] == about["version"] == __version__
    (nova,) = of_kind(documents("as it comes"), "StatefulSet")
    assert nova["spec"]["replicas"] == 1 and pod(nova)["containers"][0]["image"] == SERVICES["api"]["image"]
    assert pod(nova)["containers"][0]["args"] == SERVICES["api"]["command"]


@each_case
def test_nova_takes_the_settings_it_is_given(case: str) -> None:
    docs = documents(case)
    (nova,) = of_kind(docs, "StatefulSet")
    secret = {one["name"]: one["valueFrom"]["secretKeyRef"] for one in pod(nova)["containers"][0]["env"]}
    assert all(name == ref["key"] and ref["name"] == CASES[case]["existingSecret"] for name, ref in secret.items())
    assert of_kind(docs, "Secret") == []
    given = config(case) | {name: "postgresql://nova:x@db/nova" if name.endswith("URL") else "g" * 32 for name in secret}
    settings = load_settings(given, None)  # refuses what it does not know
    assert {RELEASE, f"{RELEASE}.{NAMESPACE}.svc"} <= set(settings.NOVA_HOSTS)
    assert place_of(settings).nova == f"kubectl -n {NAMESPACE} exec {RELEASE}-0 -- nova"  # as the runbook names it
    assert str(settings.NOVA_DATA).startswith(pod(nova)["containers"][0]["volumeMounts"][0]["mountPath"] + "/")
    if case == "behind an ingress":
        assert {"nova.stadtwerke.example", "nova.intern"} <= set(settings.NOVA_HOSTS) and settings.NOVA_PROXIES == ("10.1.0.0/16",)
        assert (settings.NOVA_ASK_SLOTS, settings.NOVA_SMARD) == (4, "on")


def test_probes_ask_routes_that_exist_by_a_name_that_nova_knows() -> None:
    routes = json.loads((DOCS / "openapi.json").read_text("utf-8"))["paths"]
    (nova,) = of_kind(documents("as it comes"), "StatefulSet")
    probes = [value["httpGet"] for key, value in pod(nova)["containers"][0].items() if key.endswith("Probe")]
    assert len(probes) == 3
    for probe in probes:
        assert "get" in routes[probe["path"]] and probe["httpHeaders"] == [{"name": "Host", "value": "localhost"}]


@pytest.mark.parametrize("case", ["with a host", "with a host on any node"])
def test_the_host_holds_the_base_that_nova_names_and_loads_adapters_when_asked(case: str) -> None:
    settings, (vllm,), (first,) = config(case), pod(host(case))["containers"], pod(host(case))["initContainers"]
    assert settings["NOVA_ADAPTER_HOST"] == "vllm"
    (service,) = [one for one in of_kind(documents(case), "Service") if one["metadata"]["name"].endswith("-adapters")]
    assert settings["NOVA_ADAPTER_URL"] == f"http://{service['metadata']['name']}:{service['spec']['ports'][0]['port']}"
    base = settings["NOVA_ADAPTER_BASE"]
    assert vllm["command"] == ["vllm", "serve", f"{settings['NOVA_DATA']}/{base}"]
    assert {f"--served-model-name={base}", "--enable-lora", "--max-lora-rank=16", "--max-loras=3"} <= set(vllm["args"])
    env = {one["name"]: one.get("value") for one in vllm["env"]}
    assert ("VLLM_API_KEY" in env) is ("secretKeys" in CASES[case])
    assert env["VLLM_ALLOW_RUNTIME_LORA_UPDATING"] == "True" and env["HF_HUB_OFFLINE"] == "1"
    gpus = CASES[case]["adapterHost"].get("gpus", 1)
    assert vllm["resources"]["limits"]["nvidia.com/gpu"] == gpus and f"--tensor-parallel-size={gpus}" in vllm["args"]
    assert ("affinity" in pod(host(case))) is (case == "with a host")  # a volume of one node
    folders = [mount["mountPath"] for mount in vllm["volumeMounts"] if mount["name"] == "data"]
    assert folders == [f"{settings['NOVA_DATA']}/{PLACE}", f"{settings['NOVA_DATA']}/models/base"]
    compile(first["command"][2], "folders", "exec")


def test_the_host_sees_two_folders_of_nova_and_only_to_read() -> None:
    (vllm,) = pod(host())["containers"]
    seen = [mount for mount in vllm["volumeMounts"] if mount["name"] == "data"]
    assert [mount["mountPath"].removeprefix("/data/") for mount in seen] == [mount["subPath"] for mount in seen]
    assert all(mount["readOnly"] for mount in seen)
    assert "envFrom" not in vllm and not any("valueFrom" in one for one in vllm["env"])


def test_only_nova_reaches_the_host_and_the_host_reaches_nobody() -> None:
    docs = documents("with a host")
    own, hosts = sorted(of_kind(docs, "NetworkPolicy"), key=lambda doc: len(doc["metadata"]["name"]))
    assert hosts["spec"]["policyTypes"] == own["spec"]["policyTypes"] == ["Ingress", "Egress"]
    (rule,) = hosts["spec"]["ingress"]
    assert [one["kind"] for peer in rule["from"] for one in chosen(docs, peer["podSelector"])] == ["StatefulSet"]
    assert hosts["spec"]["egress"] == []
    assert [one["kind"] for peer in own["spec"]["ingress"][0]["from"] for one in chosen(docs, peer["podSelector"])] == ["StatefulSet"]
    dns, to_host = own["spec"]["egress"]
    assert {port["port"] for port in dns["ports"]} == {53}
    assert [one["kind"] for one in chosen(docs, to_host["to"][0]["podSelector"])] == ["Deployment"]


REFUSED = [
    ({"settings": {"ADMIN_API_KEY": "x"}}, "ADMIN_API_KEY"),
    ({"settings": {"NOVA_DATA": "/"}}, "NOVA_DATA"),
    ({"setings": {}}, "setings"),
    ({"image": {"tag": "latest"}}, "tag"),
    ({"image": {"digest": "sha256:1"}}, "digest"),
    ({"data": {"accessMode": "ReadWriteOncePod"}}, "accessMode"),
    ({"data": {"size": "50"}}, "size"),
    ({"secretKeys": ["ADMIN_API_KEY"]}, "existingSecret"),
    ({"existingSecret": "s", "secretKeys": ["NOVA_DATABASE_URL"]}, "networkPolicy.to"),
    ({"ingress": {"enabled": True}}, "ingress.hosts"),
    ({"adapterHost": {"enabled": True, "base": "/etc"}}, "base"),
    ({"adapterHost": {"enabled": True, "base": "models/base/../../secrets"}}, "base"),
    ({"adapterHost": {"enabled": True, "maxRank": 12}}, "maxRank"),
    ({"adapterHost": {"enabled": True}, "networkPolicy": {"enabled": False}}, "networkPolicy.enabled"),
    ({"adapterHost": {"enabled": True}, "settings": {"NOVA_ADAPTER_BASE": "x"}}, "NOVA_ADAPTER_BASE"),
]


@pytest.mark.parametrize(("values", "named"), REFUSED)
def test_what_cannot_be_meant_is_refused_by_name(values: dict[str, Any], named: str) -> None:
    with pytest.raises(helm.HelmError, match=re.escape(named)):
        rendered(values)


def test_no_secret_setting_may_stand_among_the_others() -> None:
    secret = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
    refused = set(SCHEMA["properties"]["settings"]["propertyNames"]["not"]["enum"])
    assert secret - refused == set() and refused - set(Settings.model_fields) == set()


def test_every_value_is_typed_and_used() -> None:
    templates = "".join(path.read_text("utf-8") for path in (CHART / "templates").iterdir())
    for place in paths(VALUES):
        schema: dict[str, Any] = SCHEMA
        for name in place.split("."):
            if "properties" not in schema:
                break  # given to Kubernetes as it is
            schema = schema["properties"][name]
            assert re.search(rf"\.{name}\b", templates), place
