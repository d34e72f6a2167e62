"""Exports: made once a model, compared, kept with the verdict; a damaged one is named and never used."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess

import numpy as np
import pytest
from strangers import make_model

from index.build import build
from index.encode import Encoder, load_encoder
from index.encoders import export as exporting
from index.encoders.check import Parity, compare, questions_of
from index.encoders.fast import FastEncoder
from index.encoders.folder import ENCODERS, Export, find_export, rewrite_record
from index.encoders.sentence import SentenceTransformerEncoder, known_as
from index.storage.verify import verify
from index.types import ModelStamp

Run = Callable[..., "CompletedProcess[str]"]
TEXTS = ["Le GUR a démenti mardi.", "Au moins trente soldats ont été tués ou blessés.", "Kim ?", "Non."] * 3


def export_of(store: Path, model: str) -> Export:
    """The export that a store has of `model`."""
    found = find_export(store, model, *known_as(model))
    assert found is not None
    return found


@pytest.mark.real
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("bert", {}),
        ("bert", {"pooling": "cls", "dense": 24}),
        ("roberta", {"pooling": "lasttoken"}),
        ("distilbert", {}),
    ],
    ids=["bert", "cls and dense", "roberta, last token", "distilbert, traced"],
)
def test_a_strangers_model_is_exported_and_answers(
    run_selon: Run, seeds: Path, tmp_path: Path, kind: str, options: dict[str, object]
) -> None:
    """Built with it, the store's export says what sentence-transformers says; `selon ask` runs by it."""
    model = make_model(tmp_path / "stranger", kind, **options)  # type: ignore[arg-type]
    store = tmp_path / "store"
    original = load_encoder(model, store=store)
    assert isinstance(original, SentenceTransformerEncoder)
    report = build(store, [seeds], original)
    assert report.note is None
    fast = load_encoder(model, store=store)
    assert isinstance(fast, FastEncoder)
    assert fast.stamp == original.stamp == report.manifest.model
    assert compare(original, fast, TEXTS).cosine > 0.999
    assert export_of(store, model).checked["texts"] > 200
    done = run_selon(
        "ask", "Combien de soldats ?", "--threshold", "0", "--model", model, "--store", str(store)
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A tiny model of the E5 family, by its name."""
    return make_model(tmp_path_factory.mktemp("models") / "tiny-e5")


@pytest.fixture(scope="module")
def strange_store(stranger: str, seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the sample articles made with it. Not to be written."""
    store = tmp_path_factory.mktemp("strange") / "store"
    build(store, [seeds], load_encoder(stranger, store=store))
    return store


@pytest.mark.real
def test_prompts_are_the_familys_or_those_given(stranger: str, strange_store: Path) -> None:
    """An E5 gets its prompts; given ones take their place; both encoders put them before the text."""
    for store in (None, strange_store):
        own = load_encoder(stranger, store=store)
        assert (own.stamp.query_prompt, own.stamp.passage_prompt) == ("query: ", "passage: ")
        bare = load_encoder(stranger, "", "", store=store)
        assert (bare.stamp.query_prompt, bare.stamp.passage_prompt) == ("", "")
        prompted = bare.encode_questions(["query: " + text for text in TEXTS])[0]
        np.testing.assert_allclose(own.encode_questions(TEXTS)[0], prompted, atol=1e-5)
        prompted = bare.encode_questions(["passage: " + text for text in TEXTS])[0]
        np.testing.assert_allclose(own.encode_passages(TEXTS)[0], prompted, atol=1e-5)


@pytest.mark.real
def test_a_model_that_cannot_be_exported_is_used_as_it_is(seeds: Path, tmp_path: Path) -> None:
    """The build says why in a word; the store remembers, and the next build does not try again."""
    model, store = make_model(tmp_path / "stranger", pooling="max"), tmp_path / "store"
    note = build(store, [seeds], load_encoder(model, store=store)).note
    assert note is not None
    assert "max" in note
    assert not export_of(store, model).used
    again = load_encoder(model, store=store)
    assert isinstance(again, SentenceTransformerEncoder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exporting, "_export", None)
        assert build(store, [seeds], again).note == note


@pytest.mark.real
@pytest.mark.parametrize("found", [Parity(200, 0.98, 1.0), Parity(200, 0.999, 0.9)])
def test_an_export_that_strays_is_not_used(
    stranger: str, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: Parity
) -> None:
    """Below cosine 0.99, or other best passages in more than one question of a hundred."""
    monkeypatch.setattr(exporting, "compare", lambda *_: found)
    store = tmp_path / "store"
    note = build(store, [seeds], load_encoder(stranger, store=store)).note
    assert note is not None
    assert "strays" in note
    assert isinstance(load_encoder(stranger, store=store), SentenceTransformerEncoder)


@pytest.mark.real
@pytest.mark.parametrize("strays", [False, True])
def test_without_any_document_an_export_is_compared_all_the_same(
    stranger: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, strays: bool
) -> None:
    """A service begins with an empty store: an export that strays is refused there too."""
    if strays:
        monkeypatch.setattr(
            exporting, "compare", lambda known, other, texts: compare(known, Turned(other), texts)
        )
    store = tmp_path / "store"
    note = build(store, [], load_encoder(stranger, store=store), everything=True).note
    assert (note is not None) is strays
    assert export_of(store, stranger).ready is not strays
    assert strays or export_of(store, stranger).checked["texts"] > 100


@pytest.mark.real
def test_an_export_that_was_compared_on_nothing_is_made_again(stranger: str, tmp_path: Path) -> None:
    """A store of an earlier Selon may hold one."""
    store = tmp_path / "store"
    build(store, [], load_encoder(stranger, store=store), everything=True)
    made = export_of(store, stranger)
    rewrite_record(replace(made, checked={"texts": 0, "cosine": 1.0, "same": 1.0}))
    encoder = load_encoder(stranger, store=store)
    assert isinstance(encoder, SentenceTransformerEncoder)
    build(store, [], encoder, everything=True)
    assert export_of(store, stranger).checked == made.checked


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def flip(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(bytes(whole))


@pytest.mark.real
@pytest.mark.parametrize("damage", [cut, flip, Path.unlink], ids=["truncated", "changed", "missing"])
@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "export.json"])
def test_a_damaged_export_is_named_left_alone_and_mended(
    strange_store: Path,
    stranger: str,
    seeds: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    name: str,
    damage: Callable[[Path], None],
) -> None:
    """`verify` finds it; the model itself takes its place; the next build makes the export again."""
    store = Path(shutil.copytree(strange_store, tmp_path / "store"))
    assert not any(checked.problems for checked in verify(store))
    damage(export_of(store, stranger).folder / name)
    problems = [problem for checked in verify(store) for problem in checked.problems]
    assert len(problems) == 1
    assert name in problems[0]
    with caplog.at_level(logging.WARNING):
        encoder = load_encoder(stranger, store=store)
    assert isinstance(encoder, SentenceTransformerEncoder)
    assert name in caplog.text
    report = build(store, [seeds], encoder)
    assert not report.published
    assert isinstance(load_encoder(stranger, store=store), FastEncoder)


