# The README's commands. `make help` lists them all.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
RUN := source .cache/env && .venv/bin
SETUP := tests/tools/setup.sh

FUZZ := 300
SEED = $(shell echo $$RANDOM$$RANDOM)

.PHONY: help docs test fuzz lint format golden locales pictures sites verified clean bench-exactness

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "%-15s %s\n", $$1, $$2}'

docs: ## Set up what a build needs, and build the ClawdRouter page into output/clawdrouter
	@$(SETUP) docs
	@.venv/bin/callsheet build

test: ## Set up the runtimes, lint, type-check, and run every test
	@$(SETUP) test
	@$(MAKE) --no-print-directory lint
	@$(RUN)/callsheet check
	@$(RUN)/callsheet verify --require all
	@$(RUN)/pytest -n 2 --dist worksteal; status=$$?; \
	  if [ -e .cache/missing ]; then cat .cache/missing >&2; fi; exit $$status

fuzz: ## Send FUZZ arbitrary calls, from SEED on, through every client
	@$(SETUP) test
	@export CALLSHEET_FUZZ=$(FUZZ) CALLSHEET_FUZZ_SEED=$(SEED); $(RUN)/pytest -n 2 tests/exact/test_fuzz.py

lint: ## Lint and type-check
	@$(RUN)/ruff check
	@$(RUN)/ruff format --check
	@$(RUN)/mypy

format: ## Format the code
	@$(RUN)/ruff check --fix
	@$(RUN)/ruff format

sites: ## Test the docs tools that take minutes to install and to build a site
	@$(SETUP) test
	@source .cache/env && tests/sites/setup.sh .cache/sites slow
	@$(RUN)/pytest -n 2 -m slow tests/sites

pictures: ## Take the README's pictures anew
	@source .cache/env && cd tests && ../.venv/bin/python -m browser.pictures

locales: ## Bring the catalogues of labels up to what templates and code use
	@cd tests && ../.venv/bin/python -m pages.catalogues
	@cd tests && ../.venv/bin/python -m pages.cldr

verified: ## Verify the ClawdRouter snippets, and note for their page what was proven
	@$(SETUP) test
	@$(RUN)/callsheet verify --require all --report spec/clawdrouter.verified.json
	@$(RUN)/callsheet build

golden: ## Write the goldens anew; read the diff before you commit it
	@$(RUN)/callsheet build
	@$(RUN)/callsheet schema > spec/callsheet.schema.json
	@$(RUN)/pytest -q tests --update-golden

clean: ## Remove what set-up and builds left in the checkout
	rm -rf .venv .cache .pytest_cache .mypy_cache .ruff_cache dist

bench-exactness: ## Measure callsheet beside five other generators, and write the figures into README.md
	@$(SETUP) test
	@source .cache/env && cd benchmarks/exactness && { [ node_modules -nt package-lock.json ] || \
	  npm ci --ignore-scripts --silent --no-fund --no-audit; }
	@$(RUN)/python -m benchmarks.exactness
