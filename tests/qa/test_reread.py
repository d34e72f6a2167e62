"""The second reading: what the network that ships makes of a question and its likeliest passages."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from encoders import TrigramEncoder
from numpy.typing import NDArray

from index.encode import load_encoder
from index.encoders.session import session
from index.errors import ModelError
from index.models.load import FOLDER, READER, reader_network
from index.storage.snapshot import Snapshot, open_snapshot
from index.types import Role
from qa.question import understand
from qa.rank import first_of, order_of, rank
from qa.ranking.features import features
from qa.ranking.found import Found
from qa.ranking.reread import MOST, read, reads, reread
from qa.retrieve import retrieve

ASKED = "Combien de soldats l'Ukraine a-t-elle capturés ?"
Floats = NDArray[np.float32]


@pytest.fixture
def found(real_store: Path) -> Found:
    """What the shipped model finds over the samples."""
    encoder, snapshot = load_encoder(store=real_store), open_snapshot(real_store)
    vectors, tokens = encoder.encode_questions([ASKED])
    assert tokens
    return retrieve(snapshot, understand(ASKED), vectors[0], tokens[0], encoder.token_spans(ASKED))


def some_texts(seed: int, size: int = 384) -> tuple[Floats, list[Floats], Floats, Floats]:
    """A question and five passages of unlike length, as unit vectors of tokens, and how near they are."""
    draw = np.random.RandomState(seed)

    def rows(count: int) -> Floats:
        drawn = draw.normal(size=(count, size)).astype(np.float32)
        return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True))

    passages = [rows(count) for count in (3, 30, 1, 12, 7)]
    return rows(6), passages, draw.rand(5, 6, 4).astype(np.float32), draw.rand(5).astype(np.float32)


@pytest.mark.real
@pytest.mark.parametrize("seed", range(3))
def test_a_passage_is_read_alike_alone_and_among_others(seed: int) -> None:
    """What else is read with it changes nothing."""
    asked, passages, met, cosines = some_texts(seed)
    network = session(reader_network())
    together = read(network, asked, passages, met, cosines)
    for n in range(len(passages)):
        alone = read(network, asked, [passages[n]], met[n : n + 1], cosines[n : n + 1])
        assert alone == pytest.approx(together[n : n + 1], abs=1e-3)


@pytest.mark.real
def test_service_reads_as_the_training_did() -> None:
    """A network that learns gives the same odds as what is made of it for the service."""
    import torch

    from index.models.train_reader import Reader, exported

    torch.manual_seed(0)
    learns = Reader(width=16, layers=2)
    torch.nn.init.normal_(learns.h2.weight)
    asked, passages, met, cosines = some_texts(7)
    served = read(session(exported(learns)), asked, passages, met, cosines)
    assert np.ptp(served) > 0.05
    for n, rows in enumerate(passages):
        with torch.inference_mode():
            learnt = learns.eval()(
                torch.from_numpy(asked)[None],
                torch.ones(1, len(asked)),
                torch.from_numpy(rows)[None],
                torch.ones(1, len(rows)),
                torch.from_numpy(met[n : n + 1]),
                torch.from_numpy(cosines[n : n + 1]),
            )
        assert served[n] == pytest.approx(float(learnt[0]), abs=0.02)


@pytest.mark.real
def test_only_the_likeliest_are_read(found: Found, real_store: Path) -> None:
    """They lie between -1 and 1; all others count as the least sure of them."""
    stamp = load_encoder(store=real_store).stamp
    first = list(range(3, 3 + MOST))
    sure = reread(found, first, stamp)
    assert np.abs(sure).max() <= 1
    assert len(set(sure[first].round(6))) > 1
    others = np.delete(sure, first)
    assert set(others) == {sure[first].min()}
    assert not reread(found, [], stamp).any()


@pytest.mark.real
def test_the_second_reading_is_a_part_of_the_score(found: Found, real_store: Path) -> None:
    """The sentences that the order puts first are those read, and each hit tells what came of it."""
    stamp, question = load_encoder(store=real_store).stamp, understand(ASKED)
    first = first_of(features(question, found), found, order_of(question.language))
    told = {hit.number: hit.parts["read"] for hit in rank(question, found, stamp)}
    assert [told[n] for n in found.numbers] == reread(found, first, stamp).tolist()
    assert len(first) == MOST
    assert all(found.passages[n].role is Role.SENTENCE for n in first)


def test_another_model_has_no_reader(snapshot: Snapshot) -> None:
    """Its token vectors mean something else: nothing is read, and nothing breaks."""
    encoder = TrigramEncoder()
    vectors, tokens = encoder.encode_questions([ASKED])
    assert tokens
    found = retrieve(snapshot, understand(ASKED), vectors[0], tokens[0])
    assert not reads(encoder.stamp)
    assert not reread(found, [0, 1], encoder.stamp).any()


def test_a_reader_that_was_changed_is_refused(tmp_path: Path) -> None:
    """By its checksum, with the cure; likewise one that is missing."""
    shutil.copyfile(FOLDER / READER, tmp_path / READER)
    with (tmp_path / READER).open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelError, match="SHA-256") as damaged:
        reader_network(tmp_path)
    assert damaged.value.code == "model_damaged"
    (tmp_path / READER).unlink()
    with pytest.raises(ModelError, match="lacks") as missing:
        reader_network(tmp_path)
    assert missing.value.code == "model_missing"
