"""Encoders: the original and the export of a model say the same, and no torch is needed for a question."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.encode import Encoder, batches, load_encoder, unit
from index.encoders.check import compare, parity
from index.encoders.fast import FastEncoder
from index.encoders.sentence import SentenceTransformerEncoder
from index.errors import ModelError
from index.models.load import FOLDER, NAME, bundled_files, load_bundled, reference
from index.prepare import encoder_input
from index.storage.snapshot import open_snapshot

ROOT = Path(__file__).parent.parent.parent
QUESTIONS = [
    json.loads(line)["text"] for line in (ROOT / "seeds" / "questions.jsonl").read_text("utf-8").splitlines()
]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def fast(real_store: Path) -> Encoder:
    """The shipped model as a store carries it."""
    encoder = load_encoder(store=real_store)
    assert isinstance(encoder, FastEncoder)
    return encoder


@pytest.fixture(scope="module")
def original() -> Encoder:
    """The shipped model in sentence-transformers."""
    encoder = load_encoder()
    assert isinstance(encoder, SentenceTransformerEncoder)
    return encoder


@pytest.fixture(scope="module")
def passages(real_store: Path) -> list[str]:
    """Every passage of the sample articles, as an encoder is given it."""
    entries = open_snapshot(real_store).corpus.entries()
    return [encoder_input(passage) for entry in entries for passage in entry.passages]


@pytest.mark.real
def test_the_export_of_the_shipped_model_agrees_with_it(
    fast: Encoder, original: Encoder, passages: list[str]
) -> None:
    """Every passage, every question and every token at cosine 0.9999 or more; the same ten best for all."""
    assert fast.stamp == original.stamp
    assert compare(original, fast, passages).cosine > 0.9999
    vectors = [(e.encode_questions(QUESTIONS)[0], e.encode_passages(passages)[0]) for e in (original, fast)]
    found = parity(*vectors)
    assert found.cosine > 0.9999
    assert found.same == 1.0


@pytest.mark.real
def test_the_record_that_a_build_compares_with_is_what_the_model_says(original: Encoder) -> None:
    """The reference beside the shipped weights is that of these weights."""
    known = reference()
    made = original.encode_questions(known.questions)[0], original.encode_passages(known.passages)[0]
    found = parity((known.question_vectors, known.passage_vectors), made)
    assert found.cosine > 0.9999
    assert found.texts >= 100


@pytest.mark.real
def test_a_vector_never_depends_on_its_neighbours(fast: Encoder, passages: list[str]) -> None:
    """A text alone, among others, and in another order gets the same vectors."""
    vectors, tokens = fast.encode_passages(passages)
    backwards, _ = fast.encode_passages(passages[::-1])
    np.testing.assert_allclose(vectors, backwards[::-1], atol=1e-6)
    for i in range(0, len(passages), 9):
        alone, of_alone = fast.encode_passages([passages[i]])
        np.testing.assert_allclose(alone[0], vectors[i], atol=1e-6)
        assert tokens is not None
        assert of_alone is not None
        np.testing.assert_allclose(of_alone[0], tokens[i], atol=1e-6)


@pytest.mark.real
def test_questions_and_passages_live_in_one_space(fast: Encoder) -> None:
    """Without prompts a text is the same vector as a question and as a passage, of unit length."""
    asked, told = fast.encode_questions(QUESTIONS)[0], fast.encode_passages(QUESTIONS)[0]
    np.testing.assert_allclose(asked, told, atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(asked, axis=1), 1.0, atol=1e-5)


@pytest.mark.real
@pytest.mark.parametrize(
    "text", ["", " ", "\n", "?", "a" * 5000, "mot " * 900, "\x00", "🙂", "한국 군인", "\ud800"]
)
def test_any_text_gets_a_vector(fast: Encoder, text: str) -> None:
    """No text is too short, too long or too strange: its vector is finite."""
    vectors, tokens = fast.encode_questions([text])
    assert vectors.shape == (1, fast.stamp.dimension)
    assert np.isfinite(vectors).all()
    assert tokens is not None
    assert tokens[0].shape[1] == fast.stamp.dimension
    assert len(tokens[0]) <= 254


@pytest.mark.real
def test_progress_counts_every_passage_once(fast: Encoder, passages: list[str]) -> None:
    """What `progress` is told adds up to the number of texts; no texts are no error."""
    told: list[int] = []
    fast.encode_passages(passages, told.append)
    assert sum(told) == len(passages)
    assert fast.encode_passages([])[0].shape == (0, fast.stamp.dimension)
    assert fast.encode_questions([])[1] == []


def test_batches_hold_every_text_once_and_little_padding() -> None:
    """Each position once, shortest first, never above the two limits."""
    lengths = [5, 90, 7, 7, 300, 1, 12, 12, 12, 40]
    made = list(batches(lengths, 3, 64))
    assert sorted(i for batch in made for i in batch) == list(range(len(lengths)))
    for batch in made:
        assert len(batch) <= 3
        assert len(batch) == 1 or len(batch) * max(lengths[i] for i in batch) <= 64
    assert [lengths[i] for batch in made for i in batch] == sorted(lengths)


def test_a_row_of_zeros_stays_as_it_is() -> None:
    """Scaling to length one divides nothing by zero."""
    rows = np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32)
    np.testing.assert_allclose(unit(rows), [[0.6, 0.8], [0.0, 0.0]])


HEAVY = "{'torch', 'transformers', 'sentence_transformers', 'onnx', 'onnxscript'}"


def run_without_torch(code: str) -> None:
    """Run `code` in a process of its own; torch and its like must not be loaded by it."""
    checked = f"{code}\nimport sys\nloaded = {HEAVY} & set(sys.modules)\nassert not loaded, loaded"
    done = subprocess.run(
        [sys.executable, "-c", checked], capture_output=True, text=True, timeout=120, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.real
def test_asking_loads_no_torch(real_store: Path) -> None:
    """`selon ask` answers by the export alone."""
    run_without_torch(
        "from qa.cli import main\n"
        f"assert main(['ask', 'Combien de soldats ?', '--store', {str(real_store)!r}]) == 0"
    )


@pytest.mark.real
def test_serving_loads_no_torch(real_store: Path) -> None:
    """What `selon serve` loads before it answers, and an answer."""
    run_without_torch(
        "import threading, urllib.request, uvicorn\n"
        "from qa.cli import main\n"
        "def run(self, sockets):\n"
        "    inner = threading.Thread(target=original, args=(self, sockets), daemon=True)\n"
        "    inner.start()\n"
        "    port = sockets[0].getsockname()[1]\n"
        "    urllib.request.urlopen(f'http://127.0.0.1:{port}/ask?q=Combien', timeout=60).read()\n"
        # A thread that still runs when Python ends may end it by a signal.
        "    self.should_exit = True\n"
        "    inner.join()\n"
        "original, uvicorn.Server.run = uvicorn.Server.run, run\n"
        f"assert main(['serve', '--port', '0', '--store', {str(real_store)!r}]) == 0"
    )


@pytest.mark.real
def test_building_again_loads_no_torch(real_store: Path, tmp_path: Path, seeds: Path) -> None:
    """Neither where nothing changed nor where an article is new: `make serve` starts at once."""
    store = shutil.copytree(real_store, tmp_path / "store")
    (tmp_path / "new.txt").write_text("Le président sud-coréen a démenti mardi.", "utf-8")
    run_without_torch(
        "from qa.cli import main\n"
        f"assert main(['build', {str(seeds)!r}, '--store', {str(store)!r}]) == 0\n"
        f"assert main(['build', {str(tmp_path / 'new.txt')!r}, '--store', {str(store)!r}]) == 0"
    )


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of the shipped model's folder."""
    return Path(shutil.copytree(FOLDER, tmp_path / NAME))


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "tokenizer.json"])
def test_a_missing_file_of_the_shipped_model_is_named(shipped: Path, name: str) -> None:
    """The message says which, and what to do."""
    (shipped / name).unlink()
    with pytest.raises(ModelError, match=name) as raised:
        load_bundled(shipped)
    assert "install" in raised.value.hint


