"""`parvis read`, `parvis read-sheet`: what they print, one line on stderr for what is refused, and never Django."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from parvis.reading import read, report_to_csv, report_to_json
from parvis.reading.sheet_files import read_sheets, sheets_to_json, unplaced_pieces
from tests.reading.helpers import DATA

SHEETS = Path(__file__).parents[2] / "bench" / "sheet_corpus" / "seen"
TWO_SHEETS = SHEETS / "castelorme_deux_fiches.docx"
REPORT = DATA / "rencontre.txt"
RUN = """
import sys
from parvis.cli.main import main
code = main(sys.argv[1:])
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


def test_json_of_sheets_is_the_reading_in_the_form_that_outsiders_know() -> None:
    done = parvis("read-sheet", str(TWO_SHEETS), "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    printed = json.loads(done.stdout)
    reading = read_sheets(TWO_SHEETS.read_bytes(), TWO_SHEETS.name)
    assert printed == json.loads(json.dumps(sheets_to_json(reading)))
    assert list(printed) == ["sheets", "unassigned", "warnings"]
    assert list(printed["sheets"][0]) == [
        "title", "summary", "lead", "partners", "themes", "territories", "public", "since", "budget", "funding",
        "indicators", "text", "contact", "other", "doubts",
    ]  # fmt: skip
    assert [sheet["title"] for sheet in printed["sheets"]] == [sheet.title for sheet in reading.sheets]
    assert unplaced_pieces(reading) == []


def test_a_letter_gives_no_sheet_and_all_its_lines() -> None:
    letter = SHEETS / "courrier_invitation.docx"
    printed = json.loads(parvis("read-sheet", str(letter), "--json").stdout)
    reading = read_sheets(letter.read_bytes(), letter.name)
    assert printed["sheets"] == []
    assert printed["warnings"] == list(reading.warnings)
    assert "".join("".join(piece["text"] for piece in printed["unassigned"]).split()) == "".join(
        "".join(reading.lines).split()
    )


def test_text_of_sheets_shows_their_fields_and_how_many_they_are() -> None:
    printed = parvis("read-sheet", str(TWO_SHEETS)).stdout.decode()
    assert "Intitulé : Bus santé des quartiers\n" in printed
    assert "Partenaires :\n  – ARS\n" in printed
    assert printed.endswith("\n2 fiches.\n")


@pytest.mark.parametrize("content", [None, b"", b"\x7fELF", b"PK\x03\x04"])
def test_a_refused_sheet_is_one_line_on_stderr(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "fiche.docx"
    if content is not None:
        path.write_bytes(content)
    done = parvis("read-sheet", str(path), "--json")
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