@pytest.mark.real
def test_an_export_that_was_never_checked_is_not_used(
    stranger: str, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that ends between writing and checking leaves nothing that a question would use."""
    store = tmp_path / "store"

    def die(*_: object) -> Parity:
        raise KeyboardInterrupt

    encoder = load_encoder(stranger, store=store)
    with monkeypatch.context() as patch:
        patch.setattr(exporting, "compare", die)
        with pytest.raises(KeyboardInterrupt):
            build(store, [seeds], encoder)
    assert isinstance(load_encoder(stranger, store=store), SentenceTransformerEncoder)
    build(store, [seeds], load_encoder(stranger, store=store))
    assert isinstance(load_encoder(stranger, store=store), FastEncoder)


@pytest.mark.real
def test_other_weights_in_the_same_folder_are_another_model(seeds: Path, tmp_path: Path) -> None:
    """The export of the old weights is not used for the new, and goes when no version needs it."""
    model, store = make_model(tmp_path / "model"), tmp_path / "store"
    build(store, [seeds], load_encoder(model, store=store), keep=1)
    make_model(tmp_path / "model", initializer_range=0.05)
    shutil.rmtree(tmp_path / "model-bare")
    encoder = load_encoder(model, store=store)
    assert isinstance(encoder, SentenceTransformerEncoder)
    build(store, [seeds], encoder, keep=1)
    assert [path.name for path in (store / ENCODERS).iterdir()] == [export_of(store, model).folder.name]


def test_another_models_name_is_not_taken_for_this_ones(tmp_path: Path) -> None:
    """`maker/small` does not find the export of `maker/small-v2`."""
    from index.encoders.folder import write_export

    stamp = ModelStamp("maker/small-v2", "0123456789ab", 3)
    write_export(tmp_path, Export("maker/small-v2", stamp, used=False, why="a test"), {})
    assert find_export(tmp_path, "maker/small", "maker/small", None) is None
    assert find_export(tmp_path, "maker/small-v2", "maker/small-v2", None) is not None


class Turned:
    """An encoder whose question vectors lie elsewhere."""

    def __init__(self, inner: Encoder) -> None:
        self._inner = inner
        self.stamp = inner.stamp
        self.encode_passages = inner.encode_passages

    def encode_questions(self, texts: list[str]) -> object:
        vectors, tokens = self._inner.encode_questions(texts)
        return np.roll(vectors, 1, axis=1), tokens


def test_the_check_sees_what_strays(encoder: Encoder, seeds: Path) -> None:
    """The same encoder passes; one whose questions lie elsewhere does not."""
    passages = [line for path in sorted(seeds.glob("*.txt")) for line in path.read_text("utf-8").split("\n")]
    passages = [line for line in passages if line.strip()]
    assert compare(encoder, encoder, passages).good
    assert not compare(encoder, Turned(encoder), passages).good  # type: ignore[arg-type]
    assert not compare(encoder, encoder, []).good
    asked = questions_of(passages)
    assert asked
    assert all(question.endswith("?") for question in asked)
