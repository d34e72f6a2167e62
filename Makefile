# The same commands stand in the README for people without make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: serve test wheel clean

serve: $(VENV)/.installed
	$(BIN)/selon build seeds/articles
	$(BIN)/selon serve

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

wheel: $(VENV)/.installed-dev
	$(BIN)/python -m build --wheel

# A stamp file newer than what it was made from: nothing is installed twice.
$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable . --constraint constraints.txt
	touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable '.[dev]' --constraint constraints.txt
	touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV) dist
