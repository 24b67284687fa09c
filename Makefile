# `make brief` and `make test` need Python 3.11 or later and make; everything else is set up in .venv.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
# The pinned versions, each by the hashes of its files: what is not one of them is refused.
INSTALL := $(UV) pip install --quiet --constraint constraints.txt --build-constraint constraints.txt

PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile

# On another Python or other versions: fewer made-up cases, no references of messages, some of which show texts of other
# libraries, and nothing slow, whose outcome does not depend on them.
AGAIN := HYPOTHESIS_PROFILE=brief NATOBURDEN_REFERENCES=no
FURTHER := -m pytest -q -n auto --dist loadfile -m 'not slow' --ignore tests/typing --ignore tests/browser

# pandas 2 cannot multiply Arrow's numbers where all are missing; pandas 3 can.
BEYOND_LOWEST := --deselect 'tests/frames/test_engines.py::test_shares_by_two_keys_are_unknown_where_either_is[pandas-of-Arrow]'

# The order of the shuffled run: another one with each commit, and the same again wherever that is looked into.
SEED ?= $(shell git rev-list --count HEAD 2>/dev/null || echo 1)

.PHONY: help brief quick test lint types layers tests test-edition test-engines test-python test-lowest test-newest test-sdist doctest docs test-docs \
	docs-serve bench fuzz mutate messages constraints clean

help:  ## show what there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

brief: .venv/.run  ## print the brief: how far each ally is from each target
	@$(BIN)/natoburden brief

quick: .venv/.dev  ## the tests of what was changed, in less than a minute
	@$(BIN)/python scripts/quick.py

test: lint types layers tests  ## everything that must hold: style, types, layers, tests with doctests, coverage

lint: .venv/.dev  ## style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.dev  ## mypy strict, the typing suite, and type completeness of the public API
	$(BIN)/mypy
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python scripts/check_type_completeness.py

layers: .venv/.dev  ## imports between the rooms point down
	$(BIN)/lint-imports --no-logo

tests: .venv/.dev  ## unit and property tests, doctests of code and documents, coverage of model and calculators
	$(PYTEST) --cov --cov-report= $(TESTS)
	$(BIN)/coverage report --include='*/natoburden/model/*,*/natoburden/calculators/*' --fail-under=100
	$(BIN)/coverage report --fail-under=98

doctest: .venv/.dev  ## the examples of code, pages and README, as readers run them
	$(PYTEST) -q src docs README.md

test-edition: .venv/.dev  ## add a made-up edition to a copy of the project, and run the examples there
	NATOBURDEN_NEXT_EDITION="src docs README.md" $(BIN)/python -m pytest -q tests/package/test_next_edition.py

test-engines: .venv/.dev  ## frame functions on Dask, PySpark and Ibis too; installs what is missing, Java included
	$(INSTALL) --python .venv --group engines
	@command -v java >/dev/null || { apt-get update -qq && apt-get install -y -qq default-jre-headless >/dev/null; }
	NATOBURDEN_REFERENCES=no NATOBURDEN_ENGINES=1 $(BIN)/python -m pytest -q -n 2 --dist loadgroup tests/frames -k 'Dask or PySpark or Ibis'

test-python: .venv/.uv  ## run all but the slow tests on another Python, OTHER=python3.13
	$(UV) venv --quiet --clear --python $(OTHER) build/python
	$(INSTALL) --python build/python --editable '.[all]' --group test
	$(AGAIN) build/python/bin/python $(FURTHER) $(TESTS)

test-lowest: .venv/.uv  ## run all but the slow tests with the lowest versions that pyproject.toml promises
	$(UV) venv --quiet --clear --python $(PYTHON) build/lowest
	$(UV) pip install --quiet --python build/lowest --resolution lowest-direct --editable '.[all]' --group lowest
	$(AGAIN) build/lowest/bin/python $(FURTHER) $(BEYOND_LOWEST) $(TESTS)

test-newest: .venv/.uv  ## run the tests with the newest versions there are, and say which are not those of constraints.txt
	$(UV) venv --quiet --clear --python $(or $(OTHER),$(PYTHON)) build/newest
	$(UV) pip install --quiet --upgrade --python build/newest --editable '.[all]' --group test
	@$(BIN)/python scripts/differing.py build/newest
	$(AGAIN) build/newest/bin/python $(FURTHER) $(or $(TESTS),tests) \
		|| { $(BIN)/python scripts/differing.py build/newest; exit 1; }

