"""Formats: the article's words out of every kind of file, and no harm from any."""

from __future__ import annotations

import io
import json
import re
import time
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest
from files import MAKERS, docx, eml, html, pdf, rss, text, zipped
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from index.errors import DocumentError
from index.formats import archive
from index.formats.bounded import Bounded
from index.formats.extract import Contents, Extract, FormatError
from index.formats.lines import reflow
from index.formats.pdf import without_edges
from index.prepare import prepare
from index.read import read_bytes, read_file
from index.sources.files import SUFFIXES
from index.sources.gather import SIDECAR
from index.types import Document

TITLE = "Le pont d'Alba reste fermé aux camions"
PARAGRAPHS = (
    "Le gouverneur a annoncé lundi la fermeture du pont, après la crue de la rivière qui a emporté une pile.",
    "Selon la mairie, au moins 300 personnes ont été évacuées dans la nuit de dimanche à lundi.",
    "« Nous ne savons pas quand il rouvrira », a déclaré le maire devant les habitants de la ville.",
)


@pytest.mark.parametrize("suffix", MAKERS)
def test_every_format_gives_its_sentences(suffix: str) -> None:
    """Title and sentences come out whole, in order, whatever the file; the menu and the script do not."""
    [document] = read_bytes(MAKERS[suffix](TITLE, PARAGRAPHS), f"article{suffix}").documents
    assert document.title == TITLE
    assert document.language == "fr"
    passages = [passage.span.text for passage in prepare(document, "test").passages]
    assert passages == [TITLE, *PARAGRAPHS]
    assert not {"Piège", "Accueil", "Sport"} & set(document.text.split())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_ending_has_a_reader(suffix: str) -> None:
    """What is no such file is refused, with its name and a cure."""
    with pytest.raises(DocumentError, match=f"x{suffix}") as caught:
        read_bytes(b"\x00\x01\x02\x03", f"x{suffix}")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("suffix", "content", "origin"),
    [
        (".html", html(TITLE, PARAGRAPHS), "page"),
        (".rss", rss(TITLE, PARAGRAPHS), "feed"),
        (".eml", eml(TITLE, PARAGRAPHS), "mail"),
        (".jsonl", MAKERS[".jsonl"](TITLE, PARAGRAPHS), "export"),
    ],
)
def test_what_a_file_says_of_itself(suffix: str, content: bytes, origin: str) -> None:
    """The day in the place of publication, who published it, and where the day stands."""
    [document] = read_bytes(content, f"a{suffix}").documents
    assert (document.published, document.published_from) == ("2024-12-16", origin)
    assert document.publisher == "Le Relais"
    if origin in ("page", "feed"):
        assert document.doc_id == document.url == "https://exemple.org/pont"


def test_the_sidecar_knows_better_than_a_page(tmp_path: Path) -> None:
    """What somebody wrote of a page wins over what a program found in it."""
    (tmp_path / "a.html").write_bytes(html(TITLE, PARAGRAPHS))
    (tmp_path / SIDECAR).write_text(json.dumps({"a.html": {"published": "2024-12-17", "title": "Alba"}}))
    [document] = read_file(tmp_path / "a.html", tmp_path).documents
    assert (document.published, document.published_from, document.title) == ("2024-12-17", "sidecar", "Alba")
    assert document.publisher == "Le Relais"


def test_a_file_of_several_articles() -> None:
    """Each has an id of its own; the bad ones are named and stop no other."""
    lines = [json.dumps({"text": sentence}) for sentence in PARAGRAPHS]
    deep = '{"text": "Un mot.", "title": ' + "[" * 900 + "]" * 900 + "}"
    bad = ["{", '{"title": "x"}', deep, '{"text": "Un mot.", "published": "hier"}']
    found = read_bytes("\n".join([lines[0], *bad, lines[1]]).encode(), "export.jsonl")
    assert [document.doc_id for document in found.documents] == ["export.jsonl#1", "export.jsonl#6"]
    assert [skip.path for skip in found.skipped] == [f"export.jsonl#{number}" for number in (2, 3, 4, 5)]
    assert all(skip.error.hint for skip in found.skipped)


