"""What is set from outside is described: a setting or a command without its line fails here."""

from __future__ import annotations

import re
from pathlib import Path

from parvis.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
_READ = re.compile(r'env\.\w+\(\s*"([A-Z_]+)"')
_ROW = re.compile(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|", re.M)


def test_every_setting_has_its_line_and_no_line_is_of_nothing() -> None:
    read = set(_READ.findall((ROOT / "parvis/config/settings.py").read_text(encoding="utf-8")))
    rows = _ROW.findall((ROOT / "docs/reglages.md").read_text(encoding="utf-8"))
    told = [name.strip("`") for row in rows for name in row.split(", ")]
    assert sorted(told) == sorted(read)


def test_every_command_is_told_somewhere() -> None:
    said = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("docs/exploitation.md", "README.md"))
    untold = [name for name in COMMANDS if f"parvis {name.replace('_', '-')}" not in said]
    assert untold == []
