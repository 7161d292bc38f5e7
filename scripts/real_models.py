"""A folder with a packaged all-MiniLM-L6-v2 in, files that llama.cpp serves out: that model, and a tiny language model of random weights.

Run in the environment that `scripts/real_model_server.sh` makes: python real_models.py MINILM_FOLDER TARGET PORT
"""

import json
import struct
import sys
from pathlib import Path

import gguf
import numpy as np

LAYER = {
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}
REST = {
    "embeddings.word_embeddings": "token_embd",
    "embeddings.position_embeddings": "position_embd",
    "embeddings.token_type_embeddings": "token_types",
    "embeddings.LayerNorm": "token_embd_norm",
}


def tensors(path: Path) -> dict[str, np.ndarray]:
    """What a safetensors file holds, as f32."""
    data = path.read_bytes()
    (size,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + size])
    found = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = entry["data_offsets"]
            found[name] = np.frombuffer(data[8 + size + start : 8 + size + end], dtype=np.float32).reshape(entry["shape"])
    return found


def name_of(tensor: str) -> str | None:
    """llama.cpp's name for a tensor of BERT."""
    module, _, part = tensor.rpartition(".")
    if module in REST:
        return f"{REST[module]}.{part}"
    if module.startswith("encoder.layer."):
        number, _, inner = module.removeprefix("encoder.layer.").partition(".")
        return f"blk.{number}.{LAYER[inner]}.{part}"
    return None


def write_minilm(folder: Path, target: Path) -> None:
    """The sentence encoder: mean of the last layer's tokens."""
    config = json.loads((folder / "config.json").read_text())
    writer = gguf.GGUFWriter(target, "bert")
    writer.add_name("all-MiniLM-L6-v2")
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_layer_norm_eps(config["layer_norm_eps"])
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType.MEAN)
    writer.add_tokenizer_model("bert")
    writer.add_token_type_count(config["type_vocab_size"])
    words = (folder / "vocab.txt").read_text("utf-8").split("\n")[: config["vocab_size"]]
    special = [word.startswith("[") and word.endswith("]") and len(word) > 2 for word in words]
    shown = [word if one else word[2:] if word.startswith("##") else "\u2581" + word for word, one in zip(words, special, strict=True)]
    writer.add_token_list(shown)
    writer.add_token_types([gguf.TokenType.CONTROL if one else gguf.TokenType.NORMAL for one in special])
    for role, word in (("sep", "[SEP]"), ("pad", "[PAD]"), ("mask", "[MASK]"), ("unk", "[UNK]")):
        getattr(writer, f"add_{role}_token_id")(words.index(word))
    writer.add_bos_token_id(words.index("[CLS]"))
    writer.add_eos_token_id(words.index("[SEP]"))
    for tensor, values in tensors(folder / "model.safetensors").items():
        if name := name_of(tensor):
            writer.add_tensor(name, values)
    finish(writer)


def write_random(target: Path, width: int = 64, layers: int = 2) -> None:
    """A language model that says something, and means nothing: 256 byte tokens and a few signs, the same weights every time."""
    dice = np.random.default_rng(1)
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), "\u2581"]
    kinds = [gguf.TokenType.UNKNOWN, *[gguf.TokenType.CONTROL] * 2, *[gguf.TokenType.BYTE] * 256, gguf.TokenType.NORMAL]
    writer = gguf.GGUFWriter(target, "llama")
    writer.add_name("zufall")
    writer.add_context_length(512)
    writer.add_embedding_length(width)
    writer.add_feed_forward_length(2 * width)
    writer.add_block_count(layers)
    writer.add_head_count(4)
    writer.add_head_count_kv(4)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(width // 4)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_chat_template("{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}assistant:")

    def some(*shape: int) -> np.ndarray:
        return dice.normal(0, 0.2, shape).astype(np.float32)

    ones = np.ones(width, dtype=np.float32)
    writer.add_tensor("token_embd.weight", some(len(tokens), width))
    writer.add_tensor("output.weight", some(len(tokens), width))
    writer.add_tensor("output_norm.weight", ones)
    for layer in range(layers):
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            writer.add_tensor(f"blk.{layer}.{part}.weight", some(width, width))
        writer.add_tensor(f"blk.{layer}.ffn_gate.weight", some(2 * width, width))
        writer.add_tensor(f"blk.{layer}.ffn_up.weight", some(2 * width, width))
        writer.add_tensor(f"blk.{layer}.ffn_down.weight", some(width, 2 * width))
        writer.add_tensor(f"blk.{layer}.attn_norm.weight", ones)
        writer.add_tensor(f"blk.{layer}.ffn_norm.weight", ones)
    finish(writer)


def finish(writer: gguf.GGUFWriter) -> None:
    """Write what was added."""
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main(argv: list[str]) -> None:
    """Write both models and the server's configuration."""
    folder, target, port = Path(argv[1]), Path(argv[2]), int(argv[3])
    target.mkdir(parents=True, exist_ok=True)
    write_minilm(folder, target / "all-minilm.gguf")
    write_random(target / "zufall.gguf")
    shared = {"n_threads": 1, "n_threads_batch": 1, "verbose": False}
    models = [
        {"model": str(target / "zufall.gguf"), "model_alias": "zufall", "n_ctx": 512, **shared},
        {"model": str(target / "all-minilm.gguf"), "model_alias": "all-minilm", "embedding": True, "n_ctx": 512, "n_batch": 512, **shared},
    ]
    (target / "server.json").write_text(json.dumps({"host": "127.0.0.1", "port": port, "models": models}, indent=2))


if __name__ == "__main__":
    main(sys.argv)