def test_questions_are_no_articles() -> None:
    """A file of labelled questions beside the articles would answer each question with itself."""
    question = {"query_id": "q1", "text": "How do I boil an egg?", "relevant": []}
    with pytest.raises(DocumentError, match="is a question"):
        read_bytes(json.dumps(question).encode(), "questions.jsonl")


def test_an_archive_of_all_kinds() -> None:
    """Members are read by their own kinds; nested archives are refused, other files counted."""
    members = {f"a{suffix}": make(TITLE, PARAGRAPHS) for suffix, make in MAKERS.items() if suffix != ".zip"}
    members |= {"nested.zip": zipped({"a.txt": b"x"}), "photo.png": b"\x89PNG", "__MACOSX/._a.txt": b"\x00"}
    members["metadata.json"] = json.dumps({"a.txt": {"publisher": "La Dépêche"}}).encode()
    found = read_bytes(zipped(members), "tout.zip")
    assert len(found.documents) == len(MAKERS) - 1
    by_id = {document.doc_id: document for document in found.documents}
    assert by_id["tout.zip/a.txt"].publisher == "La Dépêche"
    assert [(skip.path, skip.error.code) for skip in found.skipped] == [
        ("tout.zip/nested.zip", "nested_archive")
    ]
    assert found.notes == ("1 files of other kinds were left out",)


def test_a_sidecar_in_an_archive() -> None:
    """It knows better than a page, and leaves the rest to the page; a broken one is named."""
    members = {
        "u/a.html": html(TITLE, PARAGRAPHS),
        "v/b.txt": text(TITLE, PARAGRAPHS),
        "v/metadata.json": b"[",
    }
    members["u/metadata.json"] = json.dumps({"a.html": {"title": "Alba", "publisher": "La Dépêche"}}).encode()
    found = read_bytes(zipped(members), "a.zip")
    page = found.documents[0]
    assert (page.title, page.publisher) == ("Alba", "La Dépêche")
    assert (page.published, page.published_from) == ("2024-12-16", "page")
    assert [(skip.path, skip.error.code) for skip in found.skipped] == [
        ("a.zip/v/metadata.json", "bad_metadata")
    ]


def test_front_matter_is_read_in_an_archive_and_under_any_name() -> None:
    """A mark in a name does not make its text another kind's."""
    article = b"---\ntitle: Alba\npublished: 2024-12-16\n---\n" + text(TITLE, PARAGRAPHS)
    found = [
        *read_bytes(article, "n#1.md").documents,
        *read_bytes(zipped({"n#1.md": article}), "a.zip").documents,
    ]
    assert {(document.title, document.published) for document in found} == {("Alba", "2024-12-16")}
    assert read_bytes(PARAGRAPHS[0].encode(), "le n# un.md").documents[0].doc_id == "le n# un.md"


def test_a_member_that_hangs_its_reader_costs_itself_alone() -> None:
    """What reads a member may fail for it; the members around it are read."""

    def reader(data: bytes, name: str) -> Contents:
        if data == b"hangs":
            raise FormatError("reading it takes more than 20 seconds.", "Save its text.", "too_slow")
        return Contents((Extract(data.decode()),))

    members = {"a.txt": b"un", "b.txt": b"hangs", "c.txt": b"deux"}
    found = archive.read(zipped(members), reader, (".txt",))
    assert [article.part for article in found.articles] == ["a.txt", "c.txt"]
    assert [(refused.part, refused.code) for refused in found.refused] == [("b.txt", "too_slow")]


