"""The small base as llama.cpp reads it: its weights turned where llama.cpp wants them otherwise, its tokens, and its template as it is."""

import json
from pathlib import Path

from nova.engines.adapters.gguf import LAYERS, tensors, turned, write

REST = {
    "model.embed_tokens.weight": "token_embd.weight",
    "model.norm.weight": "output_norm.weight",
    "input_layernorm.weight": "attn_norm.weight",
    "post_attention_layernorm.weight": "ffn_norm.weight",
}
PLAIN, CONTROL = 1, 3  # kinds of tokens


def write_base(base: Path, target: Path) -> None:
    """All in whole floats. Digits stand alone and the rest is split as in GPT-2, which llama.cpp calls smollm."""
    shape, said = (json.loads((base / name).read_text("utf-8")) for name in ("config.json", "tokenizer.json"))
    vocabulary, special = said["model"]["vocab"], {one["content"]: one["id"] for one in said["added_tokens"]}
    words = sorted({**vocabulary, **special}.items(), key=lambda one: one[1])
    fields = {
        "general.architecture": "llama", "general.name": "nova-mini", "llama.context_length": shape["max_position_embeddings"],
        "llama.embedding_length": shape["hidden_size"], "llama.block_count": shape["num_hidden_layers"],
        "llama.feed_forward_length": shape["intermediate_size"], "llama.attention.head_count": shape["num_attention_heads"],
        "llama.attention.head_count_kv": shape["num_key_value_heads"], "llama.rope.dimension_count": shape["head_dim"],
        "llama.rope.freq_base": float(shape["rope_parameters"]["rope_theta"]),
        "llama.attention.layer_norm_rms_epsilon": float(shape["rms_norm_eps"]), "llama.vocab_size": shape["vocab_size"],
        "tokenizer.ggml.model": "gpt2", "tokenizer.ggml.pre": "smollm", "tokenizer.ggml.tokens": [word for word, _ in words],
        "tokenizer.ggml.token_type": [CONTROL if word in special else PLAIN for word, _ in words],
        "tokenizer.ggml.merges": [" ".join(pair) if isinstance(pair, list) else pair for pair in said["model"]["merges"]],
        "tokenizer.ggml.bos_token_id": shape["bos_token_id"], "tokenizer.ggml.eos_token_id": shape["eos_token_id"],
        "tokenizer.ggml.padding_token_id": shape["pad_token_id"], "tokenizer.ggml.add_bos_token": False,
        "tokenizer.ggml.add_eos_token": False, "tokenizer.chat_template": (base / "chat_template.jinja").read_text("utf-8"),
    }  # fmt: skip
    found = {}
    for name, values in tensors(base / "model.safetensors").items():
        if name in REST:
            found[REST[name]] = values
            continue
        number, _, rest = name.removeprefix("model.layers.").partition(".")
        layer = REST.get(rest) or LAYERS[rest.removesuffix(".weight")] + ".weight"
        found[f"blk.{number}.{layer}"] = turned(values, layer.removesuffix(".weight"), shape)
    write(target, fields, found)
