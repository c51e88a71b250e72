# The newsroom's own commands. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help bootstrap demo test mutants lint format messages pictures bench

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# Settings for what needs no database.
QUIET := $(BIN)/python -W ignore manage.py
OFFLINE := --settings newsroom.settings.test
PROCESSES ?= 2
TESTS ?=
RULES ?=

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

bootstrap:
	@.ci/bootstrap

demo: bootstrap ## Open the site on PORT (8000) and the desk on the next port, with demo content; Ctrl-C stops
	@NEWSROOM_PRODUCTION=no exec $(MANAGE) houses

test: bootstrap ## Run all tests, in the browser too; TESTS="tests/test_health.py -x" for some
	@.ci/browser
	@.ci/exiftool
	@exec $(BIN)/python -m pytest -q -n $(PROCESSES) --dist worksteal $(TESTS)

mutants: bootstrap ## Break each rule of the gate in turn and see a test fail; RULES="hold agreed" for some, --missing for new ones
	@exec $(BIN)/python -m tests.mutants -n $(PROCESSES) $(RULES)

lint: bootstrap ## Check style, types, imports, templates, migrations and translations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@git ls-files --cached --others --exclude-standard '*.html' | while read -r file; do [[ ! -f $$file ]] || echo "$$file"; done | xargs -r $(BIN)/djade --check --target-version 6.0
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(QUIET) makemigrations --check --dry-run $(OFFLINE)
	@$(QUIET) messages --check $(OFFLINE)
	@! git grep -nIE --untracked 'py[p]i\.org|python[h]osted\.org|registry\.np[m]js|np[m]js\.org' || { echo "A file names a package registry."; exit 1; }

format: bootstrap ## Put code and templates into shape
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .
	@git ls-files --cached --others --exclude-standard '*.html' | while read -r file; do [[ ! -f $$file ]] || echo "$$file"; done | xargs -r $(BIN)/djade --target-version 6.0

messages: bootstrap ## Gather what is to be translated into locale/, and compile it
	@$(QUIET) messages $(OFFLINE)

pictures: bootstrap ## Take the pictures of the guides anew
	@.ci/browser
	@$(BIN)/python -m docs.pictures

bench: bootstrap ## Measure speed
	@for file in bench/*.py; do $(BIN)/python "$$file"; done