def test_a_damaged_member_costs_itself_alone() -> None:
    """One whose bytes were changed is refused by name."""
    whole = zipped({"a.txt": text(TITLE, PARAGRAPHS), "b.txt": b"deux mots ici"})
    place = whole.index(b"b.txt") + len("b.txt")
    found = read_bytes(whole[:place] + b"\xff\xff" + whole[place + 2 :], "a.zip")
    assert [document.doc_id for document in found.documents] == ["a.zip/a.txt"]
    assert [skip.path for skip in found.skipped] == ["a.zip/b.txt"]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.txt",
        "/etc/passwd.txt",
        "..\\..\\passwd.txt",
        "a/../../b.txt",
        "\x1b[31m\n.txt",
        "a" * 9_000 + ".txt",
    ],
)
def test_names_in_an_archive_are_labels(name: str) -> None:
    """A name that climbs out of the archive becomes an id that climbs nowhere."""
    [document] = read_bytes(zipped({name: text(TITLE, PARAGRAPHS)}), "a.zip").documents
    assert document.doc_id.startswith("a.zip/")
    assert ".." not in document.doc_id.split("/")
    assert document.doc_id.isprintable()
    assert len(document.doc_id) < 400


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", ()),
        ("utf-8-sig", ()),
        ("utf-16", ("read as UTF-16",)),
        ("utf-16-le", ("read as UTF-16",)),
        ("utf-16-be", ("read as UTF-16",)),
        ("cp1252", ("read as Windows-1252",)),
        ("mac_roman", ("read as Mac Roman",)),
        ("cp850", ("read as cp850",)),
    ],
)
def test_other_encodings_are_read_and_said(encoding: str, note: tuple[str, ...]) -> None:
    """The words come out the same, and the reader is told how they were read."""
    whole = "\n\n".join([TITLE, *PARAGRAPHS])
    found = read_bytes(whole.encode(encoding), "a.txt")
    assert found.documents[0].text == whole
    assert found.notes == note


@pytest.mark.parametrize("sentence", PARAGRAPHS)
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_a_sentence_is_enough_to_tell_the_encoding(sentence: str, encoding: str) -> None:
    """French letters tell it, where a sentence has any."""
    assert read_bytes(sentence.encode(encoding), "a.txt").documents[0].text == sentence


def test_other_scripts_are_not_taken_for_french() -> None:
    """A text in Cyrillic letters comes out in Cyrillic letters."""
    sentence = "Министр заявил, что переговоры продолжатся на следующей неделе в столице."
    assert read_bytes(sentence.encode("cp1251"), "a.txt").documents[0].text == sentence


def test_one_damaged_letter_costs_no_other() -> None:
    """UTF-8 with a broken byte stays UTF-8; the reader is told how many letters were lost."""
    whole = "\n\n".join([TITLE, *PARAGRAPHS])
    found = read_bytes(whole.encode().replace("évacuées".encode(), b"\xe9vacu\xc3\xa9es"), "a.txt")
    assert found.documents[0].text == whole.replace("évacuées", "\ufffdvacuées")
    assert found.notes == ("1 damaged characters are shown as \ufffd",)


def test_what_pages_call_latin_1_is_windows_1252() -> None:
    """Quotation marks that Latin-1 does not have are read as browsers read them."""
    page = html(
        TITLE, ("Il a dit “non” à la mairie, puis il est parti en courant vers le pont.", *PARAGRAPHS)
    )
    found = read_bytes(page.decode().replace("utf-8", "iso-8859-1").encode("cp1252"), "a.html")
    assert "“non”" in found.documents[0].text
    assert found.notes == ("read as Windows-1252",)


def test_a_page_says_its_own_encoding() -> None:
    """A declared encoding is taken before a guess."""
    page = html(TITLE, PARAGRAPHS).decode().replace("utf-8", "iso-8859-15").encode("iso-8859-15", "replace")
    found = read_bytes(page, "a.html")
    assert "évacuées" in found.documents[0].text
    assert found.notes == ("read as iso-8859-15",)


def test_lines_of_a_pdf_become_paragraphs() -> None:
    """Broken lines are joined, a hyphen at the break is mended, and running heads are left out."""
    head, foot = "LE RELAIS – mardi", "page {}"
    wide = "x" * 40
    body = [[f"{word} un", f"{word} deux", f"{word} trois"] for word in ("alpha", "bêta", "gamma", "delta")]
    pages = [[head, *lines, foot.format(number), str(number)] for number, lines in enumerate(body)]
    assert without_edges(pages) == body
    assert reflow([f"{wide} pre-", "mier mot.", f"{wide} suite"]) == f"{wide} premier mot.\n\n{wide} suite"


