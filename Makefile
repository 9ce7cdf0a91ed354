# Two commands: `make demo` and `make test`. Both set up what they need; later runs start at once.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PORT ?= 3000

# The first Python of the supported versions that really starts (a shim of a version manager may not).
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null \
	&& echo $$python && break; done)

.PHONY: help install demo test lint dev docs compile plain bench clean

help:  ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 18

install: $(STAMP)  ## set up .venv with pinned versions and the command .venv/bin/sohuyen

$(STAMP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "No Python 3.11, 3.12 or 3.13 was found. Install one, or run: make $(MAKECMDGOALS) PYTHON=/path/to/python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: $(STAMP)  ## run the whole line on the bundled articles and show the facts
	@$(BIN)/sohuyen demo

test: lint  ## run every check: style, types, layers, tests
	$(BIN)/pytest --numprocesses auto --dist loadscope --no-loadscope-reorder

lint: $(STAMP)  ## only style, types and layers
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

dev: $(STAMP)  ## open the Dagster interface on this machine, schedules and sensors running (PORT=3000)
	@$(BIN)/sohuyen dev --port $(PORT)

docs: $(STAMP)  ## write the documentation of the built warehouse as one page, with lineage (data/docs/warehouse.html)
	@$(BIN)/sohuyen docs

compile: $(STAMP)  ## make machine code of the reader: twice as fast (a minute; needs a C compiler)
	@$(BIN)/python extract/compiled.py is-current || { $(MAKE) --no-print-directory plain && mkdir -p build \
	&& echo "Compiling the reader: a minute or two" \
	&& { $(BIN)/python setup.py --quiet build_ext --inplace --parallel 2 >build/compile.log 2>&1 \
	|| { cat build/compile.log; exit 1; }; }; }

plain: $(STAMP)  ## go back to the reader in plain Python
	@$(BIN)/python extract/compiled.py remove

bench: $(STAMP)  ## measure reading, places, intake and the warehouse, each beside a peer (minutes; benchmarks/README.md)
	@$(MAKE) --no-print-directory compile || echo "It could not be compiled: the reader is measured in plain Python"
	$(BIN)/python -m benchmarks.extraction
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,bench]'
	$(BIN)/python benchmarks/places.py
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/warehouse.py

clean:  ## remove what is built from the lake (not the environment, the lake, the sources or your inbox)
	rm -rf $(addprefix $(or $(SOHUYEN_HOME),data)/,missing warehouse published dbt docs) dbt_project/target
