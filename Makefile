# Everything that is done with Signoff. Each target makes the environment that it needs in .venv,
# from lock files with hashes; `make clean` takes it away again.

PY := .venv/bin/python

# What was compiled once is kept, whatever the environment says: tests start hundreds of processes.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX ?= $(CURDIR)/.venv/pycache

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test test-fast test-matrix test-cases chaos race mixed fuzz leaving screenshots bench bench-inbox check format lock release clean

help: ## Say what can be done
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

# Development, unless the environment says otherwise: make run DEBUG=0 SECRET_KEY=...
run: export DEBUG ?= 1
run: .venv/run.stamp ## Start the site with its worker and its demo (PORT=8000 HOST=127.0.0.1 DEMO=1)
	@$(PY) manage.py up

test: .venv/test.stamp ## Run every test, on SQLite and on PostgreSQL, in a real browser too
	@$(PY) -m scripts.install_browser
	@$(PY) -m scripts.run_tests

# What walks whole tables of cases, and what asks for whole pages, is worth its time before a push.
test-fast: .venv/test.stamp ## Run the quick tests on SQLite, but for the pages', the admin's and the worker's (ONLY=folder)
	@$(PY) -m pytest -n 2 -q -m "not slow and not thorough and not browser and not hypothesis" \
		--no-migrations $(or $(ONLY),--ignore tests/browser --ignore-glob "tests/tasks_ui/test_*.py" \
		$(addprefix --ignore tests/tasks_ui/,bulk display lists polling site submissions tasks views) \
		--ignore tests/workflows/admin --ignore tests/workflows/cluster --ignore tests/workflows/worker \
		--ignore tests/workflows/model/test_planted.py)

test-matrix: .venv/test.stamp ## Run the unit tests on the other Pythons: 3.11 with Django 5.2, 3.12 and 3.13 with 6.1
	@$(PY) -m scripts.run_matrix

# The collected cases are no part of the project: without them it walks its own alone, and says so.
test-cases: CASES ?= ../shared/cases
test-cases: .venv/test.stamp ## Walk every form of CASES: accepted, checked, rendered, read back (DRAWN=2000 for more drawn ones)
	@$(PY) -m tests.cases --cases $(CASES)

# An hour in all. Each part prints its seed, and SEED=n draws the same again.
chaos: .venv/test.stamp ## Kill, stop, cut and fill up real clusters, and play random workflows (FAULTS=500 SEED=n)
	@for database in sqlite postgres; do \
		$(PY) -m tests.chaos --database $$database --faults $(or $(FAULTS),500) $(if $(SEED),--seed $(SEED)) && \
		$(PY) -m tests.chaos.crash_points --database $$database $(if $(SEED),--seed $(SEED)) && \
		$(PY) -m tests.workflows.model --database $$database --graphs 5000 $(if $(SEED),--seed $(SEED)) || exit 1; \
	done

fuzz: .venv/test.stamp ## Send hostile posts to every form and page (POSTS=200000 SEED=n CASES=../shared/cases)
	@$(PY) -m tests.fuzz --posts $(or $(POSTS),200000) $(if $(SEED),--seed $(SEED)) \
		$(if $(CASES),--cases $(CASES))

race: .venv/test.stamp ## Let fifty people decide one task at the same moment, over and over (ROUNDS=200)
	@for database in sqlite postgres; do \
		$(PY) -m tests.race --database $$database --rounds $(or $(ROUNDS),200) || exit 1; \
	done

mixed: .venv/test.stamp ## Send forms between servers of an old and a new release (POSTS=2000 SEED=n)
	@for database in sqlite postgres; do \
		$(PY) -m tests.mixed --database $$database --posts $(or $(POSTS),2000) $(if $(SEED),--seed $(SEED)) || exit 1; \
	done

leaving: .venv/test.stamp ## Leave pages in every way on a slow network, and find all words again (WAYS=number of a share)
	@SIGNOFF_LEAVING=$(or $(WAYS),all) $(PY) -m pytest -q tests/browser/test_leaving.py

# Not committed: docs/visual-checklist.md says what to look for, and what was seen last.
screenshots: .venv/test.stamp ## Take a picture of every page, light, dark and narrow (INTO=folder LOOKS=rtl,print ONLY=task)
	@$(PY) -m scripts.install_browser
	@$(PY) -m tests.pictures $(if $(INTO),--into $(INTO)) $(if $(LOOKS),--looks $(LOOKS)) $(if $(ONLY),--only $(ONLY))

bench: .venv/bench.stamp ## Measure speed and idleness beside a hand-written loop and DBOS (ONLY=name QUICK=1)
	@$(PY) -m benchmarks $(ONLY) $(if $(QUICK),--quick)

# Viewflow has an environment of its own: nothing of the project is ever installed beside it.
bench-inbox: .venv/bench.stamp $(if $(filter 0,$(VIEWFLOW)),,.venv-viewflow/viewflow.stamp) ## Measure the inbox with up to a million tasks, and beside Viewflow's (DATABASE=sqlite QUICK=1 VIEWFLOW=0)
	@$(PY) -m benchmarks inbox $(if $(filter 0,$(VIEWFLOW)),,viewflow) \
		$(if $(DATABASE),--database $(DATABASE)) $(if $(QUICK),--quick)

check: .venv/check.stamp ## Check format, types, imports, templates, migrations, settings, locks and the map
	@scripts/check

format: .venv/check.stamp ## Put Python and templates into the house's format
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .
	@git ls-files --cached --others --exclude-standard '*.html' | xargs .venv/bin/djade --target-version 5.2

# check.in takes in run.in and test.in, so that one resolution serves all; bench.in and viewflow.in,
# which hold what the benchmarks compare with, take the same versions.
lock: .venv/check.stamp ## Resolve requirements/*.in anew into locks with hashes
	@$(PY) -m scripts.lock

# CONTRIBUTING.md says what to prepare. The tests run in a clone, where only what is committed counts.
release: .venv/run.stamp ## Test a fresh clone and tag it with the version of workflows/version.py (DRY_RUN=1)
	@$(PY) -m scripts.release $(if $(DRY_RUN),--dry-run)

clean: ## Delete the environment and every cache, but no data
	rm -rf .venv .venv-matrix .venv-viewflow .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/%.stamp: requirements/%.txt
	@scripts/install $*
	@touch $@

.venv-viewflow/viewflow.stamp: requirements/viewflow.txt
	@scripts/install viewflow .venv-viewflow
	@touch $@