def test_a_byline_between_two_paragraphs_stands_alone() -> None:
    """Nothing but its length sets it off; a name at the end of a short line does not end a sentence."""
    lead, body = (
        "La région relance une ligne fermée depuis longtemps.",
        "Le conseil régional a voté la relance de",
    )
    assert (
        reflow([lead, "Par Léa Monnier", body, "la ligne."])
        == f"{lead}\n\nPar Léa Monnier\n\n{body} la ligne."
    )
    assert (
        reflow([body, "Saint-Alban, à", "Montferrand et ailleurs, où l’on attend encore."]).count("\n") == 0
    )


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("le gouver-", "nement", "le gouvernement"),
        ("il a peut-", "être tort", "il a peut-être tort"),
        ("a-t-", "il dit", "a-t-il dit"),
        ("à Saint-", "Denis", "à Saint-Denis"),
        ("les années 1914-", "1918", "les années 1914-1918"),
        ("une porte-", "parole", "une porte-parole"),
        ("il part -", "enfin", "il part - enfin"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line(before: str, after: str, joined: str) -> None:
    """It goes where the line alone made it, and stays where the word has it."""
    known = "La porte-parole et d'autres mots de cette ligne qui est assez longue."
    lead = "Voici une longue ligne de texte qui va jusqu'au bord et"
    assert reflow([known, f"{lead} {before}", f"{after} encore."]).endswith(f"{lead} {joined} encore.")


def test_a_title_that_runs_along_the_pages_stays_once() -> None:
    """It is left out of the pages after the first, and the name of the paper of all."""
    pages = [
        ["Le Relais", TITLE, f"Phrase {word}.", "Autre phrase.", "Fin."]
        for word in ("un", "deux", "trois", "six")
    ]
    kept = without_edges(pages)
    assert [TITLE in page for page in kept] == [True, False, False, False]
    assert not any("Le Relais" in page for page in kept)


def test_a_mail_that_is_not_wrapped_keeps_its_paragraphs() -> None:
    """Lines that a mailer broke are joined, those that stand for paragraphs are not."""
    long = [f"{paragraph} {paragraph}" for paragraph in PARAGRAPHS]
    mail = f"Subject: {TITLE}\nContent-Type: text/plain; charset=utf-8\n\n" + "\n".join(long)
    assert read_bytes(mail.encode(), "a.eml").documents[0].text == "\n\n".join([TITLE, *long])


@pytest.mark.parametrize("date", ["Tue, 17 Dec 2024 00:30:00 +0100", "2024-12-17T00:30:00+01:00"])
def test_a_feed_keeps_its_own_day(date: str) -> None:
    """The day is that of the feed's time zone, as a mail's and a page's is."""
    feed = rss(TITLE, PARAGRAPHS).replace(b"Mon, 16 Dec 2024 22:30:00 GMT", date.encode())
    assert read_bytes(feed, "a.rss").documents[0].published == "2024-12-17"


def test_a_day_is_stated_or_not_known() -> None:
    """A copyright line or a day in the text is no day of publication; a stated one may lie ahead."""
    page = html(TITLE, (*PARAGRAPHS, "Le 12 janvier 2015, la crue avait déjà tout emporté."))
    stated = b'<meta property="article:published_time" content="2024-12-16T23:30:00+01:00">'
    undated = page.replace(stated, b"").replace("Tous droits réservés".encode(), b"\xc2\xa9 2019 Le Relais")
    [document] = read_bytes(undated, "a.html").documents
    assert (document.published, document.published_from) == (None, None)
    ahead = page.replace(b"2024-12-16T", b"2090-12-16T")
    assert read_bytes(ahead, "a.html").documents[0].published == "2090-12-16"


def test_a_title_that_a_program_gave_is_none() -> None:
    """The name of the file that a document was made from is not its title."""
    from docx import Document as Word

    for stated, title in (
        ("Microsoft Word - communiqué final.docx", TITLE),
        ("Un titre choisi", "Un titre choisi"),
    ):
        word = Word(io.BytesIO(docx(TITLE, PARAGRAPHS)))
        word.core_properties.title = stated
        out = io.BytesIO()
        word.save(out)
        assert read_bytes(out.getvalue(), "a.docx").documents[0].title == title


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (
            "<r>Il vaut </r><del><r>trente</r></del><ins><r>cent</r></ins><r> euros.</r>",
            "Il vaut cent euros.",
        ),
        ("<moveFrom><r>Hier, </r></moveFrom><r>Il part.</r>", "Il part."),
        ("<sdt><sdtContent><r>Le conseil vote.</r></sdtContent></sdt>", "Le conseil vote."),
        ("<r>Le maire </r><smartTag><r>part.</r></smartTag>", "Le maire part."),
        ("<r>Une ligne</r><r><br/></r><r>se plie.</r>", "Une ligne se plie."),
        ("<r>Un.</r><r><br/><br/></r><r>Deux.</r>", "Un.\n\nDeux."),
        ("<r>Un.</r><pict><txbxContent><p><r>Encadré.</r></p></txbxContent></pict>", "Un.\n\nEncadré."),
    ],
    ids=["tracked", "moved", "content control", "smart tag", "line break", "empty line", "text box"],
)
def test_a_word_document_reads_as_word_shows_it(markup: str, words: str) -> None:
    """With what was inserted and without what was deleted: a sentence that lacks a word is no quote."""
    from docx import Document as Word
    from docx.oxml import parse_xml

    word = Word()
    marked = re.sub(r"<r>([^<]+)</r>", r"<r><t>\1</t></r>", markup)
    word.element.body.insert(0, parse_xml(re.sub(r"<(/?)(?=\w)", r"<\1w:", f"<p {WORD}>{marked}</p>")))
    out = io.BytesIO()
    word.save(out)
    assert read_bytes(out.getvalue(), "a.docx").documents[0].text == words


