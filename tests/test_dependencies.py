"""What is declared is used, what is imported is declared: a library that is only there by chance may go any day."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]

# Declared, and named by no import of ours.
NAMED_ELSEWHERE = {
    "whitenoise": "a middleware of the settings, which the harness takes out",
}
TOOLS = {
    "django-stubs": "the types that mypy reads",
    "djlint": "make check",
    "import-linter": "make check",
    "mypy": "make check",
    "pytest-xdist": "a plugin of pytest",
    "ruff": "make check",
    "setuptools": "builds the package, without the network",
    "types-openpyxl": "the types that mypy reads",
}


def declared(name: str) -> set[str]:
    """The libraries that one file of requirements asks for, under their normalised names."""
    lines = (ROOT / "requirements" / name).read_text().splitlines()
    return {_normalised(line) for line in lines if line and not line.startswith(("-", "#"))}


def imported(*folders: str) -> set[str]:
    """The libraries that the code of these folders imports, and those that the settings name by a dotted path."""
    modules = {dotted.partition(".")[0] for dotted in (*settings.INSTALLED_APPS, *settings.MIDDLEWARE)}
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Import):
                    modules.update(alias.name.partition(".")[0] for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    modules.add(node.module.partition(".")[0])
    modules -= {"parvis", "tests", "bench", *sys.stdlib_module_names}
    owners = packages_distributions()
    return {_normalised(owners.get(module, [module])[0]) for module in modules}  # some have no wheel everywhere


def _normalised(requirement: str) -> str:
    bare = re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", bare).lower()


def test_every_library_of_the_product_is_declared_and_used() -> None:
    assert declared("base.in") - set(NAMED_ELSEWHERE) == imported("parvis")


def test_every_library_of_the_tests_is_declared_and_used() -> None:
    assert declared("dev.in") - set(TOOLS) == imported("parvis", "tests", "bench") - declared("base.in")


def test_the_exceptions_are_declared_libraries() -> None:
    assert set(NAMED_ELSEWHERE) <= declared("base.in")
    assert set(TOOLS) <= declared("dev.in")
