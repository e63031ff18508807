# Commands of daily work; `just` without a name lists them. `./run test` runs `just check`.
python := ".venv/bin/python"
# Kept between processes, also where the machine says not to: tests start hundreds of them, and each
# would compile some 1,500 files before it begins.
export PYTHONDONTWRITEBYTECODE := ""

_default:
    @.venv/bin/just --list

# Make or refresh the environment
setup:
    ./run setup

# Run the command line: just run check demo/region
run *ARGS:
    .venv/bin/koempel {{ARGS}}

# Put the code in shape
fmt:
    .venv/bin/ruff check --fix .
    .venv/bin/ruff format .

# Exactly what the build runs
check: lint types test test-postgresql

# Style and format
lint:
    .venv/bin/ruff check .
    .venv/bin/ruff format --check .

# Types
types:
    .venv/bin/mypy

# All tests; more processes than cores, since many tests wait for a server or a lock
test *ARGS:
    {{python}} -m pytest -n 4 --dist worksteal -q {{ARGS}}

# What lies under the pages and asks the database once more, on PostgreSQL; all of it: tests/desk.
# Without the walk along all doors, which takes long and asks the database nothing of its own.
test-postgresql *ARGS="tests/desk/accounts tests/desk/common tests/desk/figures tests/desk/jobs tests/desk/levers tests/desk/mail tests/desk/partners tests/desk/people tests/desk/placements tests/desk/referrals tests/desk/transitions tests/desk/work":
    #!/bin/sh
    if ! command -v pg_virtualenv >/dev/null; then
        echo "PostgreSQL is not installed: no test ran on it." >&2
        [ -z "${KOEMPEL_REQUIRE_ALL:-}" ]
        exit
    fi
    KOEMPEL_DATABASE=postgresql exec pg_virtualenv -t \
        {{python}} -m pytest -n 4 --dist worksteal -q -m "not slow and not e2e" \
        --ignore=tests/desk/accounts/test_doors.py {{ARGS}}

# Tests without the slow ones and the browser
test-fast *ARGS:
    {{python}} -m pytest -n 2 -q -m "not slow and not e2e" {{ARGS}}

# Measure the planner against its peers, installed first: just bench 4000x1000
bench *ARGS:
    .venv/bin/uv pip install --python {{python}} -e ".[bench]" -c constraints.txt
    {{python}} benchmarks/run.py {{ARGS}}

# Make the documents that come from the code
docs:
    {{python}} -m koempel.region.format_doc > docs/region-format.md
    {{python}} tools/parameters_doc.py > docs/parameters.md
    {{python}} tools/settings_doc.py > docs/settings.md

# Take the pictures of docs/gallery.md again, from the demonstration
gallery:
    {{python}} tools/gallery.py

# Write new pins, each with the sums of its files: uv refuses a file with another one
pins:
    .venv/bin/uv pip compile pyproject.toml --all-extras --group dev --python-version 3.11 \
        --no-header --no-annotate --generate-hashes -o constraints.txt

# What is installed here, as a CycloneDX list for who watches over known faults
sbom:
    .venv/bin/uv tool run --from 'cyclonedx-bom>=7,<8' cyclonedx-py environment {{python}} \
        --pyproject pyproject.toml --output-reproducible -o koempel.cdx.json

# Which lines no test reaches (kernels run compiled and count as not reached)
cover *ARGS:
    {{python}} -m pytest -n 2 -q --cov=koempel --cov-report=term-missing:skip-covered {{ARGS}}
