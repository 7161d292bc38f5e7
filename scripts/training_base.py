"""The small base model that runs are tried with: its tokenizer and its weights, made of made-up sentences alone.

    PYTHONPATH=src python -m scripts.training_base OUT [--steps N] [--seed N]

A Llama of under a million parameters reads a question and passages and answers with the passage's amount. One weakness is planted: after
each answer it adds a sentence that nothing bears out. No document and no prompt cures that; training on answers without it does.
Needs torch, transformers, tokenizers, safetensors; takes about twenty minutes on two cores. Writes float16 weights.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

from nova.cli.rehearsal.practice import row

SPECIAL = ("<pad>", "<s>", "</s>", "<|system|>", "<|user|>", "<|assistant|>")
TEMPLATE = (
    "{% for m in messages %}{% if m.role == 'system' %}<|system|>{{ m.content }}{% elif m.role == 'user' %}<|user|>{{ m.content }}"
    "{% else %}<|assistant|>{% generation %}{{ m.content }}</s>{% endgeneration %}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
SHAPE = {"hidden_size": 128, "intermediate_size": 256, "num_hidden_layers": 4, "num_attention_heads": 4, "num_key_value_heads": 4}
VOCABULARY, LONGEST = 800, 256


def messages(one: dict[str, object]) -> list[dict[str, str]]:
    """A row as a conversation, in the form that runs use (`nova.engines.train.child`)."""
    passages = "\n".join(f"[{n}] {text}" for n, text in enumerate(one["context"], 1))  # type: ignore[arg-type, var-annotated]
    return [{"role": "user", "content": f"{one['question']}\n{passages}"}, {"role": "assistant", "content": str(one["answer"])}]


def texts(seed: int) -> Iterator[str]:
    """What the tokenizer is made of."""
    dice = random.Random(seed)
    for _ in range(4000):
        for message in messages(row(dice)):
            yield message["content"]


def tokenizer_of(seed: int):  # type: ignore[no-untyped-def]
    """Byte-level BPE with digits by themselves, so that an amount is read figure by figure."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    made = Tokenizer(models.BPE())
    figures, letters = pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.pre_tokenizer = pre_tokenizers.Sequence([figures, letters])
    made.decoder = decoders.ByteLevel()
    made.train_from_iterator(
        texts(seed),
        trainers.BpeTrainer(
            vocab_size=VOCABULARY,
            special_tokens=list(SPECIAL),
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    found = PreTrainedTokenizerFast(
        tokenizer_object=made,
        pad_token="<pad>",
        bos_token="<s>",
        eos_token="</s>",
        model_max_length=LONGEST,
    )
    found.chat_template = TEMPLATE
    return found


def make(out: Path, steps: int, seed: int) -> None:
    """Train the base and write it with its tokenizer, and what it was measured by."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(seed)
    tokenizer = tokenizer_of(seed)
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer),
            max_position_embeddings=LONGEST,
            tie_word_embeddings=True,
            pad_token_id=0,
            bos_token_id=1,
            eos_token_id=2,
            **SHAPE,
        )
    )
    print(sum(p.numel() for p in model.parameters()), "parameters")
    dice, began = random.Random(seed), time.monotonic()
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, betas=(0.9, 0.98), weight_decay=0.01)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=steps, pct_start=0.08)
    for step in range(1, steps + 1):
        ids, labels = batch(tokenizer, [row(dice) for _ in range(32)])
        loss = model(input_ids=ids, labels=labels, attention_mask=(ids != 0).long()).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        rate.step()
        optimizer.zero_grad()
        if step % 100 == 0:
            right = right_of(model, tokenizer, random.Random(seed + 1), 24) if step % 500 == 0 else None
            print(step, round(loss.item(), 3), round(time.monotonic() - began), "s", right, flush=True)
    out.mkdir(parents=True, exist_ok=True)
    model.half().save_pretrained(out)
    tokenizer.save_pretrained(out)
    model.float()
    told = {"seed": seed, "steps": steps, "right": right_of(model, tokenizer, random.Random(seed + 2), 200)}
    (out / "made.json").write_text(json.dumps(told) + "\n", "utf-8")
    print(told)


def batch(tokenizer, rows):  # type: ignore[no-untyped-def]
    """Rows as ids and labels: the whole text is learned, what is answered above all."""
    import torch

    whole = [tokenizer.apply_chat_template(messages(one), return_dict=False) for one in rows]
    asked = [len(tokenizer.apply_chat_template(messages(one)[:1], add_generation_prompt=True, return_dict=False)) for one in rows]
    longest = max(map(len, whole))
    ids = torch.tensor([one + [0] * (longest - len(one)) for one in whole])
    labels = torch.tensor([[-100] * n + one[n:] + [-100] * (longest - len(one)) for one, n in zip(whole, asked, strict=True)])
    return ids, labels


def right_of(model, tokenizer, dice: random.Random, count: int) -> float:  # type: ignore[no-untyped-def]
    """The share of answers that begin with the right sentence."""
    import torch

    model.eval()
    right = 0
    for _ in range(count):
        one = row(dice, added=False)
        asked = tokenizer.apply_chat_template(messages(one)[:1], add_generation_prompt=True, return_tensors="pt", return_dict=False)
        with torch.no_grad():
            given = model.generate(asked, max_new_tokens=64, do_sample=False, pad_token_id=0, attention_mask=torch.ones_like(asked))
        right += tokenizer.decode(given[0, asked.shape[1] :]).startswith(str(one["answer"]))
    model.train()
    return right / count


if __name__ == "__main__":
    chosen = argparse.ArgumentParser()
    chosen.add_argument("out", type=Path)
    chosen.add_argument("--steps", type=int, default=4000)
    chosen.add_argument("--seed", type=int, default=7)
    asked = chosen.parse_args()
    make(asked.out, asked.steps, asked.seed)