def test_a_row_of_a_word_table_keeps_equal_cells() -> None:
    from docx import Document as Word

    word = Word()
    table = word.add_table(1, 3)
    for cell, words in zip(table.rows[0].cells, ("Alba", "12", "12"), strict=True):
        cell.text = words
    out = io.BytesIO()
    word.save(out)
    assert read_bytes(out.getvalue(), "a.docx").documents[0].text == "Alba | 12 | 12"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[{"text": "Un mot."}]', "one JSON list"),
        ('{"text": ["Un", "mot."]}', "`text` is not a text"),
        ('{"text": "Un mot.", "published": 1741075200}', "`published` is 1741075200"),
    ],
)
def test_an_export_of_another_shape_is_named(content: str, said: str) -> None:
    with pytest.raises(DocumentError, match=said) as caught:
        read_bytes(content.encode(), "a.jsonl")
    assert "quotes" not in caught.value.hint


def mail(body: str, subject: str = TITLE) -> Document:
    head = f"Subject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n"
    return read_bytes((head + body).encode(), "a.eml").documents[0]


def test_a_mail_is_what_its_sender_wrote() -> None:
    """Without the signature and without the mail that it answers; its answer below that is kept."""
    earlier = (
        "Le 3 mars 2025 à 18:02, Paul Roy\n<p.roy@exemple.org> a écrit :\n\n> Combien de piles ?\n> Trois ?\n"
    )
    found = mail(
        f"{PARAGRAPHS[0]}\n\n{earlier}\nIl y en a quatre.\n\n-- \nLena Brun\nTél. 01\n", f"Re: {TITLE}"
    )
    assert found.text == f"{TITLE}\n\n{PARAGRAPHS[0]}\n\nIl y en a quatre."
    assert mail("> Tout est cité.\n> Rien d'autre.").text.endswith("> Tout est cité. > Rien d'autre.")


