# What can be done here? `make demo` and `make test` install what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
FAST_FAULTS := tests/acceptance/faults
FAST_TESTS := $(FAST_FAULTS) tests/acceptance/test_relay_refusals.py tests/acceptance/test_relay_trouble.py \
	tests/integration/test_relay_pipelining.py tests/integration/test_relay_smtp.py tests/integration/test_skeletons.py \
	tests/integration/test_machine_code.py tests/unit/test_relay_session.py

.PHONY: install fast demo test test-fast fuzz soak guards bench bench-million bench-profile bench-count rivals check format golden clean

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $(STAMP)

# What every letter passes becomes machine code, for this Python and these sources; without it all works the same, more slowly.
fast: $(STAMP)
	$(BIN)/python -m tools.compiling

demo: $(STAMP)
	$(BIN)/mailer demo

test: $(STAMP)
	$(BIN)/python -m pytest -n auto --dist worksteal

# The tests of what must never be lost, and of relays, over what `make fast` compiles.
test-fast: fast
	MAILER_TESTS_COMPILED=1 $(BIN)/python -m pytest -n auto --dist worksteal $(FAST_TESTS)

FUZZ_SECONDS := 600
fuzz: $(STAMP)
	$(BIN)/python -m tests.fuzzing $(FUZZ_SECONDS) $$(date +%s)

soak: guards
	MAILER_TESTS_RECORD=1 $(BIN)/python -m pytest -m soak --durations=0

guards: $(STAMP)
	$(BIN)/python -m tests.guards.takeout

bench: fast rivals
	$(BIN)/python benchmarks/check_campaigns.py
	$(BIN)/python benchmarks/claiming.py
	$(BIN)/python benchmarks/documents.py
	$(BIN)/python benchmarks/import_supporters.py
	$(BIN)/python benchmarks/message_builder.py
	$(BIN)/python benchmarks/missions.py
	$(BIN)/python benchmarks/signing.py
	$(BIN)/python benchmarks/starting.py
	$(BIN)/python -m benchmarks.filling
	$(BIN)/python -m benchmarks.reading_mailbox
	$(BIN)/python -m benchmarks.senders.compare --record
	$(BIN)/python -m benchmarks.senders.compare --record --short
	$(BIN)/python -m benchmarks.senders.network --record
	$(BIN)/python -m benchmarks.senders.several

bench-million: fast
	$(BIN)/python -m benchmarks.senders.million --record

bench-count: fast
	$(BIN)/python -m benchmarks.senders.counted
	$(BIN)/python -m benchmarks.senders.counted --short

bench-profile: $(STAMP) rivals
	$(BIN)/python -m benchmarks.senders.profile

# Whom the mailer is measured against, in a place of their own; what cannot be had here is not measured, and the table says so.
rivals:
	test -x benchmarks/.venv/bin/python || $(PYTHON) -m venv benchmarks/.venv
	-benchmarks/.venv/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	-cd benchmarks && npm install --no-audit --no-fund --loglevel=error

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: $(STAMP)
	MAILER_TESTS_REWRITE_GOLDEN=1 $(BIN)/python -m pytest tests/integration/test_rendering_golden.py

clean:
	rm -rf $(VENV) build dist var benchmarks/.venv benchmarks/node_modules