def test_changed_weights_of_the_shipped_model_are_refused(shipped: Path) -> None:
    """Truncated by one byte, or one bit changed in the middle."""
    path = shipped / "model.safetensors"
    whole = path.read_bytes()
    middle = len(whole) // 2
    for changed in (whole[:-1], whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]):
        path.write_bytes(changed)
        with pytest.raises(ModelError, match="SHA-256"):
            bundled_files(shipped)


def test_a_damaged_record_of_the_shipped_model_is_an_error_of_ours(shipped: Path) -> None:
    """No traceback of numpy reaches the user."""
    (shipped / "reference.npz").write_bytes(b"PK not really")
    with pytest.raises(ModelError, match="reference"):
        reference(shipped)


@pytest.mark.parametrize("model", ["./nowhere", "/nowhere/at/all", "~/nowhere-at-all"])
def test_a_folder_that_is_not_there_is_named(model: str, tmp_path: Path) -> None:
    """A path is not looked for on a hub."""
    with pytest.raises(ModelError, match="no model folder"):
        load_encoder(model, store=tmp_path)


def test_a_folder_without_weights_is_named(tmp_path: Path) -> None:
    """Not taken for a model."""
    with pytest.raises(ModelError, match="no model weights"):
        load_encoder(str(tmp_path))


@pytest.mark.real
def test_a_hub_that_cannot_be_reached_is_said(run_selon: Run, tmp_path: Path, seeds: Path) -> None:
    """One clear message, no traceback, exit code 2, and nothing left in the store's place."""
    store = tmp_path / "store"
    done = run_selon("build", str(seeds), "--model", "nobody/nothing-such", "--store", str(store))
    assert done.returncode == 2
    assert "'nobody/nothing-such' could not be loaded" in done.stderr
    assert "Traceback" not in done.stderr
    assert not store.exists()
