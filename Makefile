# `make demo` opens the sample book, `make check` runs every check. Both do all set-up first.
# The environment is made from the lock, and made again when the lock or pyproject.toml changes.
# Everything but `python3` (3.11 or newer, with venv) comes from the lock.

PYTHON ?= python3
BIN := .venv/bin
LOCK := requirements/dev.txt
READY := .venv/.ready

.PHONY: demo check test bench campaign snapshots pictures format lock
.DEFAULT_GOAL := check

$(READY): $(LOCK) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "trustplan needs Python 3.11 or newer; name one with: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv \
		|| { echo "Python's venv module is missing; on Debian: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --require-hashes -r $(LOCK)
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY)
	@$(BIN)/trustplan demo

check: $(READY)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tests.rings

test: $(READY)
	$(BIN)/pytest -n 2 $(ARGS)

campaign: $(READY)
	HYPOTHESIS_PROFILE=campaign $(BIN)/pytest -n 2 -m "hypothesis or campaign" $(ARGS)

snapshots: $(READY)
	$(BIN)/pytest -n 2 tests/tui --snapshot-update $(ARGS)

bench: $(READY)
	@$(BIN)/python -m tests.bench $(ARGS)

pictures: $(READY)
	$(BIN)/python -m tests.pictures

format: $(READY)
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

lock: $(READY)
	$(BIN)/pip-compile --quiet --extra dev --extra team --generate-hashes --allow-unsafe --strip-extras \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header \
		--output-file $(LOCK) $(ARGS) pyproject.toml
	sed -i -E '/:\/\//d' $(LOCK)
