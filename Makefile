# Everything a newcomer or the CI runs. Each target does its own set-up (packaging/setup.sh), into .uv/ and .venv/ of this folder.
PY := .venv/bin/python
OFFSCREEN := QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen}
ARGS ?=

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-7s %s\n", $$1, $$2}' Makefile

demo: ## the sample project in a window (without a display: pictures of it in out/tour)
	@sh packaging/setup.sh demo
	@.venv/bin/rubricator demo $(ARGS)

test: ## all tests; make test ARGS="-k journal" for some
	@sh packaging/setup.sh test
	@$(OFFSCREEN) $(PY) -m pytest -n auto --maxprocesses=4 -q $(ARGS)

check: ## style, types, import order, lock file, and that all tests load, as the CI does it
	@sh packaging/setup.sh check
	@sh packaging/setup.sh uv lock --check --quiet
	@$(PY) -m ruff check --quiet
	@$(PY) -m ruff format --check --quiet || { echo "Not formatted; to mend it: .venv/bin/ruff format"; exit 1; }
	@.venv/bin/lint-imports --no-logo
	@$(PY) -m mypy
	@$(OFFSCREEN) $(PY) -m pytest --collect-only -qq tests >/dev/null || { echo "Some tests cannot be loaded."; exit 1; }

tour: ## drive the real window through the main job; pictures and corpora in out/tour
	@sh packaging/setup.sh demo
	@$(OFFSCREEN) .venv/bin/rubricator tour out/tour

shots: ## pictures of every screen, light and dark, 1x and 2x, in out/shots
	@sh packaging/setup.sh test
	@$(OFFSCREEN) $(PY) -m tests.shots out/shots

bench: ## the figures: ours against floor and peer
	@sh packaging/setup.sh test
	@$(OFFSCREEN) $(PY) tests/bench $(ARGS)

formats: ## what each format carries, shown on real corpora: docs/formats.md; ARGS="brat" for some
	@sh packaging/setup.sh test
	@$(OFFSCREEN) $(PY) tests/formats_table.py $(ARGS)

effort: ## key presses and mouse actions per annotation, beside the yardstick
	@sh packaging/setup.sh test
	@$(OFFSCREEN) $(PY) tests/effort.py

lock: ## write uv.lock anew after a change of the dependencies
	@sh packaging/setup.sh uv lock

clean: ## remove what the other targets left (keeps .venv and .uv)
	@rm -rf out dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find core gui resources tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help demo test check tour shots bench formats effort lock clean
