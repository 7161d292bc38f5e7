#!/usr/bin/env bash
# pyproject.toml in; requirements.lock (to run), -servers.lock (to run with Qdrant and Kafka), -dev.lock (to work on it) and -bench.lock
# (to measure) and -ray.lock (to run with Ray) out: pinned, hashed, Python 3.11-3.13.
# Needs uv (python -m pip install uv). `scripts/lock.sh --upgrade` takes newer versions within the ranges.
set -euo pipefail
cd "$(dirname "$0")/.."
common=(--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --universal --python-version 3.11 --quiet --no-config)
uv pip compile "${common[@]}" "$@" --group build pyproject.toml --output-file requirements.lock
uv pip compile "${common[@]}" "$@" --group build --extra qdrant --extra kafka --extra websocket --constraint requirements.lock pyproject.toml --output-file requirements-servers.lock
uv pip compile "${common[@]}" "$@" --group build --extra dev --extra qdrant --extra kafka --extra websocket --constraint requirements-servers.lock pyproject.toml --output-file requirements-dev.lock
uv pip compile "${common[@]}" "$@" --extra bench --constraint requirements.lock pyproject.toml --output-file requirements-bench.lock
uv pip compile "${common[@]}" "$@" --group build --extra ray --constraint requirements.lock pyproject.toml --output-file requirements-ray.lock
