"""`selon build` and `selon watch`: articles are read into the index, once or at each change of a folder."""

from __future__ import annotations

import argparse
import signal
from pathlib import Path
from threading import Event
from typing import Any

from rich.console import Console

from index.build import BuildReport
from index.build import build as build_index
from index.encode import Encoder
from index.errors import SelonError, StoreBusy
from index.store import existing_root
from index.watch import changes
from qa.commands import OK
from qa.commands.resources import encoder, existing_folder
from qa.commands.terminal import progress, say_built


def build(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    with progress() as reporter:
        report = build_index(settings["store"], given.paths, encoder(settings), reporter, settings["keep"])
    say_built(report)
    return OK


def watch(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    folder = existing_folder(given.folder)
    follow_folder(settings["store"], folder, encoder(settings), settings["keep"], stop)
    return OK


def follow_folder(store: Path, folder: Path, encoder: Encoder, keep: int, stop: Event) -> None:
    """Build now and at each change, and say what was done, until `stop` is set."""
    console = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    console.print(f"Following {folder} (Ctrl-C ends)")
    begun = False
    for _ in changes(folder, stop, besides=store):
        try:
            if begun:
                existing_root(store)  # One that vanished would be begun anew with this folder alone.
            report = _built(store, folder, encoder, keep, stop)
        except SelonError as error:
            console.print(f"selon: {error}", style="yellow")
        else:
            begun = True
            if report.published or report.skipped:
                say_built(report)


def _built(store: Path, folder: Path, encoder: Encoder, keep: int, stop: Event) -> BuildReport:
    while True:
        try:
            with progress() as reporter:
                there = [folder] if folder.exists() else []
                return build_index(store, there, encoder, reporter, keep, everything=True)
        except StoreBusy:
            if stop.is_set():
                raise
