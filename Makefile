# The ways in. `make help` lists them. Everything runs from .venv, which `make` fills from the hashed lock.
.DEFAULT_GOAL := help
.PHONY: help run test setup check fmt generated bench soak runtime dev
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Where this machine says not to write compiled modules beside their sources, the test processes share them elsewhere.
COMPILED := $(if $(PYTHONDONTWRITEBYTECODE),PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(CURDIR)/.pytest_cache/bytecode)

help: ## List what can be done here
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: runtime ## Serve Sympolity with its demo at http://127.0.0.1:8000 (HOST, PORT, SYMPOLITY_DATA change it)
	@exec $(BIN)/sympolity serve

test: dev ## Run every test: SQLite, a real PostgreSQL, a real browser
	@$(BIN)/python scripts/browser.py
	@$(BIN)/python scripts/softhsm.py
	@$(COMPILED) $(BIN)/pytest --numprocesses auto --dist worksteal $(ARGS)

setup: dev ## Install everything, and stop there

check: dev ## Check format, lint, types, import contracts, spelling, house rules, generated files
	@$(PYTHON) scripts/check.py

fmt: dev ## Format the code and mend what can be mended safely
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

generated: dev ## Write the generated files anew: openapi/, docs/states.md and their like
	@$(BIN)/python scripts/generated.py

bench: dev ## Print the tables of ratios and limits: of the text core, the record, papers and the service (ARGS=text for one)
	@$(BIN)/python -m bench $(ARGS)

soak: dev ## Run the campaigns that take long: property tests with 100 times the examples, and those marked soak
	@$(COMPILED) $(BIN)/pytest --numprocesses auto --dist worksteal -m "hypothesis or soak" --hypothesis-profile soak $(ARGS)

runtime:
	@$(PYTHON) scripts/install.py runtime

dev:
	@$(PYTHON) scripts/install.py dev
