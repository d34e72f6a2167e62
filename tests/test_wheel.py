"""The wheel holds all that is needed: installed outside the clone, it builds, asks and serves the chat."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest
from conftest import SEEDS, clean_environment

ROOT = Path(__file__).parent.parent
QUESTION = "Combien de soldats nord-coréens ont été tués ou blessés ?"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the tree as it stands."""
    place = tmp_path_factory.mktemp("wheel")
    tree = place / "tree"
    ignored = shutil.ignore_patterns(".git", ".venv", ".selon", "__pycache__", ".*_cache", "dist", "build")
    shutil.copytree(ROOT, tree, ignore=ignored)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place), str(tree)]
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    return next(place.glob("*.whl"))


def test_it_holds_the_three_folders_and_nothing_else(wheel: Path) -> None:
    """`index`, `qa` and `web`: no tests, no articles, nothing that a model was taught with."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"index", "qa", "web"}
    for needed in (
        "web/index.html",
        "qa/weights.toml",
        "qa/understanding/thesaurus.json",
        "index/models/selon-mini-fr-en/model.safetensors",
    ):
        assert needed in names
    assert "qa/understanding/thesaurus.tsv" not in names
    assert not [name for name in names if "/train_" in name and not name.endswith(".py")]
    assert any(name.endswith("licenses/LICENSE") for name in names)


@pytest.mark.real
def test_installed_elsewhere_it_serves(wheel: Path, tmp_path: Path) -> None:
    """Away from the clone, from the wheel's files alone: build, serve, chat page, a quoted answer."""
    site = tmp_path / "site"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(site),
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True, timeout=300)
    shutil.copytree(SEEDS, tmp_path / "articles")
    environment = clean_environment(PYTHONPATH=str(site))
    selon = [sys.executable, "-P", "-m", "qa.cli"]
    where = "import index, qa; print(index.__file__, qa.__file__)"
    found = subprocess.run(
        [sys.executable, "-P", "-c", where],
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        timeout=60,
        check=True,
    )
    assert [path.startswith(str(site)) for path in found.stdout.split()] == [True, True]
    subprocess.run(
        [*selon, "build", "articles"],
        cwd=tmp_path,
        env=environment,
        check=True,
        timeout=300,
        capture_output=True,
    )
    server = subprocess.Popen(
        [*selon, "serve", "--port", "0"], cwd=tmp_path, env=environment, text=True, stderr=subprocess.PIPE
    )
    try:
        assert server.stderr is not None
        url = next(m.group(1) for line in server.stderr if (m := re.search(r"on (http://\S+)", line)))
        page = urllib.request.urlopen(url, timeout=60).read().decode()
        for name in re.findall(r'(?:src|href)="(static/[^"]+)"', page):
            assert urllib.request.urlopen(f"{url}/{name}", timeout=30).status == 200
        body = json.dumps({"question": QUESTION}).encode()
        asked = urllib.request.Request(f"{url}/ask", body, {"content-type": "application/json"})
        assert json.load(urllib.request.urlopen(asked, timeout=60))["quotes"]
    finally:
        server.terminate()
        server.wait(timeout=30)
        server.stderr.close()
