"""The commands of `selon`, each a function of what was typed and of the settings that gives its exit code."""

from __future__ import annotations

OK, NO_ANSWER, WRONG = 0, 1, 2
