"""Questions in, a model's words out, by a process of its own. Run as `python -I host.py JOB`; imports nothing of Nova.

JOB is JSON: `base` (a folder), `threads`, `device`. Orders come as lines of JSON on standard input, answers go as lines on
standard output: `{"do": "load", "id", "adapter", "folder"}`, `{"do": "drop", "adapter"}`, `{"do": "ask", "id", "adapter", "messages",
"most"}` (adapter "": the base alone) and `{"do": "stop", "id"}`. Of an order come `{"id", "piece"}` and at its end `{"id", "done"}`, or
`{"id", "fault"}`. Adapters stay loaded beside each other, so which one answers is a choice of each question.
"""

import contextlib
import json
import os
import queue
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Order = dict[str, Any]
FAULTS = (RuntimeError, ValueError, KeyError, TypeError, OSError)  # as torch and PEFT say them; anything else ends the process


class Host:
    """The base, its adapters by the key that PEFT knows them by, and what nobody waits for any more."""

    def __init__(self, job: Order) -> None:
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer

        torch.set_num_threads(job["threads"])
        how = {"local_files_only": True, "trust_remote_code": False}
        self.device, self.torch = job["device"], torch
        self.tokenizer = AutoTokenizer.from_pretrained(job["base"], **how)
        if self.tokenizer.pad_token is None:
            self.tokenizer.pad_token = self.tokenizer.eos_token
        kind = torch.bfloat16 if self.device == "cuda" else torch.float32
        self.model: Any = AutoModelForCausalLM.from_pretrained(job["base"], dtype=kind, use_safetensors=True, **how).eval().to(self.device)
        self.keys: dict[str, str] = {}
        self.made = 0
        self.stopped: set[str] = set()

    def load(self, order: Order) -> None:
        """An adapter beside the others."""
        from peft import PeftModel

        name = order["adapter"]
        if name in self.keys:
            return
        self.made += 1
        key = f"a{self.made}"
        if isinstance(self.model, PeftModel):
            self.model.load_adapter(order["folder"], adapter_name=key)
        else:
            self.model = PeftModel.from_pretrained(self.model, order["folder"], adapter_name=key)
        self.model.eval().to(self.device)
        self.keys[name] = key

    def drop(self, order: Order) -> None:
        """An adapter goes; the last one is kept, since PEFT wants one, and merely not used."""
        key = self.keys.pop(order["adapter"], None)
        if key is not None and len(self.model.peft_config) > 1:
            self.model.delete_adapter(key)

    def ask(self, order: Order) -> None:
        """Greedy words, piece by piece."""
        from transformers import StoppingCriteria, StoppingCriteriaList, TextStreamer

        torch, stopped, told = self.torch, self.stopped, order["id"]

        class Pieces(TextStreamer):  # type: ignore[misc]  # a class of a library without types
            def on_finalized_text(self, text: str, stream_end: bool = False) -> None:
                if text:
                    tell({"id": told, "piece": text})

        class Stopped(StoppingCriteria):  # type: ignore[misc]  # as above
            def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
                return torch.full((input_ids.shape[0],), told in stopped, dtype=torch.bool, device=input_ids.device)

        asked = self.tokenizer.apply_chat_template(
            order["messages"], add_generation_prompt=True, return_tensors="pt", return_dict=False
        ).to(self.device)
        with torch.no_grad(), self.with_adapter(order["adapter"]):
            self.model.generate(
                asked,
                attention_mask=torch.ones_like(asked),
                max_new_tokens=order["most"],
                do_sample=False,
                pad_token_id=self.tokenizer.pad_token_id,
                streamer=Pieces(self.tokenizer, skip_prompt=True, skip_special_tokens=True),
                stopping_criteria=StoppingCriteriaList([Stopped()]),
            )

    @contextlib.contextmanager
    def with_adapter(self, name: str) -> Iterator[None]:
        """The model as it answers with an adapter, or without one."""
        if name:
            self.model.set_adapter(self.keys[name])
            yield
        elif hasattr(self.model, "disable_adapter"):
            with self.model.disable_adapter():
                yield
        else:
            yield


_told = threading.Lock()


def tell(line: Order) -> None:
    """A line to whoever began this process."""
    with _told:
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def main(path: str) -> None:
    """Work until standard input ends, which it does with whoever began this."""
    job: Order = json.loads(Path(path).read_text("utf-8"))
    host, orders = Host(job), queue.Queue[Order]()
    tell({"id": "", "done": True})
    threading.Thread(target=_heard, args=(orders, host.stopped), daemon=True).start()
    while True:
        order = orders.get()
        told = order.get("id", "")
        try:
            if told not in host.stopped:
                {"load": host.load, "drop": host.drop, "ask": host.ask}[order["do"]](order)
        except FAULTS as error:
            tell({"id": told, "fault": f"{type(error).__name__}: {error}"[:400]})
        else:
            tell({"id": told, "done": True})
        host.stopped.discard(told)


def _heard(orders: "queue.Queue[Order]", stopped: set[str]) -> None:
    """Orders as they come; what nobody waits for any more is noted at once."""
    for line in sys.stdin:
        order: Order = json.loads(line)
        if order["do"] == "stop":
            stopped.add(order["id"])
        else:
            orders.put(order)
    os._exit(0)  # whoever asked is gone; the signal of a parent's death would come with the thread that began this already


if __name__ == "__main__":
    main(sys.argv[1])
