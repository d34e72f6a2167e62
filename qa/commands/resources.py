"""What several commands need: the encoder, the store, a folder to follow, a file for a picture."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import InputError

if TYPE_CHECKING:
    from index.encode import Encoder
    from index.storage.snapshot import Snapshot
    from index.types import ModelStamp


def encoder(settings: dict[str, Any]) -> Encoder:
    """The encoder that the settings name."""
    # Late: `selon doctor` says which package is missing, and is not ended by it.
    from index.encode import load_encoder

    return load_encoder(
        settings["model"], settings["query_prompt"], settings["passage_prompt"], settings["store"]
    )


def matching_encoder(settings: dict[str, Any]) -> Encoder:
    """The encoder; a store that is missing or of another model is said before any model is looked for."""
    from index.storage.snapshot import expect_model

    expect_model(settings["store"], settings["model"])
    return encoder(settings)


def opened(store: Path, model: ModelStamp | None = None) -> Snapshot:
    """The current version of a store, or an earlier one, which is said; `model` is the one that will ask."""
    from index.storage.snapshot import open_snapshot

    snapshot = open_snapshot(store, model)
    if snapshot.notice:
        print(f"selon: {snapshot.notice}", file=sys.stderr)
    return snapshot


def existing_folder(named: Path) -> Path:
    """The folder `named`, made absolute; raises InputError where there is none."""
    if not named.is_dir():
        raise InputError(
            f"There is no folder {str(named)!r}.", "Name a folder of articles.", code="no_such_path"
        )
    return named.resolve()


def write_picture(file: Path, picture: str) -> None:
    """Write `picture`, an SVG, to `file`; raises InputError where it cannot be written."""
    try:
        file.write_text(picture, encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"The picture {str(file)!r} cannot be written: {error.strerror}.", "Name another file."
        ) from error
