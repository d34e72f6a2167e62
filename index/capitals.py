"""The capitals by which names are told: those of all languages written in Latin letters."""

from __future__ import annotations

# For the inside of a class of a regular expression: « Škoda », « Łódź » and « Đà Nẵng » are names too.
CAPITALS = "".join(c for c in map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00))) if c.isupper())
# In capitals no pronouns: the WHO, the US, an IT department.
NO_PRONOUNS = frozenset(["WHO", "US", "IT"])
