# make demo: set up and run the main job on a bundled portal.   make test: set up and pass the tests.
PYTHON ?= python3
VENV ?= .venv
# Test processes: one more than two processors, for tests wait for servers, limits and pauses.
JOBS ?= 3
# Tests start hundreds of programs: those after the first start from compiled code. A file's name decides its turn, so
# that the long files with few tests are not left for the end, where they would keep one processor busy alone.
test: export PYTHONDONTWRITEBYTECODE :=
PYTEST := -m pytest --numprocesses $(JOBS) --dist loadfile --no-loadscope-reorder
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help demo test check format bench clean

help: ## Show what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(VENV)/.run: pyproject.toml
	@echo "Setting up $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -qq --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml
	@echo "Setting up $(VENV) with the development tools"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -qq --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.run

demo: $(VENV)/.run ## Crawl the bundled portal with the real spider and show what the database holds
	$(BIN)/scrapy demo

test: $(VENV)/.dev ## Check format, types, import rules and run all tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python $(PYTEST)

check: test ## The same as test

format: $(VENV)/.dev ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.dev ## Run the benchmarks and print their tables
	$(BIN)/python -m benchmarks

clean: ## Remove the virtual environment, caches and the demo's data
	rm -rf $(VENV) demo-data build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
