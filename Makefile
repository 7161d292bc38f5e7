# Nova's commands. `make up` starts it, `make test` proves it; `make help` lists the rest.
#   PORT=8000        where it listens (127.0.0.1)
#   TESTERS=4        how many processes share the Python tests, beside the web tests
#   NOVA_DATA=...    where it keeps its data (default: ~/.local/share/nova)

PORT ?=
PYTHON ?= python3
CORPUS ?= docs/samples
QUESTIONS ?=
TESTERS ?= 4
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
NOVA := $(BIN)/nova
SOURCES := src tests scripts benchmarks
QUICK := tests/house tests/language tests/privacy tests/rooms tests/cli

ifneq ($(NOVA_DATA),)
export NOVA_DATA
endif
# The tests start hundreds of processes; without compiled files kept, each would compile all of Nova again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install install-dev train-env up down seed smoke dev test quick style quick-tests check pytest cover web-test bars ray soak bench web sbom reference lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Nova needs Python 3.11 or newer (PYTHON=...)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what Nova needs ..." >&2
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "Installing what working on Nova needs ..." >&2
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

install: $(VENV)/.installed ## virtual environment and packages, from the lock
install-dev: $(VENV)/.installed-dev ## the same with test and check tools

.venv-train/.installed: requirements-torch.lock requirements-training.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tuning needs Python 3.11 or newer (PYTHON=...)" >&2; exit 1; }
	$(PYTHON) -m venv .venv-train
	@echo "Installing what tuning a model needs (1.5 GB) ..." >&2
	@.venv-train/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps --requirement requirements-torch.lock
	@.venv-train/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps --requirement requirements-training.lock
	@touch $@

train-env: .venv-train/.installed ## an environment beside Nova's with torch, in which models are tuned

up: install ## start Nova, load the samples on first start, ask one question, keep serving
	@exec $(NOVA) up $(if $(PORT),--port $(PORT))

down: install ## stop a running Nova of this data folder
	@$(NOVA) down

seed: install ## load the sample documents, through the same intake as your own
	@$(NOVA) ingest docs/samples

smoke: install ## the whole wheel in a throw-away folder: ask, consent, a gap becomes a ticket and is cured, learn, undo, erase, verify
	@$(NOVA) smoke

dev: install-dev ## start with NOVA_ENV=dev, and the web app's dev server where Node is found
	@bash scripts/dev.sh $(PORT)

test: install-dev ## everything that must hold: checks, Python tests and, where Node and Chromium are found, web tests, side by side
	@$(MAKE) --no-print-directory --jobs 3 --output-sync=line check pytest web-test

check: install-dev style ## layers, style, types, sizes, docs, locks
	$(BIN)/python -m pytest -q tests/house

quick: install-dev ## checks and the tests that take no time, in a minute or so; before each commit
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=line style quick-tests

style:
	$(BIN)/lint-imports
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy

quick-tests: export OPENBLAS_NUM_THREADS := 1
quick-tests:
	$(BIN)/python -m pytest -q -m "not slow and not bars" --numprocesses 2 --dist loadfile $(QUICK)

pytest: export OPENBLAS_NUM_THREADS := 1# the testers share the cores; numpy's own threads would only wait for each other
pytest: install-dev
	$(BIN)/python -m pytest -q --ignore=tests/house --numprocesses $(TESTERS) --dist loadfile --no-loadscope-reorder --durations=15 \
	  --max-worker-restart 1 -o faulthandler_timeout=300 -o faulthandler_exit_on_timeout=true

cover: install-dev ## the Python tests, measuring the lines of src/nova they run
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q --ignore=tests/house
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

web-test: install-dev
	@bash scripts/web_test.sh

bars: install-dev ## the long proofs: kill loops, fuzzing, load
	$(BIN)/python -m pytest -q -m bars
	@AXE_LOOKS=all bash scripts/web_test.sh

ray: install-dev ## cleaning in parts on a Ray of this machine: the contract, and the hash of one process
	@bash scripts/ray.sh

soak: install-dev ## twenty minutes of mixed load: growth, descriptors, slowing
	$(BIN)/python benchmarks/soak.py --minutes 20

bench: install-dev ## the measurements that the README names (CORPUS=folder QUESTIONS=file.jsonl)
	@$(PIP) install --require-hashes --requirement requirements-bench.lock
	$(BIN)/python benchmarks/postgres.py
	$(BIN)/python benchmarks/search.py
	$(BIN)/python benchmarks/ingest.py $(CORPUS)
	$(if $(QUESTIONS),$(BIN)/python benchmarks/ask.py $(CORPUS) $(QUESTIONS))
	$(if $(QUESTIONS),$(NOVA) eval retrieval $(QUESTIONS) --corpus $(CORPUS))

frameworks: ## the guide's lines that open a dataset in PyTorch and TensorFlow, run in an environment of their own
	@set -e; dir=$$(mktemp -d); trap 'rm -rf "$$dir"' EXIT; $(PYTHON) -m venv "$$dir" && \
	  "$$dir/bin/pip" install --quiet torch==2.13.0 tensorflow-cpu polars numpy && "$$dir/bin/python" benchmarks/seeding_frameworks.py

web: ## build the web app into src/nova/webui (needs Node)
	cd web && npm ci --no-audit --no-fund && npm run build

sbom: install-dev ## the parts list of the image: dist/sbom.json (CycloneDX)
	@bash scripts/sbom.sh

reference: install ## write docs/openapi.json and docs/reference anew from the code
	@$(BIN)/python scripts/openapi.py
	@$(BIN)/python -m scripts.reference

lock: ## write both locks anew from pyproject.toml (needs uv)
	@bash scripts/lock.sh

clean: ## remove the virtual environment and caches; never data
	rm -rf $(VENV) .venv-train .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage* web/node_modules
