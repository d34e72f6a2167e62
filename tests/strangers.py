"""Small models with random weights, as strangers might bring them, saved as sentence-transformers does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

SEEDS = Path(__file__).parent.parent / "seeds" / "articles"
WIDTH = 32


def make_model(folder: Path, kind: str = "bert", pooling: str = "mean", dense: int = 0, **config: Any) -> str:
    """Save a model of `kind` in `folder`; returns the folder as `--model` takes it.

    `dense` is the width of a dense layer after the pooling, 0 for none. The same
    arguments give the same weights.
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules

    torch.manual_seed(7)
    bare = folder.with_name(folder.name + "-bare")
    network(kind, config).save_pretrained(bare)
    tokenizer().save_pretrained(bare)
    parts: list[Any] = [modules.Transformer(str(bare)), modules.Pooling(WIDTH, pooling_mode=pooling)]
    if dense:
        parts.append(modules.Dense(WIDTH, dense))
    SentenceTransformer(modules=[*parts, modules.Normalize()], device="cpu").save(str(folder))
    return str(folder)


def network(kind: str, config: dict[str, Any]) -> Any:
    """A network of two thin layers."""
    import transformers

    sizes: dict[str, Any] = {
        "vocab_size": len(vocabulary()),
        "max_position_embeddings": 66,
        "pad_token_id": 0,
    }
    if kind == "distilbert":
        made = transformers.DistilBertConfig(
            **sizes, dim=WIDTH, n_layers=2, n_heads=4, hidden_dim=64, **config
        )
        return transformers.DistilBertModel(made)
    layers = {"hidden_size": WIDTH, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64}
    if kind == "roberta":
        return transformers.RobertaModel(transformers.RobertaConfig(**sizes, **layers, **config))
    return transformers.BertModel(transformers.BertConfig(**sizes, **layers, **config))


def vocabulary() -> list[str]:
    """The marks, the letters, and the words of the sample articles."""
    text = " ".join(path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))).lower()
    letters = sorted(set(text) - set(" \n"))
    words = sorted(set(re.findall(r"\w{2,}", text)))
    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    return [*marks, *letters, *(f"##{letter}" for letter in letters), *words]


def tokenizer() -> Any:
    """A tokenizer of whole words and letters."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    numbers = {word: number for number, word in enumerate(dict.fromkeys(vocabulary()))}
    made = Tokenizer(models.WordPiece(numbers, unk_token="[UNK]"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", numbers["[CLS]"]), ("[SEP]", numbers["[SEP]"])]
    )
    marks = {f"{name}_token": f"[{name.upper()}]" for name in ("pad", "unk", "cls", "sep", "mask")}
    return PreTrainedTokenizerFast(tokenizer_object=made, model_max_length=64, **marks)
