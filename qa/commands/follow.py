"""`selon watch`: a folder is followed, and each change of it becomes a version of the index."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from rich.console import Console

from index.build import BuildReport, build
from index.encode import Encoder
from index.errors import SelonError, StoreBusy
from index.store import existing_root
from index.watch import changes
from qa.commands.terminal import progress, say_built


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
                return build(store, there, encoder, reporter, keep, everything=True)
        except StoreBusy:
            if stop.is_set():
                raise
