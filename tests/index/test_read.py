"""Reading: to the letter, and every bad file named with its cure."""

import hashlib
import json
import os
from pathlib import Path

import pytest
from finishing import finishes

from index.errors import DocumentError
from index.read import read_file
from index.sources.files import LARGEST, find_files
from index.types import Document

BODY = "La trêve a tenu toute la nuit, selon le maire de la ville.\n"
# A few lines of YAML that make lists and mappings of millions.
GROWS = b"a0: &a0 [x]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 9)
)
MERGES = GROWS.replace(b"[x]", b"{x: 1}").replace(b"[*", b"{<<: [*").replace(b"]\n", b"]}\n")


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(folder: Path, name: str, content: str | bytes) -> Document:
    [document] = read_file(write(folder, name, content), folder).documents
    return document


def test_the_text_is_the_file_to_the_letter(tmp_path: Path) -> None:
    """Line ends, odd spaces and composed letters stay; only the byte-order mark goes."""
    text = "Été\r\n\r\nl’an\u00a0deux, e\u0301té…\n\x0b Fin de la première partie."
    document = read(tmp_path, "a.txt", b"\xef\xbb\xbf" + text.encode())
    assert document.text == text
    assert document.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert document.language == "fr"


def test_files_are_found_in_order(tmp_path: Path) -> None:
    """Files of the kinds that are read, at any depth; hidden, metadata and other files are passed over."""
    for name in [
        "b.txt",
        "a.MD",
        "c/d.txt",
        ".hidden.txt",
        ".git/x.txt",
        "metadata.json",
        "metadata.md",
        "e.pdf",
        "~$g.docx",
        "f.png",
    ]:
        write(tmp_path, name, BODY)
    others: list[Path] = []
    found = [path.relative_to(tmp_path).as_posix() for path in find_files(tmp_path, passed=others.append)]
    assert others == [tmp_path / "f.png"]
    assert found == ["a.MD", "b.txt", "c/d.txt", "e.pdf"]
    assert list(find_files(tmp_path / "b.txt")) == [tmp_path / "b.txt"]


def test_links_do_not_lead_out_of_the_source(tmp_path: Path) -> None:
    """A link inside is read; one that leaves, is broken, or loops is not."""
    outside = write(tmp_path, "outside/secret.txt", BODY)
    source = tmp_path / "source"
    inside = write(source, "real.txt", BODY)
    (source / "alias.txt").symlink_to(inside)
    (source / "leak.txt").symlink_to(outside)
    (source / "leak").symlink_to(outside.parent)
    (source / "loop").symlink_to(source)
    (source / "self.txt").symlink_to(source / "self.txt")
    assert [path.name for path in find_files(source)] == ["alias.txt", "real.txt"]


@pytest.mark.parametrize("name", ["absent", "report.png"])
def test_a_source_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    """A missing path, or one file of another kind, is an error at once."""
    write(tmp_path, "report.png", b"%PDF")
    with pytest.raises(DocumentError, match=name):
        find_files(tmp_path / name)


def test_ids_and_titles(tmp_path: Path) -> None:
    """The url is the id where there is one, else the path; a file's name is no title."""
    plain = read(tmp_path, "deep/a.txt", BODY)
    assert (plain.doc_id, plain.title) == ("deep/a.txt", "")
    [alone] = read_file(tmp_path / "deep/a.txt", tmp_path / "deep/a.txt").documents
    assert alone.doc_id == "a.txt"
    headed = read(tmp_path, "b.md", f"# Une nuit de trêve\n\n{BODY}")
    assert headed.title == "Une nuit de trêve"
    first = read(tmp_path, "c.txt", f"International\n\nUne nuit de trêve dans la ville\n\n{BODY}")
    assert first.title == "Une nuit de trêve dans la ville"


def test_a_trail_is_no_title(tmp_path: Path) -> None:
    """What stands above an article that was copied from a page says where the page is."""
    title = "Le port de Kaltes bloqué par les dockers"
    body = f"Accueil > Économie > Transports maritimes\n\n{title}\n\nIls attendent.\n"
    assert read(tmp_path, "a.txt", body).title == title


def test_front_matter_then_sidecar(tmp_path: Path) -> None:
    """Front matter wins, the sidecar fills what it leaves, and the text keeps both."""
    day = "2024-05-03T10:00:00"
    matter = f"---\ntitle: 'Trêve : jour 1'\nurl: https://exemple.org/1\npublished: {day}\nx: 1\n---\n"
    side = {"a.md": {"title": "Autre", "publisher": "Le Relais", "language": "fr-FR", "published": None}}
    write(tmp_path, "metadata.json", json.dumps(side))
    document = read(tmp_path, "a.md", matter + BODY)
    assert document.text == matter + BODY
    assert document.doc_id == document.url == "https://exemple.org/1"
    assert (document.title, document.publisher) == ("Trêve : jour 1", "Le Relais")
    assert (document.published, document.language) == ("2024-05-03", "fr")
    assert document.published_from == "front matter"


@pytest.mark.parametrize(
    ("title", "read_as"),
    [
        ("Vireval : le bilan s'alourdit", "Vireval : le bilan s'alourdit"),
        ("Drone, bombe : ce que l'on sait", "Drone, bombe : ce que l'on sait"),
        ('"Nous partirons" : le maire cède', '"Nous partirons" : le maire cède'),
        ("[Vidéo] La crue", "[Vidéo] La crue"),
        ("*Exclusif* La crue", "*Exclusif* La crue"),
        ("@maire répond", "@maire répond"),
        ("'La crue : jour 1'\ntags: [a", "La crue : jour 1"),
    ],
)
def test_front_matter_that_is_no_yaml_is_read_line_by_line(tmp_path: Path, title: str, read_as: str) -> None:
    """A headline as papers print it costs neither the article nor another field."""
    matter = f"---\ntitle: {title}\npublished: 2024-12-17\npublisher: 'Le Relais' # à vérifier\n---\n"
    document = read(tmp_path, "a.md", matter + BODY)
    assert (document.title, document.publisher) == (read_as, "Le Relais")
    assert (document.published, document.published_from) == ("2024-12-17", "front matter")


@pytest.mark.parametrize("matter", [GROWS + b"title: *a8\n", MERGES, b"x: !!timestamp z\n"])
def test_front_matter_that_would_grow_or_fail_is_read_as_it_stands(tmp_path: Path, matter: bytes) -> None:
    """No alias is followed, by which a few lines make a mapping of any size; no odd value stops a file."""
    assert read(tmp_path, "a.md", b"---\n" + matter + b"---\n" + BODY.encode()).title in ("*a8", "")


def test_a_title_keeps_the_spaces_of_its_language(tmp_path: Path) -> None:
    """French sets no-break spaces; only a break or a control character is no part of a line."""
    title = "Retraites\u00a0: 1\u202f000\u2009grévistes\u00ad?"
    assert read(tmp_path, "a.md", f"---\ntitle: '{title}'\n---\n{BODY}").title == title
    for odd in ("\\n", "\\u2028", "\\e"):
        write(tmp_path, "b.md", f'---\ntitle: "a{odd}b"\n---\n{BODY}')
        with pytest.raises(DocumentError, match="not one line"):
            read_file(tmp_path / "b.md", tmp_path)


def test_a_day_as_mails_write_it(tmp_path: Path) -> None:
    """A day that can mean one day only is read, in its own time zone; its place is kept."""
    for written in ("Tue, 17 Dec 2024 00:30:00 +0100", "2024-12-17T00:30:00+01:00", "20241217"):
        document = read(tmp_path, "a.md", f"---\npublished: '{written}'\n---\n{BODY}")
        assert (document.published, document.published_from) == ("2024-12-17", "front matter")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_front_matter_with_the_line_ends_of_any_system(tmp_path: Path, end: str) -> None:
    """Blank lines and comments may stand in it; a text that only begins like it is read to its end."""
    matter = end.join(["---", "", "# note", "title: Une trêve", "", "language: fr", "---", ""])
    document = read(tmp_path, "a.txt", (matter + BODY).encode())
    assert (document.title, document.language) == ("Une trêve", "fr")
    unclosed = [
        "---" + end + "Note: bonjour" + end + ("Une ligne de texte." + end) * 2_000,
        "---" + end * 2_000 + "Texte",
    ]
    finishes(
        "from index.layout import front_matter\n"
        f'assert [front_matter(text) for text in {unclosed!r}] == [(0, ""), (0, "")]'
    )


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    """Text between two rules is text."""
    assert read(tmp_path, "a.md", f"---\n{BODY}---\n").title == ""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"---\ntitle: x\n---\n", "empty"),
        (b"...", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_text"),
        (b"PK\x03\x04\x01\x02\x05\x06", "not_text"),
        (b"\xff\xfe\x00", "not_text"),
        (b"a" * (LARGEST + 1), "too_large"),
        (b"---\npublished: hier\n---\nText.", "bad_metadata"),
        (b"---\nurl: exemple.org\n---\nText.", "bad_metadata"),
        (b"---\nlanguage: french\n---\nText.", "bad_metadata"),
        (b"---\ntitle: [1]\n---\nText.", "bad_metadata"),
        (b"---\ntitle: 0x" + b"f" * 9_000 + b"\n---\nText.", "bad_metadata"),
    ],
    ids=lambda value: str(value[:24]),
)
def test_bad_files(tmp_path: Path, content: bytes, code: str) -> None:
    """Each bad file has its own code, its name in the message, and a cure."""
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, "deep/bad.txt", content)
    assert caught.value.code == code
    assert "deep/bad.txt" in caught.value.message
    assert str(tmp_path) not in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("sidecar", "named"),
    [
        ("{", "metadata.json"),
        ("[]", "metadata.json"),
        (b"\xff\xfe", "metadata.json"),
        ('{"a.txt": 3}', "a.txt"),
        ('{"a.txt": {"title": 3}}', "title"),
        ('{"a.txt": {"published": "03/05/2024"}}', "published"),
        ('{"a.txt": {"url": "javascript:alert(1)"}}', "url"),
        ('{"a.txt": {"title": "a\\nb"}}', "title"),
        ('{"a.txt": {"publisher": "\\ud800"}}', "publisher"),
    ],
    ids=str,
)
def test_bad_sidecars(tmp_path: Path, sidecar: str | bytes, named: str) -> None:
    """A broken sidecar names file and field, whatever article is read."""
    write(tmp_path, "metadata.json", sidecar)
    with pytest.raises(DocumentError, match=named) as caught:
        read(tmp_path, "a.txt", BODY)
    assert caught.value.code == "bad_metadata"
    assert caught.value.hint


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    """A folder, a pipe, a vanished file: named, not hung on."""
    (tmp_path / "dir.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    for name in ("dir.txt", "pipe.txt", "gone.txt"):
        with pytest.raises(DocumentError, match=name) as caught:
            read_file(tmp_path / name, tmp_path)
        assert caught.value.code == "unreadable"


def test_a_sidecar_is_read_again_when_it_changes(tmp_path: Path) -> None:
    """A corrected sidecar counts at the next build, in the same process."""
    side = write(tmp_path, "metadata.json", '{"a.txt": {"title": "Un"}}')
    assert read(tmp_path, "a.txt", BODY).title == "Un"
    side.write_text('{"a.txt": {"title": "Deuxième"}}', "utf-8")
    assert read(tmp_path, "a.txt", BODY).title == "Deuxième"
