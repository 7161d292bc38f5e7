#!/usr/bin/env bash
# transformers_server.sh FOLDER PORT: `transformers serve` on 127.0.0.1:PORT, out of what `make train-env` made.
# The first run makes a virtual environment in FOLDER beside it, with what a server needs. No hub is asked; models stay loaded.
# Tried by tests/tuning/test_hosts.py (`make bars`).
set -euo pipefail
folder=${1:?folder} port=${2:?port}
train=$(cd "$(dirname "$0")/.." && pwd)/.venv-train/bin/python
bin="$folder/venv/bin"
if [ ! -e "$folder/ready" ]; then
    "$train" -m venv "$folder/venv"
    "$train" -c 'import sysconfig; print(sysconfig.get_path("purelib"))' > "$("$bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/train.pth"
    "$bin/python" -m pip --disable-pip-version-check install --quiet "fastapi>=0.115,<1" "uvicorn>=0.30,<1" "openai>=1.98,<4"
    touch "$folder/ready"
fi
export HF_HOME="$folder/hf" HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false OMP_NUM_THREADS=1
exec "$bin/python" -c 'import sys; from transformers.cli.transformers import main; sys.exit(main())' serve --host 127.0.0.1 --port "$port" \
    --device cpu --dtype float32 --model-timeout -1
