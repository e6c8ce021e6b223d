"""`parvis read`: JSON, CSV, text, and one line on stderr for what is refused; Django never comes in."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from parvis.reading import read, report_to_csv, report_to_json
from tests.reading.helpers import DATA

REPORT = DATA / "rencontre.txt"
RUN = """
import argparse, sys
from parvis.cli import read
parser = argparse.ArgumentParser()
read.add_parser(parser.add_subparsers())
args = parser.parse_args(sys.argv[1:])
code = args.run(args)
assert "django" not in sys.modules
sys.exit(code)
"""


def parvis(*args: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, in a terminal that knows no accent."""
    return subprocess.run(
        [sys.executable, "-c", RUN, *args],
        capture_output=True,
        check=False,
        timeout=60,
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def test_json_is_the_report() -> None:
    done = parvis("read", str(REPORT), "--json")
    assert done.returncode == 0
    assert done.stderr == b""
    assert json.loads(done.stdout) == report_to_json(read(REPORT.read_bytes(), REPORT.name))


def test_csv_is_the_report() -> None:
    done = parvis("read", str(REPORT), "--csv")
    assert done.returncode == 0
    assert done.stdout.decode() == report_to_csv(read(REPORT.read_bytes(), REPORT.name))


def test_text_shows_the_outline_and_what_to_check() -> None:
    printed = parvis("read", str(REPORT)).stdout.decode()
    assert "Emploi / Insertion\n  Défis\n    1. Mobilité entre les communes\n" in printed
    assert "    → Permettre aux habitants de se sentir en sécurité\n" in printed
    assert "        [ligne 17 : Le numéro 3 manque avant celui-ci.]\n" in printed
    assert "\n50 contributions, " in printed


@pytest.mark.parametrize("content", [None, b"", b"\x7fELF", b"<div>" * 5000 + b"</div>"])
def test_a_refused_file_is_one_line_on_stderr(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / ("page.html" if content and b"div" in content else "rapport.txt")
    if content is not None:
        path.write_bytes(content)
    done = parvis("read", str(path), "--json")
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1


def test_a_folder_is_refused(tmp_path: Path) -> None:
    done = parvis("read", str(tmp_path))
    assert done.returncode == 2
    assert b"dossier" in done.stderr
