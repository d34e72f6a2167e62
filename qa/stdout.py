"""What the commands write for people: as wide as the terminal, and unbroken into a file or a pipe."""

from __future__ import annotations

import shutil
from typing import Any

from rich.console import Console

_LINE = 100_000  # characters; in a file a quote stays in one line, to be searched and compared


class Stdout(Console):
    """A console on stdout; where its reader has gone it raises BrokenPipeError, as `print` does."""

    def __init__(self, **options: Any) -> None:
        super().__init__(highlight=False, width=shutil.get_terminal_size((_LINE, 0)).columns, **options)

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError
