"""The tables of words hold nothing that changes no answer."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

# By the file that lists beginnings of words, the tables that do. Those of people and nations are not
# among them: each of their entries is a spelling as well, which a slip is held against.
TABLES = {
    "understanding/kinds": ("asked", "unaccented", "moves", "when", "nothing"),
    "understanding/parts": ("parts",),
    "understanding/claims": ("told", "taken_up", "same", "contrary", "acts"),
    "understanding/other_counts": ("numbers",),
}


def lines(table: object) -> Iterator[list[str]]:
    """The entries of each line in a table; both ends of a contrary are lines."""
    if isinstance(table, str):
        yield from (line.split() for line in table.split("|"))
    else:
        for own in table.values() if isinstance(table, dict) else table:  # type: ignore[attr-defined]
            yield from lines(own)


@pytest.mark.parametrize(("name", "table"), [(name, table) for name in TABLES for table in TABLES[name]])
def test_no_entry_says_what_another_says(name: str, table: str) -> None:
    """« arrestation » beside « arrest », of which it is a beginning, would be read for nothing."""
    read = tomllib.loads((ROOT / "qa" / Path(f"{name}.toml")).read_text("utf-8"))[table]
    held = list(lines(read))
    assert held
    for line in held:
        starts = [entry for entry in line if not entry.endswith("=") and "_" not in entry]
        said = [(entry, one) for entry in line for one in starts if one != entry and entry.startswith(one)]
        assert said == []
        assert len(line) == len(set(line))
