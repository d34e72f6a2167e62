"""A document made ready for a segment: cut, annotated, analysed, and written as rows.

A composer: it knows the order of the stages that depend on one document alone.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path

from index.annotate import annotate, profile
from index.clean import furniture
from index.copies import signature
from index.lexical import acronyms, position_term, terms
from index.split import split
from index.storage.corpus import DocumentRow, PassageRow
from index.storage.records import to_json
from index.types import Document, Entry, Passage


def prepare(document: Document, source: str) -> Entry:
    """Cut and annotate one document."""
    passages = annotate(document, split(document, furniture(document.text)))
    return Entry(replace(document, profile=profile(passages)), source, passages)


def document_row(entry: Entry, read: str) -> DocumentRow:
    """An entry as it is stored; `read` is what `as_read` made of its document."""
    document = entry.document
    beside = _title_beside(entry)
    rows = tuple(
        PassageRow(
            key=key_of(encoder_input(passage)),
            terms=" ".join(_terms(passage, "" if number else beside, document.language)),
            record=to_json(passage),
            signature=signature(passage.span.text).tobytes(),
        )
        for number, passage in enumerate(entry.passages)
    )
    dated = document.published is not None
    return DocumentRow(document.doc_id, entry.source, read, dated, to_json(document), rows)


def _terms(passage: Passage, beside: str, language: str | None) -> list[str]:
    """The terms under which a passage is found: its words, those beside it, and the positions taken in it.

    With an answer of an interview its question, and who gives it; with whoever speaks what their
    name may be shortened to.
    """
    taken = {position_term(voice.stance) for voice in passage.heard}
    taken = taken.union(*(acronyms((voice.resolved or voice.holder).text) for voice in passage.heard))
    asked = f"\n{passage.asked.text}" if passage.asked else ""
    speaks = f"\n{passage.speaker.holder.text}" if passage.speaker else ""
    return [*terms(passage.span.text + asked + speaks + beside, language), *sorted(taken)]


def _title_beside(entry: Entry) -> str:
    """The title, to be found with the first passage, which lends all others their context; "" where
    the text begins with it, or where there is none.
    """
    title = entry.document.title
    read = any(title in passage.span.text for passage in entry.passages[:3])
    return "" if read else f"\n{title}"


def encoder_input(passage: Passage) -> str:
    """What an encoder is given of a passage: passages with equal inputs share one vector.

    An answer of an interview means little without its question and whoever gives it.
    """
    asked = f"{passage.asked.text} " if passage.asked else ""
    speaks = f"{passage.speaker.holder.text}: " if passage.speaker else ""
    return asked + speaks + passage.span.text


def key_of(encoded: str) -> bytes:
    """The key, of 16 bytes, under which the vector of an encoder's input is found again."""
    return hashlib.blake2b(encoded.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def reading(document: Document) -> str:
    """A hash of a document as its source gives it, under the id that it has there."""
    described = asdict(replace(document, text="", profile=None))
    return hashlib.sha256(json.dumps(described, sort_keys=True).encode()).hexdigest()[:32]


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A hash of the code and the words that cut and annotate: other rules, other passages."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for path in sorted(here.rglob("*")):
        if path.suffix in {".py", ".toml"} and not {"models", "encoders"} & {*path.relative_to(here).parts}:
            digest.update(path.relative_to(here).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]
