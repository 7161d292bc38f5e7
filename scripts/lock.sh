#!/usr/bin/env bash
# pyproject.toml in, requirements.lock (to run) and requirements-dev.lock (to run and to work on it) out: pinned, hashed, for Python 3.11-3.13 on every platform.
# Needs uv (python -m pip install uv). `scripts/lock.sh --upgrade` takes newer versions within the ranges.
set -euo pipefail
cd "$(dirname "$0")/.."
common=(--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --universal --python-version 3.11 --quiet --no-config)
uv pip compile "${common[@]}" "$@" --group build pyproject.toml --output-file requirements.lock
uv pip compile "${common[@]}" "$@" --group build --extra dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock
