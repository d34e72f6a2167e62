"""Makes pages and questions of two handbooks, for `selon evaluate` and fit_weights.py.

    python tests/benchmarks/pages.py --help-pages /usr/share/help --faq /usr/share/doc/debian/FAQ --out FOLDER

Pages of several sentences, each an answer, among hundreds on the same matter: another kind than
news. None of them stand in the project: Debian ships GNOME's help (package gnome-user-docs, CC BY-SA
3.0) and its own list of questions (debian-faq and debian-faq-fr, GPL 2 or later), both in French and in
English. A question is the title of a page, in either language; what answers is the rest of the
French page. FOLDER gets the pages in `help` and `faq`, the questions in `help.jsonl` and `faq.jsonl`.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable
from pathlib import Path

from lxml import etree, html

MALLARD = "{http://projectmallard.org/1.0/}"
# Shorter ones lead to other pages and say nothing themselves.
LEAST = {"help": 200, "faq": 80}
NUMBER = re.compile(r"^[\d.\s]+")

# Title and paragraphs, by the name of the page.
Pages = dict[str, tuple[str, list[str]]]


def help_pages(folder: Path) -> Pages:
    """GNOME's help in one language."""
    found: Pages = {}
    for file in sorted(folder.glob("*.page")):
        page = etree.parse(file).getroot()
        summary = page.iterfind(f"{MALLARD}info/{MALLARD}desc")
        own = (one for one in page.iter(f"{MALLARD}p") if not any(one.iterancestors(f"{MALLARD}info")))
        if (title := page.find(f"{MALLARD}title")) is not None:
            found[file.stem] = words(title), told([*summary, *own])
    return found


def answers(files: Iterable[Path]) -> Pages:
    """The questions of Debian's list in one language."""
    found: Pages = {}
    for file in sorted(files):
        for section in html.parse(file).getroot().xpath("//div[@class='section']"):
            title = words(section.xpath(".//*[@class='title']")[0])
            if title.endswith("?"):
                place = section.xpath(".//a/@id")[0]
                found[place] = NUMBER.sub("", title), told(section.iter("p"))
    return found


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def told(elements: Iterable[etree._Element]) -> list[str]:
    return [text for element in elements if (text := words(element))]


def write(folder: Path, kind: str, french: Pages, english: Pages) -> int:
    """Write the pages that both languages have, and two questions for each; tells how many pages."""
    (folder / kind).mkdir(parents=True, exist_ok=True)
    questions = []
    for name in sorted(french.keys() & english.keys()):
        title, paragraphs = french[name]
        if sum(map(len, paragraphs)) < LEAST[kind]:
            continue
        (folder / kind / f"{name}.txt").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
        for language, text in (("fr", title), ("en", english[name][0])):
            own = {"query_id": f"{name}-{language}", "language": language, "type": kind, "text": text}
            questions.append({**own, "relevant": [{"doc": f"{name}.txt"}]})
    lines = [json.dumps(question, ensure_ascii=False) + "\n" for question in questions]
    (folder / f"{kind}.jsonl").write_text("".join(lines), encoding="utf-8")
    return len(questions) // 2


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--help-pages", type=Path, required=True)
    parser.add_argument("--faq", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    help_ = (help_pages(chosen.help_pages / language / "gnome-help") for language in ("fr", "C"))
    faq = (answers((chosen.faq / place).glob(f"*.{place or 'en'}.html")) for place in ("fr", ""))
    print(write(chosen.out, "help", *help_), "pages of help,", write(chosen.out, "faq", *faq), "answers")


if __name__ == "__main__":
    main()
