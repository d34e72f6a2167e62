"""What every picture begins and ends with: SVG without script, made of text that XML can hold."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

STYLE = "font-family='sans-serif' font-size='13' fill='#202124'"


def picture(width: int, height: int, title: str, body: Iterable[str], *, longest: int = 110) -> str:
    """A picture with its title above it, shown up to `longest` characters."""
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' "
        f"height='{height}' role='img' aria-labelledby='title'><title id='title'>{safe(title)}</title>"
        f"<rect width='100%' height='100%' fill='#ffffff'/>"
        f"<text x='16' y='24' {STYLE} font-weight='bold'>{safe(short(title, longest))}</text>"
        f"{''.join(body)}</svg>\n"
    )


def safe(text: str) -> str:
    """`text` as XML can hold it: no mark of its own, no control character."""
    return escape("".join(char if char.isprintable() else " " for char in text))


def short(text: str, most: int) -> str:
    """`text` in at most `most` characters."""
    return text if len(text) <= most else text[: most - 1] + "…"
