"""What `python -m parvis.assets` makes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parvis import assets
from parvis.core.errors import RefusedInput
from parvis.territories.readers.intercommunalities import FILES, YEAR


def make_modules(root: Path) -> Path:
    fonts = root / "node_modules" / "@fontsource" / assets.FONT / "files"
    icons = root / "node_modules" / "bootstrap-icons" / "icons"
    fonts.mkdir(parents=True)
    icons.mkdir(parents=True)
    for name in assets.font_files():
        (fonts / name).write_bytes(b"font")
    for name in assets.ICONS:
        (icons / f"{name}.svg").write_text("<svg/>", encoding="utf-8")
    return root / "node_modules"


def test_join_styles_keeps_the_order_and_drops_comments(tmp_path: Path) -> None:
    for name in assets.STYLES:
        (tmp_path / f"{name}.css").write_text(f"/* a {{\n}} */\n.{name} {{\n  color: red;\n}}\n", encoding="utf-8")
    assert (
        assets.join_styles(tmp_path)
        == "".join(f".{name} {{color: red}}" for name in assets.STYLES).replace(" {", "{") + "\n"
    )


def test_join_styles_takes_every_file_of_the_folder() -> None:
    assert {path.stem for path in (assets.COMPONENTS / "styles").glob("*.css")} == set(assets.STYLES)


def test_style_sheet_served_is_the_one_of_the_sources() -> None:
    served = assets.COMPONENTS / "static" / "vendor" / "parvis.css"
    assert served.read_text(encoding="utf-8") == assets.join_styles(assets.COMPONENTS / "styles")


def test_make_style_and_icons_again_changes_nothing(tmp_path: Path) -> None:
    modules, out = make_modules(tmp_path), tmp_path / "out"
    stamps = []
    for _ in range(2):
        assets.make_style(modules, out / "vendor")
        assets.make_icons(modules, out / "icons")
        stamps.append({path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()})
    assert stamps[0] == stamps[1]
    assert len(stamps[0]) == len(assets.ICONS) + len(assets.font_files()) + 1


def test_the_list_of_agglomerations_is_installed_and_its_year_is_the_one_that_is_told(tmp_path: Path) -> None:
    """The package counts its versions from 2020."""
    assets.make_territories(assets.ROOT / "node_modules", tmp_path / "official")
    assert {path.name for path in (tmp_path / "official").iterdir()} == set(FILES)
    package = assets.ROOT / "node_modules/@etalab/decoupage-administratif/package.json"
    assert int(json.loads(package.read_text(encoding="utf-8"))["version"].partition(".")[0]) + 2020 == YEAR


def test_make_icons_takes_away_what_is_no_longer_wanted(tmp_path: Path) -> None:
    modules, out = make_modules(tmp_path), tmp_path / "icons"
    out.mkdir()
    (out / "old.svg").write_text("<svg/>", encoding="utf-8")
    assets.make_icons(modules, out)
    assert {path.stem for path in out.iterdir()} == set(assets.ICONS)


def test_make_icons_when_one_is_missing_says_what_to_do(tmp_path: Path) -> None:
    modules = make_modules(tmp_path)
    (modules / "bootstrap-icons" / "icons" / "share.svg").unlink()
    with pytest.raises(RefusedInput) as refusal:
        assets.make_icons(modules, tmp_path / "icons")
    assert refusal.value.message == ("Il manque share.svg dans node_modules : lancez « npm ci », puis recommencez.")


def test_main_without_node_modules_answers_2_and_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert assets.main(tmp_path) == 2
    assert capsys.readouterr().err == ("Il manque le dossier node_modules : lancez « npm ci », puis recommencez.\n")


def test_lock_of_npm_holds_hashes_and_no_address() -> None:
    lock = json.loads((assets.ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    for entry in packages.values():
        entry.pop("funding", None)  # where its authors ask for support, not where it comes from
    assert [word for word in ("http", "resolved") if word in json.dumps(lock)] == []
    assert [name for name, entry in packages.items() if not entry["integrity"].startswith("sha512-")] == []
