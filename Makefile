.PHONY: demo test check lock messages

demo: ## start with a made-up municipality
	bin/demo

test: ## everything, on everything installed
	bin/test

check: ## the quick part: checks and tests on SQLite
	bin/test --fast

messages: ## bring the Swedish catalogues up to date with the wordings in code and pages
	bin/messages --extract

# The locks name no package index and hold for every platform. Runtime first: development keeps to it.
lock_options = --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 --quiet
lock: ## bring both locks up to date with the .in files (needs uv)
	uv pip compile $(lock_options) requirements.in -o requirements.lock
	uv pip compile $(lock_options) requirements-dev.in -o requirements-dev.lock
