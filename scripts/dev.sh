#!/usr/bin/env bash
# Nova with NOVA_ENV=dev, and beside it the web app's dev server where Node is found; both end together.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${1:-8000}
children=()
stop() { [ ${#children[@]} -eq 0 ] || kill "${children[@]}" 2>/dev/null || true; wait || true; }
trap stop EXIT
trap 'exit 0' INT TERM

NOVA_ENV=dev NOVA_LOG_FORMAT=text .venv/bin/nova up --port "$port" &
children+=($!)
if command -v npm >/dev/null; then
  [ -d web/node_modules ] || (cd web && npm ci --no-audit --no-fund)
  (cd web && NOVA_API="http://127.0.0.1:$port" exec npm run dev) &
  children+=($!)
fi
wait -n
