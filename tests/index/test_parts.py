"""The parts of a segment: each gives over several segments what it would give over one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from newsroom import write
from numpy.typing import NDArray

from index.errors import StoreDamaged
from index.lexical import stems
from index.storage.numbering import Listed, Numbering
from index.storage.postings import LexicalIndex, PostingsPart, postings_bytes
from index.storage.seal import sealed, unseal
from index.storage.tokens import quantize
from index.vectors import VectorPart, Vectors, index_bytes, new_index

TERMS = ("pont", "soldat", "mardi", "kiev", "3000")
Passages = list[list[str]]
corpora = st.lists(st.lists(st.sampled_from(TERMS), max_size=6), min_size=1, max_size=8)


def listings(parts: Sequence[Sequence[object]], first_id: int = 0) -> list[list[Listed]]:
    """A document for each passage, under ids in the order of the parts."""
    found, number = [], first_id
    for part in parts:
        found.append([])
        for row in range(len(part)):
            found[-1].append(Listed(row, f"d{number:03}", "s", "", "", False, row, row + 1))
            number += 1
    return found


def lexical(place: Path, parts: Sequence[Passages], dead: Sequence[set[int]]) -> LexicalIndex:
    opened = []
    for number, part in enumerate(parts):
        path = place / f"{number}.sqlite"
        path.write_bytes(postings_bytes(part))
        opened.append(PostingsPart(path))
    return LexicalIndex(opened, Numbering(listings(parts), dead))


def bm25(passages: Passages, question: Sequence[str]) -> list[float]:
    """The same by the book: Lucene's BM25 with k1 1.2 and b 0.5, as a share of what can be reached."""
    mean = sum(map(len, passages)) / len(passages) or 1
    holders = Counter(term for passage in passages for term in set(passage))

    def rarity(n: int) -> float:
        return math.log(1 + (len(passages) - n + 0.5) / (n + 0.5))

    totals, reachable = [0.0] * len(passages), 0.0
    for word in question:
        best = 0.0
        for stem in stems(word):
            for i, passage in enumerate(passages):
                often = passage.count(stem)
                norm = often + 1.2 * (0.5 + 0.5 * len(passage) / mean)
                weight = rarity(holders[stem]) * often / norm if often else 0.0
                totals[i] += weight
                best = max(best, weight)
        reachable += best or rarity(0)
    return [min(1.0, total / reachable) for total in totals]


def shares(index: LexicalIndex, question: Sequence[str]) -> NDArray[np.float32]:
    """What each passage reaches of all the words, each standing for itself."""
    concepts = [tuple((stem,) for stem in sorted(stems(word))) for word in question]
    return index.parts(concepts).sum(axis=0)


@given(parts=st.lists(corpora, min_size=1, max_size=3), data=st.data())
@settings(max_examples=60)
def test_words_over_segments_weigh_as_in_one(
    tmp_path_factory: pytest.TempPathFactory, parts: list[Passages], data: st.DataObject
) -> None:
    """Whatever segments passages lie in and whatever is left out: BM25 over what is live, by the book."""
    dead = [data.draw(st.sets(st.integers(0, len(part) - 1))) for part in parts]
    live = [p for part, out in zip(parts, dead, strict=True) for i, p in enumerate(part) if i not in out]
    question = data.draw(st.lists(st.sampled_from([*TERMS, "inconnu"]), min_size=1, max_size=3, unique=True))
    found = shares(lexical(tmp_path_factory.mktemp("words"), parts, dead), question)
    assert found.dtype == np.float32
    assert found.shape == (len(live),)
    if live:
        assert np.allclose(found, bm25(live, question), atol=1e-6)


def test_what_may_stand_for_a_word_counts_up_to_its_weight(tmp_path: Path) -> None:
    """A rare other word counts no more than the word itself, a common one less; no share but this grows."""
    passages = [["pont", "mardi"], ["soldat", "mardi"], ["mardi", "kiev"], ["3000", "3000"]]
    index = lexical(tmp_path, [passages], [set()])
    asked = [[("pont",)], [("kiev",)]]
    plain = index.parts(asked)
    found = index.parts(asked, [[("soldat",), ("mardi",), ("inconnu",)], []])
    weight = plain[0, 0]
    assert found[0].tolist() == pytest.approx([weight, weight, found[0, 2], 0])
    assert 0 < found[0, 2] < weight
    assert (found[1] == plain[1]).all()
    # A word that no passage holds: what stands for it counts by its own rarity.
    unknown = index.parts([[("inconnu",)]], [[("soldat",)]])
    assert 0 < unknown[0, 1] < 1
    assert unknown.sum() == unknown[0, 1]


