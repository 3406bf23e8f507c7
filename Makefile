# Targets with a ## are listed by `make help`.
SHELL := /bin/bash
.DEFAULT_GOAL := help

SWIFT ?= swift
OUTPUT ?= runs/HalfCheetah-v5
# 12.4 million environment steps, clustered at the end (docs/results/README.md, Table 2, has five seeds);
# make train TRAIN_FLAGS="--iterations 300" trains longer.
TRAIN_FLAGS ?= --seed 0 --freeze-at 1
SOURCES := Sources Tests Benchmarks services docs/examples Package.swift
PRODUCTS := chromatic chromatic-controller chromatic-evaluator chromatic-aggregator chromatic-dashboard
# A module that imports what Package.swift does not declare for it does not compile.
# PROCESSOR=x86-64-v3 compiles for processors with AVX2: docs/performance.md, Wider vectors.
PROCESSOR ?=
BUILD := $(SWIFT) build --explicit-target-dependency-import-check error \
  $(if $(PROCESSOR),-Xcc -march=$(PROCESSOR) -Xcc -ffp-contract=off)
# What is tested is optimised like what is used, which takes a quarter of the time. Instructions are counted in
# a build without -enable-testing, with which a rollout of Pendulum counts more than its limit.
TESTED := -c release -Xswiftc -enable-testing --scratch-path .build/tests
BENCHMARKS := $(BUILD) -c release --package-path Benchmarks --scratch-path .build/benchmarks

.PHONY: help bootstrap assets build example docs man doctor test train bench benchmark chaos containers-test simulation instructions fuzz format lint clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

bootstrap: ## install what is missing: Redis, hiredis, MuJoCo and its model files
	@ops/bootstrap

assets: ## install the models of Striker and Thrower, which few runs need
	@ops/bootstrap --assets

build: ## compile the tool and the services into .build/release
	@set -e; for product in $(PRODUCTS); do $(BUILD) -c release --product $$product; done

# A run found in OUTPUT is continued under its own configuration, never overwritten.
train: bootstrap build ## train HalfCheetah-v5 for some minutes into runs/HalfCheetah-v5, or continue that run
	@if [[ -e $(OUTPUT)/config.json ]]; then \
	  echo "$(OUTPUT) holds a run: continuing it (make train OUTPUT=runs/another starts a new one)"; \
	  exec .build/release/chromatic train HalfCheetah-v5 --output $(OUTPUT) --resume; \
	else \
	  exec .build/release/chromatic train HalfCheetah-v5 --output $(OUTPUT) $(TRAIN_FLAGS); \
	fi

example: ## compile the program of docs/examples/robot, which needs policies alone, into .build/robot
	$(BUILD) --package-path docs/examples/robot --scratch-path .build/robot

docs: build ## write the API's pages into .build/docs; fails on any warning of DocC
	@ops/docs

man: build ## write a manual page for every command and service into .build/man
	$(SWIFT) package --allow-writing-to-package-directory generate-manual --multi-page --configuration release
	@rm -rf .build/man && mkdir -p .build/man/man1
	@for product in $(PRODUCTS); do cp .build/plugins/GenerateManual/outputs/$$product/*.1 .build/man/man1/; done
	@echo "man -l .build/man/man1/chromatic.1"

doctor: ## name what is missing on this machine
	@ops/bootstrap --check && .build/release/chromatic doctor

# BENCH_CC=gcc compiles the exported policies by another compiler than clang.
bench: build ## figures beside their limits and peers: docs/performance.md, Benchmarks/results/latest.json
	$(BENCHMARKS) --product figures-benchmark
	@mkdir -p Benchmarks/results
	CC=$${BENCH_CC:-clang} .build/benchmarks/release/figures-benchmark .build/release Benchmarks/results/latest.json

benchmark: build ## environment steps beside bare MuJoCo; compiles every measurement
	$(BENCHMARKS)
	.build/benchmarks/release/environment-benchmark

chaos: build ## hit the ring's processes, links and server 200 times while it trains
	$(BUILD) -c release --product ShiftedClock
	$(BUILD) -c release --product chaos
	.build/release/chaos

containers-test: build ## build and try the containers with a Docker engine of its own; needs root
	Tests/Containers/run

fuzz: ## give every decoder over a million damaged inputs; FUZZ_FLAGS="--seed 1" gives others
	$(BUILD) -c release --product fuzz
	.build/release/fuzz $(FUZZ_FLAGS)

simulation: ## play 10,000 schedules of faults in virtual time
	$(BUILD) -c release --product ring-simulation
	.build/release/ring-simulation

instructions: ## count instructions of fixed pieces of work and hold them to their limits
	$(BUILD) -c release --product counted-work
	.build/release/counted-work

# Tests that watch processes come after those that compute: beside these a look may come minutes late. Evaluators of 600 slots are
# tested by themselves.
test: ## install, compile, run every test and check the format
	@ops/bootstrap --test
	$(BUILD) $(TESTED) --build-tests
	$(MAKE) --no-print-directory example
	@ops/docs tests/release
	$(SWIFT) test $(TESTED) --skip-build --skip CommandLineTests
	$(SWIFT) test $(TESTED) --skip-build --filter CommandLineTests --skip ElasticityTests
	$(SWIFT) test $(TESTED) --skip-build --filter ElasticityTests
	.build/tests/release/ring-simulation
	$(MAKE) --no-print-directory instructions lint

format: ## rewrite the sources in the project's format
	$(SWIFT) format -i -r $(SOURCES)

lint: ## check the sources' format
	$(SWIFT) format lint --strict -r $(SOURCES)

clean: ## delete .build, with the parity tests' Python packages; runs stay
	$(SWIFT) package clean
