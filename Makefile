# Luruskan. `make help` lists what can be asked for.
PYTHON ?= python3.11
VENV ?= .venv
# Name an index that has CPU builds of torch, for instance TORCH_INDEX="--index-url https://...";
# a plain index brings CUDA packages with it on some machines.
TORCH_INDEX ?=
BIN := $(VENV)/bin
# Modules are compiled when first used; where that is not kept, each process takes seconds more.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install run test check lint types layers fix clean

help: ## Show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

# $(1): what of Luruskan to install. Only what is used is compiled, when it is first used: that is a
# third of what is installed.
define install_into_venv
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: install it, or say make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Luruskan into $(VENV) (a few minutes the first time) ..."
	@$(BIN)/pip install -q --disable-pip-version-check --no-compile $(TORCH_INDEX) torch==2.13.0
	@$(BIN)/pip install -q --disable-pip-version-check --no-compile -c constraints.txt -e '$(1)'
	@$(BIN)/pybabel -q compile -d review_ui/translations
endef

$(VENV)/.run: setup.cfg constraints.txt
	$(call install_into_venv,.)
	@touch $@

$(VENV)/.dev: setup.cfg constraints.txt
	$(call install_into_venv,.[dev])
	@touch $(VENV)/.run $@

install: $(VENV)/.run ## Create the environment that runs everything

run: $(VENV)/.run ## Crawl the invented demo region, assess, summarise, and serve the desk
	@$(BIN)/luruskan demo $(ARGS)

test: check ## Run every check and all tests

check: lint types layers tests ## Format, lint, types, layers, tests

lint: $(VENV)/.dev ## Format and lint
	@$(BIN)/ruff format --check -q .
	@$(BIN)/ruff check -q .

types: $(VENV)/.dev ## mypy, strict
	@$(BIN)/mypy

layers: $(VENV)/.dev ## The star of packages
	@$(BIN)/lint-imports --no-cache | tail -n 12

.PHONY: tests
tests: $(VENV)/.dev ## Tests only; PYTEST="-k words" picks some
	@$(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder $(PYTEST)

fix: $(VENV)/.dev ## Format, and mend what can be mended
	@$(BIN)/ruff format -q .
	@$(BIN)/ruff check -q --fix .

clean: ## Remove the environment and what the demo wrote
	@rm -rf $(VENV) var
