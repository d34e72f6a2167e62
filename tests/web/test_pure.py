"""The chat's pure functions, as they are sent to a browser, run by Node (skipped without it, not in CI)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from qa.http.page import WEB, parts

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tests beside the modules that the service sends: what made them smaller is tried too."""
    tree = tmp_path_factory.mktemp("sent")
    shutil.copytree(HERE, tree / "tests" / "web", ignore=shutil.ignore_patterns("*.py", "*.png", "__*"))
    (tree / "web").mkdir()
    for name, part in parts().items():
        (tree / "web" / name).write_bytes(part.body)
    return tree / "tests" / "web"


@pytest.mark.parametrize("module", sorted(path.name for path in HERE.glob("*.test.mjs")))
def test_pure_functions(module: str, sent: Path) -> None:
    """Offsets, words, addresses, filters, formats, examples and storage hold without a browser."""
    node = shutil.which("node")
    if not node:
        reason = "no Node on this machine (looked for node)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    done = subprocess.run([node, "--test", str(sent / module)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_template_stands_in_another() -> None:
    """What makes the modules smaller would take the inner one's words for code."""
    read = {path: path.read_text().split("`")[1::2] for path in WEB.glob("*.js")}
    assert any(read.values())
    for path, literals in read.items():
        assert not [text for text in literals if "${" in re.sub(r"\$\{[^}]*\}", "", text)], path.name
