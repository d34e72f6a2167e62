"""Documents and passages as JSON, and back, without loss."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from index.types import Document, Figure, Passage, Profile, Role, Span, Stance, Voice, VoiceStance


def to_json(record: Document | Passage) -> str:
    """A record as one line of JSON."""
    return json.dumps(asdict(record), ensure_ascii=False, separators=(",", ":"))


def document_from_json(raw: dict[str, Any]) -> Document:
    """The document that `to_json` wrote."""
    profile = raw["profile"]
    if profile is not None:
        profile = Profile(profile["label"], {Stance(k): v for k, v in profile["counts"].items()})
    return Document(**{**raw, "profile": profile})


def passage_from_json(raw: dict[str, Any]) -> Passage:
    """The passage that `to_json` wrote."""
    return Passage(
        passage_id=raw["passage_id"],
        doc_id=raw["doc_id"],
        span=Span(**raw["span"]),
        role=Role(raw["role"]),
        paragraph=raw["paragraph"],
        heading=_span(raw["heading"]),
        stance=Stance(raw["stance"]),
        cue=_span(raw["cue"]),
        voices=tuple(_voice(voice) for voice in raw["voices"]),
        figures=tuple(
            Figure(**{**figure, "span": Span(**figure["span"]), "unit": _span(figure["unit"])})
            for figure in raw["figures"]
        ),
        # Versions built before interviews were read have neither.
        asked=_span(raw.get("asked")),
        speaker=_voice(raw["speaker"]) if raw.get("speaker") else None,
    )


def _voice(raw: dict[str, Any]) -> Voice:
    return Voice(
        holder=Span(**raw["holder"]),
        stance=VoiceStance(raw["stance"]),
        cue=_span(raw["cue"]),
        resolved=_span(raw["resolved"]),
    )


def _span(raw: dict[str, Any] | None) -> Span | None:
    return None if raw is None else Span(**raw)
