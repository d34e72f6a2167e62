"""The rules of the house: who may import whom, and where."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Each does one thing to what it is given; composers (build, annotate, snapshot, answer, cli, service …)
# know their order.
STAGES = (
    *(f"index.{name}" for name in "read clean split stance voices figures encode vectors".split()),
    *("index.storage.corpus", "qa.question", "qa.retrieve", "qa.ranking.features", "qa.rank"),
)
# Ranking is weighing features; retrieval knows a question's words.
KNOWN = {"qa.rank": {"qa.ranking.features"}, "qa.retrieve": {"qa.question"}}
# What comes earlier in an answer never imports what comes later.
FOLDERS = ("understanding", "ranking", "composing", "evaluation", "http", "commands")
ALONE = {"faiss": "index/vectors.py", "fastapi": "qa/service.py", "onnxruntime": "index/encoders/session.py"}
# Declared for what imports them by itself: torch's export, and the forms and pages of fastapi.
FOR_OTHERS = {"onnxscript", "python-multipart", "fastapi-swagger"}
SOURCES = sorted([*ROOT.glob("index/**/*.py"), *ROOT.glob("qa/**/*.py")])


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_index_knows_nothing_of_questions(path: Path) -> None:
    """`index` never imports `qa`."""
    if path.is_relative_to(ROOT / "index"):
        assert not {name for name in imports(path) if name.split(".")[0] == "qa"}


@pytest.mark.parametrize("stage", STAGES)
def test_stages_know_nothing_of_one_another(stage: str) -> None:
    """Only composers import several; what a stage knows beyond that is named above."""
    found = imports(ROOT / (stage.replace(".", "/") + ".py"))
    assert found & {*STAGES} == KNOWN.get(stage, set())


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_comes_first_knows_nothing_of_what_comes_later(folder: str) -> None:
    """The folders of `qa` are layers, in the order of an answer."""
    later = {f"qa.{name}" for name in FOLDERS[FOLDERS.index(folder) + 1 :]}
    for path in (ROOT / "qa" / folder).glob("*.py"):
        assert not {name for name in imports(path) if name.startswith(tuple(f"{one}." for one in later))}


@pytest.mark.parametrize("package", ALONE)
def test_heavy_packages_have_one_door(package: str) -> None:
    """A heavy package is imported in one file alone."""
    users = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if package in {name.split(".")[0] for name in imports(path)}
    }
    assert users == {ALONE[package]}


def test_sentence_transformers_has_one_door() -> None:
    """It is imported in one file alone, but for the scripts and the loading of the shipped model."""
    users = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if "sentence_transformers" in {name.split(".")[0] for name in imports(path)}
        and not path.is_relative_to(ROOT / "index" / "models")
    }
    assert users == {"index/encoders/sentence.py"}


def reads_environment(source: str) -> bool:
    nodes = list(ast.walk(ast.parse(source)))
    taken = {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
    used = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return not {"environ", "environb", "getenv", "getenvb"}.isdisjoint(taken | used)


@pytest.mark.parametrize(
    "source", ["import os\nos.environ['A']", "import os as o\no.getenv('A')", "from os import environ as e"]
)
def test_the_environment_is_known_by_any_import(source: str) -> None:
    assert reads_environment(source)


def test_the_environment_is_read_in_settings_alone() -> None:
    """No other file reads an environment variable."""
    readers = {str(path.relative_to(ROOT)) for path in SOURCES if reads_environment(path.read_text("utf-8"))}
    assert readers == {"qa/settings.py"}


def plain(name: str) -> str:
    """A distribution's name as its kin are told apart: `Jinja2==3` and `jinja2>=3,<4` are one."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=\[]", name)[0]).lower()


def test_what_is_imported_is_declared_and_nothing_else() -> None:
    """Training alone may need what its extra names; whatever is declared has a version in constraints.txt."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    declared = {plain(name) for name in project["dependencies"]}
    fixed = {plain(line) for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()}
    assert {plain(name) for names in extras.values() for name in names} | declared <= fixed
    of_package = packages_distributions()
    used: dict[bool, set[str]] = {True: set(), False: set()}
    for path in SOURCES:
        packages = {name.split(".")[0] for name in imports(path)} - sys.stdlib_module_names - {"index", "qa"}
        training = path.name.startswith("train")
        used[training] |= {plain(of_package[package][0]) for package in packages}
    assert used[False] | FOR_OTHERS == declared
    assert used[True] <= declared | {plain(name) for name in extras["train"]}


def test_top_level_folders_are_fixed() -> None:
    """No other folder stands beside these."""
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert folders - {"build", "dist"} == {"qa", "index", "seeds", "tests", "web"}