test-sdist: .venv/.uv  ## build the sdist, and run its tests and examples where it was unpacked, in an order of SEED
	rm -rf build/sdist && mkdir -p build/sdist
	$(UV) build --quiet --sdist --build-constraint constraints.txt --out-dir build/sdist
	tar -xzf build/sdist/*.tar.gz -C build/sdist --strip-components=1
	$(UV) venv --quiet --clear --python $(or $(OTHER),$(PYTHON)) build/unpacked
	$(INSTALL) --python build/unpacked --editable './build/sdist[all]' --group test
	@echo "in the order of SEED=$(SEED)"
	cd build/sdist && $(AGAIN) $(CURDIR)/build/unpacked/bin/python $(FURTHER) \
		--random-order-bucket=module --random-order-seed=$(SEED) $(TESTS)

docs: .venv/.dev  ## build the documentation into docs/_build/html
	$(BIN)/sphinx-build --nitpicky --fail-on-warning --keep-going --quiet docs docs/_build/html
	@echo "open docs/_build/html/index.html"

test-docs: docs  ## read the documentation in a headless Chromium, which is installed where it is missing
	$(INSTALL) --python .venv --group browser
	@command -v chromedriver >/dev/null || { apt-get update -qq && apt-get install -y -qq chromium chromium-driver >/dev/null; }
	@command -v npm >/dev/null || { apt-get update -qq && apt-get install -y -qq npm >/dev/null; }
	@npm install --silent --no-audit --no-fund --no-save --prefix build/axe axe-core@4.14.1
	NATOBURDEN_BROWSER=1 $(BIN)/python -m pytest tests/browser

docs-serve: docs  ## serve the built documentation on this machine
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory docs/_build/html 8000

bench: .venv/.dev  ## measure start-up, simulation, inference, frames, documents and readers, as ratios in one run; ROWS=100000000 for more
	$(INSTALL) --python .venv --group bench
	$(BIN)/python benchmarks/start_up.py
	$(BIN)/python benchmarks/editions.py
	$(BIN)/python benchmarks/simulation.py
	$(BIN)/python benchmarks/inference.py
	$(BIN)/python benchmarks/frames.py --rows 1000000 10000000 $(ROWS)
	$(BIN)/python benchmarks/documents.py
	$(BIN)/python benchmarks/readers.py

fuzz: .venv/.dev  ## fuzz READER (or each in turn) for SECONDS (60), guided by coverage
	$(INSTALL) --python .venv --group fuzz
	for reader in $(or $(READER),$$($(BIN)/python scripts/fuzz.py --readers)); do \
		READER=$$reader $(BIN)/python scripts/fuzz.py -max_total_time=$(or $(SECONDS),60) -timeout=20 -rss_limit_mb=3000 \
			-print_final_stats=1 || exit 1; done

mutate: .mutate/coverage  ## change SAMPLE (100) places of ROOMS (model calculators) by SEED (1), and see which change no test notices
	$(INSTALL) --python .venv --group mutate
	$(BIN)/python scripts/mutate.py --sample $(or $(SAMPLE),100) --seed $(or $(SEED),1) $(ROOMS)

messages: .venv/.dev  ## find the texts to translate, and bring the catalogues up to date
	@mkdir -p build
	$(BIN)/pybabel --quiet extract --no-location --sort-output --project natoburden --copyright-holder "the natoburden developers" \
		--keyword _ --keyword N_ --output-file build/natoburden.pot src/natoburden/presentation
	$(BIN)/pybabel --quiet update --no-wrap --ignore-obsolete --ignore-pot-creation-date --domain natoburden \
		--input-file build/natoburden.pot --output-dir src/natoburden/presentation/locale

constraints: .venv/.uv  ## renew the pinned versions that development uses, with the hashes of their files
	$(UV) pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate --generate-hashes --upgrade \
		--group install --group dev --group fuzz --group mutate --group engines --group bench --group browser --all-extras \
		--output-file constraints.txt pyproject.toml

clean:  ## remove what is built
	rm -rf .venv build dist docs/_build .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .fuzz .mutate

# Which test runs which line: one run of the tests, made anew after `rm -r .mutate`.
.mutate/coverage: .venv/.dev
	@mkdir -p .mutate
	HYPOTHESIS_PROFILE=brief COVERAGE_CORE=ctrace COVERAGE_FILE=$(CURDIR)/$@ $(PYTEST) -q -m 'not slow' \
		--cov --cov-context=test --cov-report= $(addprefix tests/,model calculators registers fixtures package readers datasets) \
		$(addprefix docs/,indicators how-to) $(addprefix src/natoburden/,model calculators readers)

.venv/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "natoburden needs Python 3.11 or later; try: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check 'uv>=0.9'
	@touch $@

.venv/.run: .venv/.uv pyproject.toml constraints.txt
	@$(INSTALL) --python .venv --editable '.[cli]'
	@touch $@

.venv/.dev: .venv/.uv pyproject.toml constraints.txt
	@$(INSTALL) --python .venv --editable '.[all]' --group dev
	@touch .venv/.run $@
