#!/usr/bin/env bash
# pyproject.toml in; requirements.lock (to run), -servers.lock (to run with Qdrant and Kafka), -dev.lock (to work on it) and -bench.lock
# (to measure) and -ray.lock (to run with Ray) and -training.lock (to tune models, beside torch) out: pinned, hashed, Python 3.11-3.13.
# Needs uv (python -m pip install uv). `scripts/lock.sh --upgrade` takes newer versions within the ranges.
set -euo pipefail
cd "$(dirname "$0")/.."
common=(--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --universal --python-version 3.11 --quiet --no-config)
uv pip compile "${common[@]}" "$@" --group build pyproject.toml --output-file requirements.lock
uv pip compile "${common[@]}" "$@" --group build --extra qdrant --extra kafka --extra websocket --constraint requirements.lock pyproject.toml --output-file requirements-servers.lock
uv pip compile "${common[@]}" "$@" --group build --extra dev --extra qdrant --extra kafka --extra websocket --constraint requirements-servers.lock pyproject.toml --output-file requirements-dev.lock
uv pip compile "${common[@]}" "$@" --extra bench --constraint requirements.lock pyproject.toml --output-file requirements-bench.lock
uv pip compile "${common[@]}" "$@" --group build --extra ray --constraint requirements.lock pyproject.toml --output-file requirements-ray.lock
# Torch comes first and by itself (requirements-torch.lock, kept by hand): to resolve it would bring gigabytes of graphics libraries.
beside=$(mktemp)
trap 'rm -f "$beside"' EXIT
echo "torch ; sys_platform == 'never'" > "$beside"
python3 - <<'PY' |
import tomllib
with open("pyproject.toml", "rb") as file:
    wanted = tomllib.load(file)["project"]["optional-dependencies"]["training"]
print(*wanted, "filelock", "fsspec", "jinja2", "networkx", "setuptools", "sympy", "typing-extensions", sep="\n")  # the last are torch's
PY
  uv pip compile "${common[@]}" "$@" --no-emit-package torch --overrides "$beside" - --output-file requirements-training.lock
