# Two commands set everything up: `make run` and `make test`. `make help` lists the others.

SHELL := /bin/bash
DOCKET := .build/release/docket
RELEASE := swift build -c release --static-swift-stdlib --product
DOCKET_CASES ?= 200
CASES ?= ../shared/conformance/cel.jsonl
DATA ?= ../shared/data
ROUNDS ?= 7
ROWS ?= 1000000
MEASURED ?= 10000000
# Any Python 3. One that has the packages of other CEL engines compares with them.
PYTHON ?= python3
SECONDS ?= 60

.DEFAULT_GOAL := help
.PHONY: help run build release test test-long conformance library lint format bench fuzz record deps clean completions man

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

deps: ## install the system packages that are missing
	@scripts/dev/deps.sh

build: deps ## build .build/release/docket
	@$(RELEASE) docket 2>&1 | scripts/dev/quiet-link.sh

# Half of the bytes are symbols, and two thirds of the file with what debuggers want.
release: deps ## build .build/release/docket to hand on: stripped, with the Swift runtime inside; C libraries stay outside
	@$(RELEASE) docket -Xlinker -s 2>&1 | scripts/dev/quiet-link.sh

run: build ## build, and run the shipped rulebook over its sample data
	@echo
	@$(DOCKET) run scripts/support --data scripts/support/data --at 2026-09-30T15:30

test: deps ## build once and run all tests
	swift build --build-tests
	DOCKET_CASES=$(DOCKET_CASES) swift test --skip-build
	.build/debug/docket-conformance $(CASES)
	.build/debug/docket check scripts/incidents --strict
	.build/debug/docket check scripts/support --strict
	.build/debug/docket check scripts/boston311 --strict
	.build/debug/docket fmt --check scripts Tests/Rulebooks Documentation Sources/Docket/Library
	.build/debug/docket test scripts/incidents --coverage --min-coverage 100
	.build/debug/docket mutate scripts/incidents --no-propose
	.build/debug/docket test scripts/support --coverage --min-coverage 100
	.build/debug/docket mutate scripts/support --no-propose
	.build/debug/docket test scripts/boston311 --coverage --min-coverage 100
	.build/debug/docket mutate scripts/boston311 --no-propose
	scripts/dev/sample-is-current.sh

test-long: ## the same with many more generated cases
	$(MAKE) test DOCKET_CASES=20000

conformance: deps ## run the public CEL cases: make conformance CASES=file.jsonl
	swift build --product docket-conformance
	.build/debug/docket-conformance $(CASES)

bench: build ## time expressions, routing, measures, whole commands and loading, beside the peers that are installed
	@$(RELEASE) docket-bench 2>&1 | scripts/dev/quiet-link.sh
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON) bench/expressions.py --rounds $(ROUNDS)
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON) bench/job.py --data $(DATA)
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON) bench/loading.py --rows $(ROWS)
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON) bench/routing.py --rows $(ROWS)
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON) bench/allocations.py
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON) bench/whole.py --rows $(ROWS)
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON) bench/kpis.py --rows $(MEASURED)

lint: ## check the layout of Swift sources and rulebooks
	swift format lint --strict --recursive --parallel Package.swift Sources Tests
	swift build --product docket
	.build/debug/docket fmt --check scripts Tests/Rulebooks Documentation Sources/Docket/Library

format: ## lay out Swift sources and rulebooks
	swift format --in-place --recursive --parallel Package.swift Sources Tests
	swift build --product docket
	.build/debug/docket fmt scripts Sources/Docket/Library

library: ## write the standard model into the program, after a change of Sources/Docket/Library
	scripts/dev/embed-library.sh

fuzz: deps ## look for inputs that break something: make fuzz [TARGET=parser] [SECONDS=60]
	@scripts/dev/fuzz.sh $(SECONDS) $(TARGET)

record: deps ## write the expected outputs under Tests (Cases, Explanations, Exports, Reports) anew; review them before committing
	DOCKET_RECORD=1 swift test --filter 'CaseTests|ExplainTests|DraftExportTests|ReportTests|DiffTests'

completions: build ## write completion scripts for bash, zsh and fish to .build/completions
	@mkdir -p .build/completions
	@$(DOCKET) --generate-completion-script bash > .build/completions/docket.bash
	@$(DOCKET) --generate-completion-script zsh > .build/completions/_docket
	@$(DOCKET) --generate-completion-script fish > .build/completions/docket.fish
	@ls .build/completions/*

man: build ## write the manual page to .build/docket.1
	@$(DOCKET) manual > .build/docket.1
	@echo .build/docket.1

clean: ## remove what was built
	rm -rf .build .build-fuzz