def test_a_corpus_without_words_answers_nothing(tmp_path: Path) -> None:
    """No passage, or passages of stop words alone."""
    for passages in ([], [[], []]):
        assert not shares(lexical(tmp_path, [passages], [set()]), ["pont"]).any()


@given(
    rows=arrays(np.int8, st.tuples(st.integers(1, 40), st.just(4)), elements=st.integers(-2, 2)),
    cuts=st.sets(st.integers(1, 39), max_size=3),
    k=st.integers(1, 45),
    data=st.data(),
)
@settings(max_examples=60)
def test_vectors_over_segments_are_found_as_in_one(
    tmp_path_factory: pytest.TempPathFactory, rows: np.ndarray, cuts: set[int], k: int, data: st.DataObject
) -> None:
    """The nearest, exactly, and among equally near ones those of lower number, whatever the segments."""
    matrix = rows.astype(np.float32)
    bounds = [0, *sorted(cut for cut in cuts if cut < len(matrix)), len(matrix)]
    parts = [matrix[first:last] for first, last in pairwise(bounds)]
    dead = [data.draw(st.sets(st.integers(0, len(part) - 1))) for part in parts]
    live = np.concatenate([np.delete(part, list(out), axis=0) for part, out in zip(parts, dead, strict=True)])
    place, opened = tmp_path_factory.mktemp("vectors"), []
    for number, part in enumerate(parts):
        index = new_index(4, len(part))
        index.add(part)
        (place / str(number)).write_bytes(index_bytes(index))
        opened.append(VectorPart(place / str(number)))
    vectors = Vectors(opened, Numbering(listings(parts), dead), 4)
    asked = np.array([0.5, -0.25, 1.0, 0.125], dtype=np.float32)
    exact = live @ asked
    order = sorted(range(len(live)), key=lambda i: (-round(float(exact[i]), 6), i))[:k]
    found = vectors.search(asked, k)
    assert list(found) == order
    assert np.allclose(list(found.values()), exact[order])
    assert np.array_equal(vectors.rows(range(len(live))), live)
    assert np.allclose(vectors.cosines(asked, order), exact[order])


@given(arrays(np.float32, st.tuples(st.integers(0, 5), st.just(6)), elements=st.floats(-1, 1, width=32)))
def test_token_vectors_lose_little(matrix: np.ndarray) -> None:
    """An 8-bit row is within half a step of the row, and a row of zeros stays one."""
    numbers, scales = quantize(matrix)
    assert numbers.dtype == np.int8
    assert np.all(np.abs(numbers * scales[:, None] - matrix) <= scales[:, None] * 0.501 + 1e-7)


def test_tokens_are_met_passage_by_passage(tmp_path: Path) -> None:
    """Over segments, each token by the nearest of each passage; a passage's row is its own in any company."""
    from encoders import TrigramEncoder

    from index.build import build
    from index.storage.snapshot import open_snapshot

    news = write(
        tmp_path / "news", {"a.txt": "Le pont est fermé mardi.", "c.txt": "Trois soldats gardent la rive."}
    )
    build(tmp_path / "store", [news], TrigramEncoder())
    (news / "b.txt").write_text("La rive attend les trois soldats.", encoding="utf-8")
    build(tmp_path / "store", [], TrigramEncoder())
    snapshot = open_snapshot(tmp_path / "store")
    assert len(snapshot.manifest.segments) == 2
    everything = list(range(len(snapshot.vectors)))
    _, [asked] = TrigramEncoder().encode_questions(["trois soldats"])
    met = snapshot.tokens.met(asked, everything)
    for number in everything:
        _, [own] = TrigramEncoder().encode_questions([snapshot.corpus.passage(number).span.text])
        assert np.abs(met[number] - (own @ asked.T).max(axis=0)).max() < 0.01
        assert np.array_equal(snapshot.tokens.met(asked, [number])[0], met[number])
    assert snapshot.tokens.met(asked[:0], everything).shape == (len(everything), 0)


@pytest.mark.parametrize("at", range(0, 90, 7))
def test_a_sealed_file_knows_its_damage(tmp_path: Path, at: int) -> None:
    """Whatever byte changes, and where it is cut short."""
    path = tmp_path / "sealed.json"
    content = bytearray(sealed({"versions": ["é", 1, None]}))
    path.write_bytes(content)
    assert unseal(path) == {"versions": ["é", 1, None]}
    content[at % len(content)] ^= 1
    path.write_bytes(content)
    with pytest.raises(StoreDamaged, match=r"sealed\.json"):
        unseal(path)
    path.write_bytes(content[:at])
    with pytest.raises(StoreDamaged):
        unseal(path)
