"""`selon serve`: the chat and the API, until interrupted."""

from __future__ import annotations

import argparse
from typing import Any

from index.storage.snapshot import expect_model
from qa.commands import OK
from qa.commands.resources import encoder, existing_folder
from qa.http import serve as service


def serve(_: argparse.Namespace, settings: dict[str, Any]) -> int:
    if settings["watch"]:
        settings = {**settings, "watch": existing_folder(settings["watch"])}
    elif not settings["api_key"]:
        expect_model(settings["store"], settings["model"])  # Where nothing can arrive, a store must be there.
    service.serve(settings, lambda: encoder(settings))
    return OK
