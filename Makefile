.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
DEMO ?= 1
PORT ?= 8000
UV := $(BIN)/uv
export UV_PYTHON_DOWNLOADS = never
export PYTHONDONTWRITEBYTECODE =  # or each command that the tests start would compile every module anew

.PHONY: help env run test soak lint lock bench

help:  ## Say what each target does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 8

$(BIN)/uv:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

.venv/.ready: requirements.lock pyproject.toml package-lock.json hatch_build.py $(BIN)/uv
	$(UV) pip sync --quiet --compile-bytecode --require-hashes requirements.lock
	$(UV) pip install --quiet --no-deps --editable .
	@touch $@

env: .venv/.ready  ## Make the environment in .venv

run: env  ## Start everything on this machine: http://127.0.0.1:8000 (DEMO=0 reads the real sources)
	@exec $(BIN)/clearinghouse run $(if $(filter 0,$(DEMO)),,--demo) --port $(PORT)

test: env  ## Pass every test, on SQLite, PostgreSQL and in a real browser
	$(BIN)/python tests/chromium.py
	$(BIN)/python -m pytest -n 2 --dist worksteal

soak: env  ## The long runs at full size: faults, kills, mutations, simulated months
	$(BIN)/python -m pytest -m soak -n 2
	$(BIN)/python -m pytest -n 2 --hypothesis-profile=random tests/clearinghouse tests/crawlers/adapters

lint: env  ## Format, lint and type-check
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/mypy

lock: $(BIN)/uv  ## Renew both locks, without hosts
	$(UV) pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate --group dev pyproject.toml -o requirements.lock
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund

bench: env  ## Print the benchmarks, each as a ratio to a floor of the same run
	$(BIN)/python -m benchmarks
