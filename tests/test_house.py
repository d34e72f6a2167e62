"""The rules of the house: who may import whom, and where."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Each does one thing to what it is given; composers (build, annotate, snapshot, answer, cli, service …)
# know their order.
STAGES = (
    *(f"index.{name}" for name in "read clean split stance voices figures encode vectors corpus".split()),
    *(f"qa.{name}" for name in "question retrieve features rank".split()),
)
# Ranking is weighing features; retrieval knows a question's words.
KNOWN = {"qa.rank": {"qa.features"}, "qa.retrieve": {"qa.question"}}
ALONE = {"faiss": "index/vectors.py", "fastapi": "qa/service.py", "onnxruntime": "index/encoders/session.py"}
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


def test_the_environment_is_read_in_settings_alone() -> None:
    """No other file reads an environment variable."""
    readers = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if {"environ", "getenv"}
        & {
            node.attr
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Attribute)
        }
    }
    assert readers == {"qa/settings.py"}


def test_top_level_folders_are_fixed() -> None:
    """No other folder stands beside these."""
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert folders - {"build", "dist"} == {"qa", "index", "seeds", "tests", "web"}
