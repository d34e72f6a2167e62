"""Mails (.eml): the subject as title, the day, who sent it, and the text; attachments are left out."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from email.utils import parseaddr

from index.formats.decode import decode
from index.formats.extract import Contents, Extract, Fields, FormatError
from index.formats.html import plain
from index.formats.lines import reflow


def read(data: bytes, name: str) -> Contents:
    """The article of a mail; raises FormatError where it has no text."""
    try:
        mail = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        body = mail.get_body(("plain", "html"))
        text = _text(body) if isinstance(body, EmailMessage) else ""
        subject = " ".join(str(mail["subject"] or "").split())
        sender = parseaddr(str(mail["from"] or ""))
        date = getattr(mail["date"], "datetime", None)
        attached = sum(1 for _ in mail.iter_attachments()) if mail.is_multipart() else 0
    except FormatError:
        raise
    except Exception as error:  # The parser of headers raises many kinds on wrong ones.
        raise FormatError("the mail cannot be read.", "Save its text as .txt.") from error
    if not any(char.isalnum() for char in text):
        raise FormatError("there is no text in the mail.", "Save its text as .txt.", "empty")
    fields: Fields = {
        "title": subject or None,
        "publisher": " ".join((sender[0] or sender[1]).split()) or None,
        "published": date.date().isoformat() if date else None,
    }
    note = f"{attached} attachments were left out" if attached else None
    whole = f"{subject}\n\n{text}" if subject else text
    return Contents((Extract(whole, fields=fields, origin="mail"),), notes=(note,) if note else ())


def _text(body: EmailMessage) -> str:
    content = body.get_payload(decode=True)
    text, _ = decode(content if isinstance(content, bytes) else b"", body.get_content_charset())
    if body.get_content_subtype() == "html":
        return plain(text)
    return reflow([" ".join(line.split()) for line in text.splitlines()])
