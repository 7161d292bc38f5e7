#!/usr/bin/env bash
# The lock that the image is built from in, dist/sbom.json (CycloneDX, reproducible, offline) out.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p dist
PYTHONWARNINGS=ignore .venv/bin/cyclonedx-py requirements requirements-servers.lock --pyproject pyproject.toml \
  --output-reproducible --validate --output-file dist/sbom.json
echo "dist/sbom.json"
