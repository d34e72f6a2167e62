"""Word documents by python-docx: paragraphs and tables in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from index.formats.extract import Contents, Extract, FormatError
from index.formats.titles import stated

MOST_UNPACKED = 64 * 1024 * 1024  # bytes


def read(data: bytes, name: str) -> Contents:
    """The article of a Word document; raises FormatError."""
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(member.file_size for member in packed.infolist())
        if size > MOST_UNPACKED:
            raise FormatError(
                f"unpacked it has {size // 1024 // 1024} MB.", "Cut it into one file an article.", "too_large"
            )
        document = docx.Document(io.BytesIO(data))
        text = "\n\n".join(_blocks(document))
        title = stated(document.core_properties.title)
    except FormatError:
        raise
    except Exception as error:  # python-docx raises whatever a wrong part leads it to.
        raise FormatError("it is no Word document, or a damaged one.", "Save it again as .docx.") from error
    if not text:
        raise FormatError("there is no text in it.", "Write its text, or remove it.", "empty")
    # The day a file was made is not the day an article was published.
    return Contents((Extract(text, fields={"title": title}),))


def _blocks(document: Any) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)
                if any(cells):
                    yield " | ".join(cell for cell in cells if cell)
        elif text := " ".join(block.text.split()):
            yield text
