#!/usr/bin/env bash
# Cleaning in parts on a Ray of this machine gives the hash of one process: as `make ray`. Ray lies in a throw-away environment beside .venv's packages.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
.venv/bin/python -m venv "$folder/venv"
python="$folder/venv/bin/python"
.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' > "$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/beside.pth"
"$python" -m pip install --disable-pip-version-check --quiet --require-hashes --requirement requirements-ray.lock
PYTHONPATH=src "$python" -m pytest -q tests/contracts/test_spread.py tests/faults/test_seeding_part_kill.py -k ray
