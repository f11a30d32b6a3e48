# What people run. `make demo` and `make test` need only Python >= 3.11 with venv; node makes the editor's bundle and runs its tests.

PYTHON ?= python3
BIN := .venv/bin
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test nightly check bench pictures editor editor-check browser browser-if-root redis-if-root node-if-root editor-parts-if-node install install-dev lock clean

help:
	@echo "make demo     start everything with the example case, on loopback"
	@echo "make test     run every test"
	@echo "make nightly  the long profiles: hostile steps, random editing, writers on a broken network, properties; hours"
	@echo "make check    linters, types, import contracts, migrations, containers"
	@echo "make pictures take the pictures of the docs anew"
	@echo "make editor   bundle frontend/ into static/dist/editor.js; needs node"
	@echo "make bench    measure, one JSON line per figure"
	@echo "make browser  install a Chromium for the browser tests, for this user"

demo: install
	@exec $(BIN)/python manage.py demo

test: install-dev browser-if-root redis-if-root node-if-root editor-parts-if-node
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

# What `make test` does in short, at length and from new seeds. One after the other: each of these has the machine to itself.
NIGHTLY := SAFETYCASE_NIGHTLY=1 $(BIN)/python -m pytest $(PYTEST_ARGS)
nightly: install-dev node-if-root editor-parts-if-node
	@$(NIGHTLY) tests/prose/test_guard.py
	@$(NIGHTLY) tests/frontend/test_random_editing.py
	@$(NIGHTLY) tests/safetycase/test_writers.py
	@HYPOTHESIS_PROFILE=nightly $(NIGHTLY) $$(grep -rl 'from hypothesis' tests --include='test_*.py')

check: install-dev editor-check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	SAFETYCASE_NO_DATABASE=1 $(BIN)/python manage.py makemigrations --check --dry-run
	SITE=workshop $(BIN)/python manage.py check --fail-level WARNING
	SITE=reading_room $(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	$(BIN)/hadolint Dockerfile

pictures: install-dev browser-if-root
	SAFETYCASE_PICTURES=1 $(BIN)/python -m pytest tests/browser/test_pictures.py

bench: install-dev
	@$(BIN)/python -m tests.bench

editor: frontend/node_modules/.installed
	cd frontend && node build.mjs

frontend/node_modules/.installed: frontend/package-lock.json
	@echo "installing what the editor is made of into frontend/node_modules"
	@cd frontend && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# The committed bundle must be what its sources make. Without node it can't be told, which is a failure only under CI=true.
editor-check:
	@if command -v node >/dev/null && command -v npm >/dev/null; then \
		$(MAKE) --silent frontend/node_modules/.installed && cd frontend && node build.mjs check; \
	else \
		echo "node was not found: static/dist/editor.js was NOT compared with frontend/" >&2; [ "$$CI" != true ]; \
	fi

browser: install-dev
	@$(BIN)/python -m playwright install chromium

# As root an apt package is the shortest way; for anybody else the browser tests say loudly that they did not run.
browser-if-root: install-dev
	@if [ "$$(id -u)" = 0 ] && ! command -v chromium >/dev/null && command -v apt-get >/dev/null; then \
		echo "installing chromium with apt for the browser tests"; \
		{ apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y chromium; } >/dev/null \
			|| echo "could not install chromium; the browser tests will be skipped"; \
	fi

# The same for the test that runs the containers' commands with a real Redis.
redis-if-root: install-dev
	@if [ "$$(id -u)" = 0 ] && ! command -v redis-server >/dev/null && command -v apt-get >/dev/null; then \
		echo "installing redis-server with apt for the test of docker-compose.yml's commands"; \
		{ apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y redis-server; } >/dev/null \
			|| echo "could not install redis-server; that test will be skipped"; \
	fi

# The same for the tests that run the editor's own code.
node-if-root: install-dev
	@if [ "$$(id -u)" = 0 ] && ! { command -v node && command -v npm; } >/dev/null && command -v apt-get >/dev/null; then \
		echo "installing nodejs and npm with apt for the tests of the editor"; \
		{ apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y nodejs npm; } >/dev/null \
			|| echo "could not install node; the tests of the editor's code will be skipped"; \
	fi

editor-parts-if-node: node-if-root
	@if command -v node >/dev/null && command -v npm >/dev/null; then \
		$(MAKE) --silent frontend/node_modules/.installed \
			|| echo "could not install frontend/node_modules; the tests of the editor's code will be skipped"; \
	fi

install: .venv/installed
install-dev: .venv/installed-dev

.venv/python-found:
	@command -v $(PYTHON) >/dev/null || { echo "error: $(PYTHON) was not found; install Python 3.11 or newer, or say PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "error: Python 3.11 or newer is needed; say PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "error: this Python has no venv module; on Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/installed: requirements.txt | .venv/python-found
	@echo "installing what Safetycase needs into .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt | .venv/python-found
	@echo "installing what the tests need into .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch .venv/installed $@

# Needs uv. Writes no index address into the files.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements.txt --extra dev pyproject.toml -o requirements-dev.txt

clean:
	rm -rf .venv .test-home .pytest_cache .mypy_cache .ruff_cache .hypothesis
