#!/usr/bin/env bash
# The web app's own tests: types, style and units with Node, then the browser tests on the real app with Chromium.
# What is missing is named and skipped; with FORBID_SKIPS=1 a skip is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

skip() {
  echo "SKIPPED $1: $2"
  if [ "${FORBID_SKIPS:-}" = 1 ]; then echo "skips are forbidden here" >&2; exit 1; fi
  exit 0
}

command -v npm >/dev/null && command -v node >/dev/null || skip "web unit and browser tests" "Node is not installed"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
  || skip "web unit and browser tests" "Node 20.19 or newer is needed"

[ web/node_modules/.package-lock.json -nt web/package-lock.json ] || (cd web && npm ci --no-audit --no-fund --loglevel=error)
(cd web && npm run --silent check && npm run --silent test)

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
[ -n "$chromium" ] || skip "browser tests" "Chromium is not installed"
export CHROMIUM="$chromium" PYTHON="$PWD/.venv/bin/python"
(cd web && npm run --silent test:browser)
