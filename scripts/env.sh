#!/usr/bin/env bash
# .env.example in, .env (mode 0600) with random secrets out; an .env that is already there stays as it is.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:-.env}
if [ -e "$target" ]; then
  echo "$target is already there; nothing changed." >&2
  exit 0
fi
hex() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }
umask 077
draft=$(mktemp "$target.XXXXXX")
trap 'rm -f "$draft"' EXIT
while IFS= read -r line; do
  case "$line" in
    ADMIN_API_KEY= | NOVA_METRICS_KEY= | DB_PASSWORD= | NOVA_QDRANT_KEY= | GARAGE_RPC_SECRET= | GRAFANA_PASSWORD= | NOVA_S3_SECRET=)
      echo "$line$(hex 32)" ;;
    NOVA_S3_KEY_ID=) echo "${line}GK$(hex 16)" ;;
    *) echo "$line" ;;
  esac
done <.env.example >"$draft"
mv "$draft" "$target"
echo "$target is made, with secrets of its own." >&2
