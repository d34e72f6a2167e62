"""Mails (.eml): the subject as title, the day, who sent it, and the text; attachments are left out."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.utils import parseaddr

from index.formats.decode import decode
from index.formats.extract import Contents, Extract, FormatError, one_line
from index.formats.html import plain
from index.formats.lines import reflow

# « Re: », « Fwd : », « TR: »: what a mailer puts before a subject.
_PREFIX = re.compile(r"(?:(?:re|fwd?|tr|rép)(?:\[\d+\])?\s?:\s*)+", re.IGNORECASE)
# The lines that a mailer puts before the mail that it forwards or answers.
_FORWARDED = re.compile(
    r"[-_\s]{0,40}-{3,40}.{0,60}(?:forwarded|original|transféré|transmis|origine).{0,40}", re.IGNORECASE
)
_HEADER = re.compile(r"[*>\s]*(?:[A-Z][\w-]{1,12}|À)\s?:\**\s|\s*<?\S{1,200}@\S{1,200}[,;]?\s*\Z")
_WROTE = re.compile(
    r".{0,200}(?:<\S{1,99}@\S{1,99}>|\d{4}|\d{1,2}[:h]\d{2}).{0,60}\b(?:wrote|a écrit)\s?:\s*", re.DOTALL
)
_LONGEST_HEAD = 300
_SIGNATURE = "-- "
_BLANK, _QUOTED = re.compile(r"\s*\Z"), re.compile(r">")


def read(data: bytes, name: str) -> Contents:
    """The article of a mail; raises FormatError where it has no text."""
    try:
        mail = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        text, page = (_text(mail.get_body((kind,))) for kind in ("plain", "html"))
        # Beside a page, the plain text may say no more than that there is a page.
        text = page if len(text) < len(page) / 2 else text
        subject = _PREFIX.sub("", one_line(mail["subject"]), count=1)
        sender = parseaddr(str(mail["from"] or ""))
        date = getattr(mail["date"], "datetime", None)
        attached = sum(1 for _ in mail.iter_attachments()) if mail.is_multipart() else 0
    except FormatError:
        raise
    except Exception as error:  # The parser of headers raises many kinds on wrong ones.
        raise FormatError("the mail cannot be read.", "Save its text as .txt.") from error
    if not any(char.isalnum() for char in text):
        raise FormatError("there is no text in the mail.", "Save its text as .txt.", "empty")
    fields = {
        "title": subject,
        "publisher": one_line(sender[0] or sender[1]),
        "published": date.date().isoformat() if date else None,
    }
    note = f"{attached} attachments were left out" if attached else None
    whole = f"{subject}\n\n{text}" if subject else text
    return Contents((Extract(whole, fields=fields, origin="mail"),), notes=(note,) if note else ())


def _text(body: object) -> str:
    """The text of one body of a mail; "" where there is none."""
    content = body.get_payload(decode=True) if isinstance(body, EmailMessage) else None
    if not isinstance(body, EmailMessage) or not isinstance(content, bytes) or not content.strip():
        return ""
    text, _ = decode(content, body.get_content_charset())
    if body.get_content_subtype() == "html":
        return plain(text)
    lines = text.splitlines()
    own = list(_own(lines))
    # Where all is quoted, the quotation is what the mail brings.
    kept = own if any(char.isalnum() for line in own for char in line) else lines
    return reflow([" ".join(line.split()) for line in kept])


def _own(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a mail without its signature, the earlier mail that it answers, and the head
    of the one that it forwards."""
    number, signed = 0, False
    while number < len(lines):
        line = lines[number]
        if _FORWARDED.fullmatch(line):
            number, signed = _after(lines, _after(lines, number + 1, _BLANK), _HEADER), False
        elif (start := _answered(lines, number)) is not None:
            number = _after(lines, start, _QUOTED)
        else:
            signed = signed or line == _SIGNATURE
            number += 1
            if not signed:
                yield line
            continue
        yield ""


def _answered(lines: Sequence[str], number: int) -> int | None:
    """Where the quoted lines begin that a line, or two, introduce as somebody's earlier mail."""
    for size in (1, 2):
        head = " ".join(lines[number : number + size])
        if len(head) <= _LONGEST_HEAD and head.rstrip()[-1:] == ":" and _WROTE.fullmatch(head):
            start = _after(lines, number + size, _BLANK)
            if start < len(lines) and _QUOTED.match(lines[start]):
                return start
    return None


def _after(lines: Sequence[str], start: int, like: re.Pattern[str]) -> int:
    """The number of the first line from `start` on that is not `like` these."""
    return next((number for number in range(start, len(lines)) if not like.match(lines[number])), len(lines))