@pytest.mark.parametrize("beside", ["", "Ouvrez ce message dans votre navigateur."])
def test_a_mail_whose_plain_text_is_a_stub_is_read_as_a_page(beside: str) -> None:
    """The article is where the words are."""
    both = EmailMessage()
    both["Subject"] = TITLE
    both.set_content(beside)
    both.add_alternative("".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS), subtype="html")
    found = read_bytes(both.as_bytes(), "a.eml").documents[0].text
    assert found == "\n\n".join([TITLE, *PARAGRAPHS])


def test_a_mail_that_is_passed_on_is_read_without_its_head() -> None:
    """Also where a signature stands above it; a line with a colon is no head."""
    head = "---------- Message transféré ---------\nDe : Le Relais <r@exemple.org>\n"
    head += "À : <a@exemple.org>,\n <b@exemple.org>\n"
    found = mail(f"Pour info\n-- \nLena\n\n{head}\nAlba : le pont est fermé.\n", f"TR : {TITLE}")
    assert found.text == f"{TITLE}\n\nPour info\n\nAlba : le pont est fermé."


def test_a_decompression_bomb_is_refused() -> None:
    """Little that unpacks to much: an archive, and a Word document, which is one."""
    bomb = zipped({f"{n}.txt": b"a" * 12_000_000 for n in range(8)})
    assert len(bomb) < 200_000
    with pytest.raises(DocumentError) as caught:
        read_bytes(bomb, "a.zip")
    assert caught.value.code == "too_large"
    with pytest.raises(DocumentError) as caught:
        read_bytes(zipped({"word/document.xml": b" " * 80_000_000}), "a.docx")
    assert caught.value.code == "too_large"


def test_an_archive_of_too_many_files_is_refused() -> None:
    """A thousand members are read, more are not."""
    with pytest.raises(DocumentError, match="1001 files") as caught:
        read_bytes(zipped({f"{n}.txt": b"a" for n in range(1001)}), "a.zip")
    assert caught.value.code == "too_large"


