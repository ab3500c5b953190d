# Every verb is a line one could type. `make help` lists them.

PYTHON ?= python3
BIN := .venv/bin
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
endif
# For tests that need real images; without them those tests say why they are skipped.
DATA ?=

.DEFAULT_GOAL := help
.PHONY: help setup app test check format lint types unit e2e bench shots checkpoints clean

help:  ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

.venv/installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable . --constraint constraints.txt
	@touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]' --constraint constraints.txt
	@touch $@

setup: .venv/installed  ## make .venv and install the project

app: .venv/installed  ## start the app (needs no network, trains nothing)
	$(BIN)/python -m streamlit run app.py

test: .venv/installed-dev browser check unit e2e  ## set up everything, then lint, types and all tests

check: lint types  ## lint and types

.PHONY: browser
browser:
	@sh scripts/browser.sh

format: .venv/installed-dev  ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: .venv/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/installed-dev
	$(BIN)/mypy

unit: .venv/installed-dev  ## every test that needs no browser
	$(BIN)/python -m pytest -m 'not e2e'

e2e: .venv/installed-dev  ## the tests in a real browser
	$(BIN)/python -m pytest -m e2e

bench: .venv/installed-dev  ## measure every figure this project claims
	$(BIN)/python -m benchmarks

shots: .venv/installed-dev browser  ## pictures of every page into shots/
	$(BIN)/python scripts/shots.py

checkpoints: .venv/installed  ## train the shipped checkpoints again
	$(BIN)/python scripts/train_presets.py

clean:  ## remove what these verbs made, but no checkpoint and no data
	rm -rf build dist shots bench-results .pytest_cache .mypy_cache .ruff_cache
