"""The measures of `selon evaluate` on a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from qa.stdout import Stdout


def show_report(report: Mapping[str, Any], rows: bool) -> None:
    """What `qa.evaluation.trial.report` found: measures by group, how far to trust scores, what differs."""
    console = Stdout(markup=False)
    first = next(iter(report["measures"].values()))
    grid = _table("", *first)
    for group, row in report["measures"].items():
        grid.add_row(group, *(_number(value) for value in row.values()))
    console.print(grid)
    console.print(f"AUROC {_number(report['AUROC'])} (first score, answerable against not)")
    risks = ", ".join(f"{name} {_number(one['AURC'])}" for name, one in report["risk_coverage"].items())
    console.print(f"AURC {risks} (mean share of wrong first quotes over all coverages)")
    console.print(
        f"calibration error {_number(report['calibration']['error'])} (score against right first quotes)"
    )
    if rows:
        console.print(_rows(report["questions"]))
    if "against" in report:
        _show_against(console, report["against"])


def _rows(questions: list[Mapping[str, Any]]) -> Table:
    """A line for each question: the rank of the first right quote, or what came of it."""
    grid = _table("question", "lang", "type", "rank", "score", "asked", "quoted first")
    for row in questions:
        rank = (
            str(row["rank"] or "–") if row["answerable"] else ("refused" if row["first"] is None else "wrong")
        )
        cells = (row["query_id"], row["language"], row["type"], rank, f"{row['score']:.2f}")
        good = rank in ("1", "refused")
        texts = (row["text"], "" if rank == "1" else (row["first"] or ""))
        grid.add_row(*(Text(cell) for cell in cells + texts), style=None if good else "yellow")
    return grid


def _show_against(console: Console, against: Mapping[str, Any]) -> None:
    there = against["index"]
    console.print(Text(f"\nagainst {there['model']}, version {there['version']}", style="bold"))
    grid = _table("", "here", "there", "difference", "95 % interval", "better", "worse", "by chance")
    for row in against["differences"]:
        interval = f"{row['low']:+.3f} to {row['high']:+.3f}"
        numbers = (_number(row["first"]), _number(row["second"]), f"{row['difference']:+.3f}", interval)
        grid.add_row(row["measure"], *numbers, str(row["better"]), str(row["worse"]), _number(row["chance"]))
    console.print(grid)
    for change in against["changed"]:
        console.print(Text(f"{change['query_id']}  {change['text']}"))
        for side in ("here", "there"):
            console.print(Text(f"   {side}: {change[side]['first'] or 'refused'}", style="dim"))


def _table(*columns: str) -> Table:
    return Table(*columns, box=None, pad_edge=False)


def _number(value: float | int | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}"
