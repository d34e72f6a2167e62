"""The words that Selon reads by: one folder of TOML a language, apart from all logic.

`load` compiles a folder once; a person adds a word there without reading code.
"""

from __future__ import annotations

from index.cues.lexicon import Lexicon, load
from index.cues.phrases import Hit

__all__ = ["Hit", "Lexicon", "load"]
