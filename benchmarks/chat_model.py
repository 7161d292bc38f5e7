"""A chat model's server that follows its sources, lies or is slow, for measuring conversations with a model where none can run.

    python benchmarks/chat_model.py follow --port 8191
    GENERATE_MODEL=nachgestellt NOVA_OPENAI_URL=http://127.0.0.1:8191/v1 nova up --port 8095
    # then ../shared/eval/dialogues.py and benchmarks/everyday.py

`follow` says the two sentences of the context that share most words with the question, each with its citation; `lie` says them with other
numbers and the opposite, and adds what no source holds; `slow` follows a word a quarter of a second, and every fifth answer never comes.
What it speaks is the part of OpenAI's chat API that Nova's client uses.
"""

import argparse
import itertools
import json
import re
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODEL = "nachgestellt"
SENTENCES = 2
WAITS_S, NEVER_S, EVERY = 0.25, 600.0, 5
_SOURCE = re.compile(r"^\[chunk (\w+)\] (.+)$", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-ZÄÖÜ(\d])")
_WORD = re.compile(r"[a-zäöüß]{4,}")


def said(user: str, behave: str) -> str:
    """The answer to a prompt with its context."""
    context, _, question = user.rpartition("Frage:")
    asked = {word[:6] for word in _WORD.findall(question.lower())}
    found = [(text, token) for token, words in _SOURCE.findall(context) for text in _SENTENCE.split(words) if len(text) > 30]
    best = sorted(found, key=lambda one: -len(asked & {word[:6] for word in _WORD.findall(one[0].lower())}))[:SENTENCES]
    if not best:
        return "Dazu steht nichts in Ihren Unterlagen."
    told = [f"{_lie(text) if behave == 'lie' else text} [chunk {token}]" for text, token in best]
    return " ".join([*told, *(["Außerdem gilt immer eine Frist von 99 Tagen und ein Entgelt von 777 Euro."] if behave == "lie" else [])])


def _lie(text: str) -> str:
    other = re.sub(r"\d+", lambda match: str(int(match.group()) + 7), text)
    if " nicht " in other:
        return other.replace(" nicht ", " ")
    return re.sub(r"\b(ist|sind|hat|haben|darf|kann)\b", r"\1 nicht", other, count=1)


class Model(BaseHTTPRequestHandler):
    """Answers chats as `behave` says."""

    behave = "follow"
    numbers = itertools.count(1)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        """The models there are."""
        self._json({"object": "list", "data": [{"id": MODEL, "object": "model"}]})

    def do_POST(self) -> None:
        """A chat, streamed where that is asked for."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.behave == "slow" and next(self.numbers) % EVERY == 0:
            time.sleep(NEVER_S)
        text = said(body["messages"][-1]["content"], self.behave)
        if body.get("stream"):
            self._stream(text)
        else:
            message = {"role": "assistant", "content": text}
            self._json({"model": MODEL, "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]})

    def _stream(self, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for line in self._lines(text):
            self.wfile.write(f"data: {line}\n\n".encode())
            self.wfile.flush()

    def _lines(self, text: str) -> Iterator[str]:
        for word in text.split(" "):
            if self.behave == "slow":
                time.sleep(WAITS_S)
            yield json.dumps({"model": MODEL, "choices": [{"index": 0, "delta": {"content": f"{word} "}, "finish_reason": None}]})
        yield json.dumps({"model": MODEL, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        yield "[DONE]"

    def _json(self, data: dict[str, Any]) -> None:
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("behave", choices=("follow", "lie", "slow"))
    parser.add_argument("--port", type=int, default=8191)
    options = parser.parse_args()
    Model.behave = options.behave
    ThreadingHTTPServer(("127.0.0.1", options.port), Model).serve_forever()


if __name__ == "__main__":
    main()
