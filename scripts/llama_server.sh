#!/usr/bin/env bash
# llama_server.sh FOLDER PORT BASE.gguf [LORA.gguf,LORA.gguf]: llama.cpp's own server on 127.0.0.1:PORT, with a base and its adapters.
# The first run builds it in FOLDER from the sources that llama-cpp-python carries (needs cmake and a C++ compiler; three to ten minutes on
# two cores). Later runs start at once. Nothing but that package is fetched. Whole floats, no cache of prompts: greedy answers are those of
# the trainer. `--lora` leaves every adapter at work; Nova lays them aside when it first looks, and says with each question which it wants.
# Tried by tests/tuning/test_hosts.py (`make bars`).
set -euo pipefail
folder=${1:?folder} port=${2:?port} base=${3:?base} loras=${4:-}
package="llama_cpp_python-0.3.36"
mkdir -p "$folder"
if [ ! -x "$folder/build/bin/llama-server" ]; then
    "${PYTHON:-python3}" -m pip --disable-pip-version-check download --quiet --no-deps --no-binary llama-cpp-python --dest "$folder" \
        "llama-cpp-python==0.3.36"
    tar -xzf "$folder/$package.tar.gz" -C "$folder" "$package/vendor/llama.cpp"
    cmake -S "$folder/$package/vendor/llama.cpp" -B "$folder/build" -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF -DGGML_NATIVE=OFF \
        -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_APP=OFF -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_OPENSSL=OFF
    nice -n 5 cmake --build "$folder/build" --target llama-server --parallel 2
fi
exec "$folder/build/bin/llama-server" --host 127.0.0.1 --port "$port" --model "$base" ${loras:+--lora "$loras"} --parallel 1 --threads 1 \
    --cache-type-k f32 --cache-type-v f32 --flash-attn off --no-warmup
