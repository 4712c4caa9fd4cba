# What this project can do; `make help` lists it.
PYTHON ?= python3
BIN := .venv/bin
# Workers of the suite: one more than there are processors, as many tests wait for others.
JOBS ?= 3

# Where a shell forbids to keep compiled modules, each of a hundred processes compiled them all anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install run demo chat test quick long check types bench soak torture erasure monday train pictures clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# The stamp is newer than what it was installed from: a second `make run` starts in seconds.
.venv/installed: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing opina into .venv …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

# All at once, not on top of the other: the second of two installations costs as much as the first.
# Not compiled: most modules of what it brings are never imported, the others when they first are.
# The pip of an older Python takes half as long again to choose among all versions there ever were.
.venv/dev: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing opina and the tools for tests into .venv …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile -c constraints.txt --upgrade pip || true
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile -c constraints.txt -e '.[dev]'
	@touch .venv/installed $@

# What each worker of the suite would compile for itself, at the same time as the others: its tests,
# and the modules that they import. Once, by one process; what fails here fails again where it is told.
.venv/compiled: .venv/dev
	@$(BIN)/pytest --collect-only -qq >/dev/null 2>&1 || true
	@touch $@

install: .venv/installed ## make .venv and install the pinned versions

run: .venv/installed ## start the service: settings of config.toml; without it SQLite and the packaged content
	@$(BIN)/opina run

demo: .venv/installed ## the same on a scratch database with 22 weeks of made-up answers
	@$(BIN)/opina demo

chat: .venv/installed ## talk to the assistant in this terminal
	@$(BIN)/opina chat

test: .venv/compiled ## the whole suite, with real PostgreSQL and a real browser
	@$(BIN)/pytest -n $(JOBS) --dist worksteal

quick: .venv/dev ## what needs no PostgreSQL, browser or process, and no patience: under 30 s
	@$(BIN)/pytest -n $(JOBS) --dist worksteal --ignore tests/e2e -m 'not postgres and not browser and not process and not slow'

long: .venv/dev ## what tries random examples, with 1,000 a test; old revisions on PostgreSQL; every offer
	@OPINA_EXAMPLES=long $(BIN)/pytest -n $(JOBS) --dist worksteal -m hypothesis
	@OPINA_EXAMPLES=long $(BIN)/pytest -n $(JOBS) --dist worksteal tests/frozen tests/handlers/questionnaires/test_offers.py

check: .venv/dev ## ruff, mypy, import contracts and the whole suite
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(MAKE) --no-print-directory --jobs 2 types test

# Beside the suite, as many of its tests wait: what either finds fails the check.
types: .venv/dev
	@$(BIN)/lint-imports
	@$(BIN)/opina check
	@$(BIN)/mypy

# The bots that ours is measured beside need other versions of its libraries.
.venv/bench/installed: .venv/installed benchmarks/references.txt
	@test -x .venv/bench/bin/python || $(PYTHON) -m venv .venv/bench
	@echo "Installing the bots to measure beside into .venv/bench …"
	@.venv/bench/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/references.txt
	@touch $@

bench: .venv/dev .venv/bench/installed ## measure beside other frameworks; writes benchmarks/RESULTS.md
	@$(BIN)/python -m benchmarks $(ARGUMENTS)

soak: .venv/dev ## time the start, let 200,000 citizens come and watch the memory; some minutes
	@$(BIN)/python -m benchmarks --only footprint $(ARGUMENTS)

torture: .venv/dev ## kill the service 100 times on both databases; check that nothing is lost
	@$(BIN)/python -m tests.torture $(TORTURE)

erasure: .venv/dev ## prove that erasing leaves nothing of 1,000 random contacts, anywhere
	@$(BIN)/python -m tests.erasure $(ARGUMENTS)

monday: .venv/dev ## do a Monday's work in the panel in a browser, and count the taps
	@$(BIN)/python -m tests.e2e.panel.monday

train: .venv/dev ## train what the assistant listens and searches with from its phrases
	@$(BIN)/python -m training.acts
	@$(BIN)/python -m training.search
	@$(BIN)/python -m training.after_a_card
	@$(BIN)/python -m training.after_a_grade
	@$(BIN)/python -m training.after_filing
	@$(BIN)/python -m training.danger

pictures: .venv/dev ## make the README's pictures anew
	@$(BIN)/python docs/drawing/make_pictures.py

clean: ## remove the environment and scratch files
	@rm -rf .venv build var *.egg-info .pytest_cache .mypy_cache .ruff_cache
