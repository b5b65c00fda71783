# `make` lists what there is. Nothing here needs root, Docker or a PostgreSQL of your own.
.DEFAULT_GOAL := help
.SUFFIXES:
SHELL := /bin/sh

UV := var/tools/bin/uv
PY := .venv/bin/python
COMPILE := --universal --python-version 3.12 --generate-hashes --no-header --no-emit-index-url
FILES := git ls-files -z --cached --others --exclude-standard --
# A Python that is 3.11 or newer, to fetch uv with; asked outside this folder, whose .python-version
# names the one that the project runs on.
BOOTSTRAP = $(shell cd / && for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$name -c 'import sys; sys.version_info < (3, 11) and sys.exit(1); print(sys.executable)' 2>/dev/null && break; done)

.PHONY: help setup setup-dev run dev test fuzz check lint types guards format bench bench-scale bench-desk bench-search bench-filters bench-export docs pictures looks messages lock catalogue manage clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(UV):
	@test -n "$(BOOTSTRAP)" || { echo "Python 3.11 or newer is needed, and was not found."; exit 1; }
	@mkdir -p var
	@{ "$(BOOTSTRAP)" -m venv var/tools && var/tools/bin/python -m pip install -q "uv>=0.9,<1"; } 2>/dev/null \
		|| "$(BOOTSTRAP)" -m pip install -q --target var/tools --upgrade "uv>=0.9,<1"

# The Python that .python-version names, else any that is new enough.
.venv/pyvenv.cfg: .python-version | $(UV)
	@test -x $(PY) && $(PY) -c 'import sys; sys.exit(sys.version_info < (3, 12))' \
		|| $(UV) venv -q --clear .venv || $(UV) venv -q --clear --python '>=3.12' .venv \
		|| { echo "No Python 3.12 or newer was found, and none could be fetched: please install one."; exit 1; }
	@touch $@

.venv/run.stamp: .venv/pyvenv.cfg requirements.txt
	@echo "Installing what the site needs into .venv …"
	@$(UV) pip install -q --python $(PY) --require-hashes -r requirements.txt
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.txt
	@echo "Installing what developers need into .venv …"
	@$(UV) pip install -q --python $(PY) --require-hashes -r requirements-dev.txt
	@touch $@

setup: .venv/run.stamp ## Install what the site needs into .venv

setup-dev: .venv/dev.stamp ## Install what the tests and developers need: a browser, Pango, GNU gettext
	@$(PY) -m tests.chromium
	@$(PY) -m tests.messages

run: .venv/run.stamp ## Serve the site with the worked example (PORT=8000)
	@exec $(PY) -m factcheck.serve

dev: .venv/dev.stamp ## The same, restarting on changes, with the debug toolbar
	@exec $(PY) -m factcheck.serve --dev

test: setup-dev ## Run all tests on a PostgreSQL of their own (ARGS="-k name")
	@$(PY) -m pytest $(ARGS)

fuzz: setup-dev ## Ask the API 20,000 things as each role, made from its description (N=20000 ROLE=reader SEED=1)
	@$(PY) -m tests.fuzz $(if $(N),-n $(N)) $(if $(ROLE),--role $(ROLE)) $(if $(SEED),--seed $(SEED))

lint: .venv/dev.stamp ## Style, spelling, and the arrows between the rooms of the house
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/codespell
	$(FILES) '*.html' | xargs -0 -r .venv/bin/djade --check --target-version 6.1
	.venv/bin/lint-imports --no-cache

types: .venv/dev.stamp ## Check the types
	.venv/bin/mypy

guards: setup-dev ## Are migrations and production settings as they must be?
	$(PY) -m tests.database makemigrations --check --dry-run
	set -a && . ./.env.example && $(PY) -m tests.database check --deploy --fail-level WARNING

check: lint types guards test ## All that must hold before a change lands

format: .venv/dev.stamp ## Bring code and templates into our one format
	@.venv/bin/ruff check -q --fix-only .
	@.venv/bin/ruff format -q .
	@$(FILES) '*.html' | xargs -0 -r .venv/bin/djade --target-version 6.1
	@$(FILES) '*.py' | xargs -0 -r .venv/bin/django-upgrade --exit-zero-even-if-changed --target-version 6.1

bench: .venv/dev.stamp ## Measure pages and API beside their yardsticks (N=10000)
	@$(PY) -m bench $(if $(N),-n $(N))

bench-scale: .venv/dev.stamp ## Compare every public list at 10,000 and at 1,000,000 claims (N=1000000)
	@$(PY) -m bench --scale $(if $(N),-n $(N))

bench-desk: .venv/dev.stamp ## Measure the desk's list of claims at 1,000,000 claims (N=1000000)
	@$(PY) -m bench.desk $(if $(N),-n $(N))

bench-search: .venv/dev.stamp ## Measure searches of the public record at 1,000,000 claims (N=1000000)
	@$(PY) -m bench.search $(if $(N),-n $(N))

bench-filters: .venv/dev.stamp ## Measure what partners ask the list of claims for, at 1,000,000 (N=1000000)
	@$(PY) -m bench.filters $(if $(N),-n $(N))

bench-export: .venv/dev.stamp ## Measure exports beside COPY, at 10,000 and 1,000,000 claims (N=1000000)
	@$(PY) -m bench.export $(if $(N),-n $(N))

docs: .venv/dev.stamp ## Redraw the pictures in docs/, and write the API's examples, from the code
	@$(PY) -m tests.database draw
	@LOG_LEVEL=WARNING $(PY) -m tests.database shell --no-imports --settings=tests.settings \
		-c 'from tests.examples import write; write()'

pictures: setup-dev ## Take the pictures of the README again
	@$(PY) -m pytest -n0 -q tests/pictures.py

looks: setup-dev ## Take a picture of every public page, to look at: var/looks/
	@$(PY) -m pytest -q tests/looks.py

messages: setup-dev ## Gather the words for the translators, and compile what they wrote
	@$(PY) -m tests.database makemessages

lock: $(UV) ## Pin the newest versions that pyproject.toml allows
	@$(UV) pip compile -q --upgrade $(COMPILE) pyproject.toml -o requirements.txt
	@$(UV) pip compile -q --upgrade $(COMPILE) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

catalogue: .venv/dev.stamp ## Record the database's guards after a change of models or triggers
	@$(PY) -m tests.database catalogue --write

manage: .venv/run.stamp ## A Django command beside a running `make run` (C="createsuperuser")
	@test -e var/secrets/run.env || { echo "Start the site first: make run"; exit 1; }
	@set -a && . ./var/secrets/run.env && $(PY) manage.py $(C)

clean: ## Remove the virtual environment, the data of `make run` and caches
	@rm -rf .venv var .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
