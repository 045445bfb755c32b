# Everything here works without make too: `python3 dev.py run`, `python3 dev.py test`, …
# Arguments: make run ARGS="--port 9000", make test ARGS="-k crisis"

PYTHON ?= python3
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test cover bench bom audit lock

help: ## show what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## start Screener on this machine and print its address (Ctrl-C stops it)
	@$(PYTHON) dev.py run $(ARGS)

test: ## check style, types, imports and content, then run all tests, a real browser included
	@$(PYTHON) dev.py test $(ARGS)

cover: ## run the tests and print which lines and branches they miss
	@$(PYTHON) dev.py cover $(ARGS)

bench: ## run the benchmarks and print their tables
	@$(PYTHON) dev.py bench $(ARGS)

bom: ## write what a running Screener is made of to dist/screener.cdx.json (CycloneDX)
	@$(PYTHON) dev.py bom

audit: ## ask whether any pinned package has a known weakness (needs a network)
	@$(PYTHON) dev.py audit $(ARGS)

lock: ## write requirements/ afresh from pyproject.toml (ARGS=--upgrade takes newer versions)
	@$(PYTHON) dev.py lock $(ARGS)
