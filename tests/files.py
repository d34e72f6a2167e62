"""Small real files of every format that is read, made of a title and paragraphs."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from html import escape
from xml.sax.saxutils import escape as xml_escape


def html(title: str, paragraphs: Sequence[str]) -> bytes:
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    head = (
        f'<meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta property="og:site_name" content="Le Relais">'
        '<link rel="canonical" href="https://exemple.org/pont">'
        '<meta property="article:published_time" content="2024-12-16T23:30:00+01:00">'
    )
    menu = "<nav><a href='/'>Accueil</a> <a href='/sport'>Sport</a></nav>"
    trap = "<script>document.write('Piège')</script>"
    article = f"<article><h1>{escape(title)}</h1>{body}{trap}</article>"
    page = f"<head>{head}</head><body>{menu}{article}<footer>Tous droits réservés</footer></body>"
    return f'<!doctype html><html lang="fr">{page}</html>'.encode()


def pdf(title: str, paragraphs: Sequence[str], width: int = 60) -> bytes:
    """A PDF written by hand: one page, lines broken at `width`, a number at the foot."""
    lines: list[str] = [title, ""]
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split():
            if len(line) + len(word) + 1 > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines += [line, ""]
    lines.append("1")
    shown = b"\n".join(
        b"("
        + line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        + b") Tj T*"
        for line in lines
    )
    stream = b"BT /F1 11 Tf 14 TL 40 780 Td\n" + shown + b"\nET"
    resources = b" /Resources << /Font << /F1 5 0 R >> >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R" + resources,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def docx(title: str, paragraphs: Sequence[str]) -> bytes:
    from docx import Document

    document = Document()
    document.add_heading(title, 0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def eml(title: str, paragraphs: Sequence[str]) -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = title, "Le Relais <redaction@exemple.org>"
    mail["Date"] = "Mon, 16 Dec 2024 23:30:00 +0100"
    mail.set_content("\n\n".join(paragraphs) + "\n")
    return mail.as_bytes()


def rss(title: str, paragraphs: Sequence[str]) -> bytes:
    body = xml_escape("".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs))
    item = (
        f"<item><title>{xml_escape(title)}</title><link>https://exemple.org/pont</link>"
        f"<pubDate>Mon, 16 Dec 2024 22:30:00 GMT</pubDate><description>{body}</description></item>"
    )
    head = "<title>Le Relais</title><link>https://exemple.org</link>"
    feed = f'<rss version="2.0"><channel>{head}{item}</channel></rss>'
    return f'<?xml version="1.0" encoding="utf-8"?>{feed}'.encode()


def jsonl(title: str, paragraphs: Sequence[str]) -> bytes:
    line = {
        "title": title,
        "text": "\n\n".join([title, *paragraphs]),
        "publisher": "Le Relais",
        "published": "2024-12-16",
    }
    return (json.dumps(line, ensure_ascii=False) + "\n").encode()


def text(title: str, paragraphs: Sequence[str]) -> bytes:
    return "\n\n".join([title, *paragraphs]).encode()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


def archive(title: str, paragraphs: Sequence[str]) -> bytes:
    return zipped({"dossier/article.txt": text(title, paragraphs)})


MAKERS: dict[str, Callable[[str, Sequence[str]], bytes]] = {
    ".txt": text,
    ".md": text,
    ".html": html,
    ".pdf": pdf,
    ".docx": docx,
    ".eml": eml,
    ".rss": rss,
    ".jsonl": jsonl,
    ".zip": archive,
}