def test_entities_and_outside_references_are_inert() -> None:
    """No entity grows, no file and no address is read."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    entities = f'<!DOCTYPE r [<!ENTITY l0 "ha">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    feed = rss(TITLE, PARAGRAPHS).decode().replace("<rss", f"{entities}<rss")
    feed = feed.replace("</description>", "&l8; &f;</description>")
    try:
        found = read_bytes(feed.encode(), "a.rss").documents[0].text
    except DocumentError:
        return
    assert len(found) < 10_000
    assert "root:" not in found


def locked() -> bytes:
    """A PDF that wants a password."""
    writer, out = PdfWriter(io.BytesIO(pdf(TITLE, PARAGRAPHS))), io.BytesIO()
    writer.encrypt("x")
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (locked(), "locked"),
        (pdf("", ()), "no text"),
        (pdf(TITLE, PARAGRAPHS).replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"), "damaged"),
        (pdf(TITLE, PARAGRAPHS)[:300], "damaged"),
        (b"%PDF-1.7\n", "damaged"),
    ],
    ids=["locked", "scanned", "loop", "cut short", "empty"],
)
def test_a_pdf_without_an_article(content: bytes, words: str) -> None:
    """Each is refused for what it is, at once."""
    with pytest.raises(DocumentError, match=rf"a\.pdf: .*{words}"):
        read_bytes(content, "a.pdf")


@pytest.mark.parametrize("behaviour", ["hangs", "dies", "prints", "lies"])
def test_a_reader_that_misbehaves_harms_nobody(behaviour: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that hangs is ended, one that dies replaced: its file is refused, the next one is read."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    # Within the limit a fresh Python starts too: a short one is for what is meant to pass it.
    bounded = Bounded(seconds=1.5 if behaviour == "hangs" else 60, module="misbehaving")
    try:
        started = time.monotonic()
        with pytest.raises(FormatError) as caught:
            bounded.read(behaviour, b"", "a.pdf")
        assert caught.value.code == ("too_slow" if behaviour == "hangs" else "unreadable")
        assert time.monotonic() - started < 30
        monkeypatch.setattr(bounded, "_seconds", 60)
        assert bounded.read("works", b"", "a.pdf").notes == ("read",)
    finally:
        bounded.close()


def test_a_process_worn_out_by_other_files_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes read the same, whatever was read before them: a new process tries again."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    bounded = Bounded(module="misbehaving")
    try:
        for _ in range(3):
            assert bounded.read("tires", b"", "a.pdf").notes == ("read",)
    finally:
        bounded.close()


def test_memory_that_runs_out_is_told() -> None:
    """A file that needs more than its process may take is refused for that."""
    bounded = Bounded(module="misbehaving")
    try:
        with pytest.raises(FormatError) as caught:
            bounded.read("exhausts", b"", "a.pdf")
        assert caught.value.code == "too_large"
    finally:
        bounded.close()


@pytest.mark.parametrize("content", [b"a\n" * 201_000, b"Oui. " * 201_000, b"a " * 4_000_001])
def test_an_article_has_an_end(content: bytes) -> None:
    """More sentences, lines or letters than any article has are refused before they are cut."""
    with pytest.raises(DocumentError) as caught:
        read_bytes(content, "a.txt")
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("filling", [" ", "\n", "«", "# ", "M. ", "selon Jean, ", "1 000 ", "e\u0301"])
def test_one_endless_line_is_cut_in_its_length(filling: str) -> None:
    """Nothing that repeats makes cutting and annotating take more than in proportion."""
    content = ("a" + filling * (300_000 // len(filling)) + "b").encode()
    [document] = read_bytes(content, "a.txt").documents
    passages = prepare(document, "test").passages
    assert passages
    for passage in passages:
        assert document.text[passage.span.start : passage.span.end] == passage.span.text


def test_the_reading_process_is_kept_from_what_no_reader_needs() -> None:
    """By way of Python it opens no connection, starts no program, changes no file; its memory is limited."""
    bounded = Bounded(module="misbehaving")
    try:
        found = bounded.read("tries", b"", "a.pdf").notes
    finally:
        bounded.close()
    assert found == ("tried",)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_mutated_files_give_documents_or_an_error(data: st.DataObject) -> None:
    """Bytes changed, cut or doubled: documents whose passages are cut from their text, or a named error."""
    suffix = data.draw(st.sampled_from(sorted(MAKERS)))
    content = bytearray(MAKERS[suffix](TITLE, PARAGRAPHS))
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=8))
        if not content:
            break
    _read_or_refuse(bytes(content), suffix)


@settings(max_examples=40)
@given(content=st.binary(max_size=400), suffix=st.sampled_from(SUFFIXES))
@example(b"#0", ".txt")
def test_any_bytes_give_documents_or_an_error(content: bytes, suffix: str) -> None:
    """Whatever is sent under whatever ending."""
    _read_or_refuse(content, suffix)


@pytest.mark.parametrize("suffix", [".txt", ".html", ".eml", ".jsonl"])
def test_megabytes_of_one_word_do_no_harm(suffix: str) -> None:
    """They are read, or refused with a name, and the next file is read."""
    word = "a" * 8_000_000
    contents = {
        ".txt": word.encode(),
        ".html": html("Un mot", [word]),
        ".eml": b"Subject: x\n\n" + word.encode(),
        ".jsonl": json.dumps({"text": word}).encode(),
    }
    with suppress(DocumentError):
        assert read_bytes(contents[suffix], f"a{suffix}").documents
    assert read_bytes(docx(TITLE, PARAGRAPHS), "a.docx").documents


def _read_or_refuse(content: bytes, suffix: str) -> None:
    refused = None
    try:
        found = read_bytes(content, f"a{suffix}")
    except DocumentError as error:
        refused = error
    if refused is not None:
        assert refused.hint
        assert f"a{suffix}" in refused.message
        return
    assert found.documents
    for document in found.documents:
        for passage in prepare(document, "test").passages:
            assert document.text[passage.span.start : passage.span.end] == passage.span.text
    again = read_bytes(content, f"a{suffix}")
    assert (again.documents, again.notes) == (found.documents, found.notes)
    assert [(skip.path, skip.error.message) for skip in again.skipped] == [
        (skip.path, skip.error.message) for skip in found.skipped
    ]
