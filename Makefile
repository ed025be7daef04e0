# Two commands matter: `make demo` and `make test`. They need Python 3.11 or newer, make and git.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2
TEST_ARGS ?=
BENCH_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime.stamp
DEV := $(VENV)/.dev.stamp
PIP := $(BIN)/python -m pip install --disable-pip-version-check --no-input --quiet --quiet --require-hashes
# Five times as fast; it knows nothing of pip's settings, so where those are needed pip does it after all.
UV := $(BIN)/uv pip install --python $(BIN)/python --quiet --require-hashes
VNU_VERSION := 26.9.27

# The demonstration has its own database and stand-in secrets, whatever the shell is set up for.
DEMO_ENV := env -u DATABASE_URL -u SECRET_KEY -u SECURE_HTTPS DEMO=1 DEBUG=0 HOST=$(HOST) PORT=$(PORT)
# What a real installation would set, for the checks that ask how it would be deployed.
DEPLOY_ENV := env DATABASE_URL=sqlite:///:memory: DEMO=0 DEBUG=0 SECURE_HTTPS=1 ALLOWED_HOSTS=engagement.example.org \
	SECRET_KEY=only-for-checks-of-this-checkout-Zq8vN3rT5wXy7LmB1cDf

.DEFAULT_GOAL := help
.PHONY: help demo preflight installed test gates bench lint format check lock vnu clean

help: ## Say what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## (.*)/  make \1|\2/' | column -t -s '|'

demo: preflight $(RUNTIME) ## Fill a demonstration and serve it at HOST:PORT (127.0.0.1:8000)
	@$(DEMO_ENV) $(BIN)/python manage.py migrate --verbosity 0
	@$(DEMO_ENV) $(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@$(DEMO_ENV) $(BIN)/python manage.py make_demo
	@exec $(DEMO_ENV) MALLOC_ARENA_MAX=1 $(BIN)/python -m gunicorn engagement.wsgi --bind $(HOST):$(PORT) \
		--workers $(WORKERS) --threads 4 --log-level warning --no-control-socket

# What would stop the demonstration is said before anything is installed.
preflight:
	@$(or $(wildcard $(BIN)/python),$(PYTHON)) engagement/samples/check_machine.py "$(HOST)" "$(PORT)" "$(CURDIR)"

installed: $(DEV) # what the tests, lint and checks need, and nothing run

test: $(DEV) ## Run the whole suite on SQLite, then on PostgreSQL what can differ there (ALL=1: all of it)
	@ALL=$(ALL) $(BIN)/python -m tests.databases all -- $(TEST_ARGS)

gates: $(DEV) ## Leave open each gate that keeps secrets, one after the other, and see the leak test notice it
	@ALL=1 $(BIN)/python -m pytest -q -n 0 tests/leaks/test_gates.py

bench: $(DEV) ## Measure everyday work in registers of ten thousand to a million follow-ups (an hour the first time)
	@$(BIN)/python -m benchmarks $(BENCH_ARGS)

lint: $(DEV) ## Ruff (lint and format), mypy, import direction and the length of template lines
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(DEPLOY_ENV) $(BIN)/mypy
	$(BIN)/python -m tests.house

format: $(DEV) ## Put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

check: $(DEV) ## Deployment checks, missing migrations
	$(DEPLOY_ENV) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(DEPLOY_ENV) $(BIN)/python manage.py makemigrations --check --dry-run

lock: $(DEV) ## Resolve pyproject.toml into requirements/*.txt again (UPGRADE=1 for newer versions)
	$(BIN)/uv pip compile $(LOCK_FLAGS) --extra s3 -o requirements/s3.txt
	$(BIN)/uv pip compile $(LOCK_FLAGS) -c requirements/s3.txt -o requirements/runtime.txt
	$(BIN)/uv pip compile $(LOCK_FLAGS) --extra s3 --extra test --extra lint --extra lock \
		-c requirements/s3.txt -o requirements/dev.txt

LOCK_FLAGS := pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet \
	--no-emit-index-url --no-header $(if $(UPGRADE),--upgrade)

vnu: .cache/vnu-$(VNU_VERSION)/node_modules/vnu-jar/build/dist/vnu.jar ## Fetch the Nu HTML checker (needs npm)

.cache/vnu-$(VNU_VERSION)/node_modules/vnu-jar/build/dist/vnu.jar:
	npm install --no-save --no-audit --no-fund --ignore-scripts --prefix .cache/vnu-$(VNU_VERSION) vnu-jar@$(VNU_VERSION)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	@echo "Making a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(RUNTIME): requirements/runtime.txt | $(BIN)/python
	@echo "Installing what the site needs (once; about a minute)"
	@$(PIP) -r requirements/runtime.txt
	@touch $@

$(DEV): requirements/dev.txt requirements/runtime.txt | $(BIN)/python
	@echo "Installing what the tests need (once; about two minutes)"
	@sed -n '/^uv==/,/^ *# /p' requirements/dev.txt > $(VENV)/.uv.txt && $(PIP) -r $(VENV)/.uv.txt
	@$(UV) -r requirements/dev.txt || $(PIP) -r requirements/dev.txt
	@touch $(RUNTIME) $@

clean: ## Remove what the commands above made, except the demonstration's records
	rm -rf $(VENV) .cache staticfiles .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
