"""Copies what npm brought to where the program reads it: `python -m parvis.assets`, after `npm ci`.

There is no bundler. Four things are made, all ignored by git and made again at each run when they differ:

- the fonts and the one style sheet, in `web/components/static/vendor/`. The sources of the style are small files, one
  subject each; they are joined here because `@import` costs a round-trip per file before the first line is painted;
- the icons, in `web/components/icons/`;
- the TTF that typst needs, in `documents/fonts/`;
- the official list of agglomérations and of their communes, in `territories/official/`.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import Final

from parvis.core.errors import RefusedInput

ROOT: Final = Path(__file__).resolve().parents[1]
COMPONENTS: Final = ROOT / "parvis" / "web" / "components"
FONT: Final = "atkinson-hyperlegible-next"
WEIGHTS: Final = (400, 700)
SUBSETS: Final = ("latin", "latin-ext")
STYLES: Final = (
    "fonts", "tokens", "base", "layout", "buttons", "forms", "kinds", "notices", "tables", "bars", "navigation",
    "cards", "compared", "print",
)  # fmt: skip
ICONS: Final = (
    "archive", "arrow-90deg-left", "arrow-clockwise", "arrow-counterclockwise", "arrow-down", "arrow-left",
    "arrow-right", "arrow-up", "arrows-collapse", "arrows-expand", "arrows-move", "bell", "book", "box-arrow-right",
    "box-arrow-up-right", "building", "calendar-event", "calendar-plus", "chat-left-text", "check-circle", "check-lg",
    "chevron-down", "chevron-left", "chevron-right", "clipboard", "clock", "clock-history", "download", "envelope",
    "exclamation-circle", "exclamation-triangle", "eye", "eye-slash", "file-earmark-text", "filetype-csv",
    "filetype-docx", "filetype-json", "filetype-pdf", "filetype-xlsx", "filter", "flag", "gear", "geo-alt",
    "grip-vertical", "hourglass-split", "house", "image", "info-circle", "intersect", "journal-text", "key",
    "link-45deg", "list-ul", "lock", "map", "pencil", "people", "person", "plus-lg", "printer", "question-circle",
    "rss", "scissors", "search", "send", "share", "shield-check", "signpost", "sliders", "stickies", "tag",
    "three-dots", "trash", "unlock", "upload", "wifi-off", "x-lg",
)  # fmt: skip
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE: Final = re.compile(r"\s+")
_AROUND: Final = re.compile(r"\s*([{};,])\s*")


def join_styles(folder: Path) -> str:
    """The style sheet: the files in order, comments and spare blanks taken out."""
    text = "\n".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)
    return _AROUND.sub(r"\1", _SPACE.sub(" ", _COMMENT.sub("", text))).replace(";}", "}").strip() + "\n"


def _put(source: Path, target: Path) -> None:
    if not source.is_file():
        raise RefusedInput(f"Il manque {source.name} dans node_modules : lancez « npm ci », puis recommencez.")
    if not target.is_file() or target.read_bytes() != source.read_bytes():
        shutil.copyfile(source, target)


def _only(folder: Path, names: set[str]) -> None:
    """Leaves in `folder` nothing that a former run put there and that is no longer wanted."""
    for path in folder.iterdir():
        if path.is_file() and path.name not in names:
            path.unlink()


def font_files() -> list[str]:
    """Names of the web fonts, the ones every page needs first."""
    return [f"{FONT}-{subset}-{weight}-normal.woff2" for subset in SUBSETS for weight in WEIGHTS]


def make_style(modules: Path, vendor: Path) -> None:
    """Fonts and style sheet."""
    fonts = vendor / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    for name in font_files():
        _put(modules / "@fontsource" / FONT / "files" / name, fonts / name)
    _only(fonts, set(font_files()))
    style, sheet = join_styles(COMPONENTS / "styles"), vendor / "parvis.css"
    if not sheet.is_file() or sheet.read_text(encoding="utf-8") != style:
        sheet.write_text(style, encoding="utf-8")


def make_scripts(modules: Path, vendor: Path) -> None:
    """The one script of others that a page loads by itself: access to the device's database."""
    _put(modules / "idb" / "build" / "index.js", vendor / "idb.js")


def make_icons(modules: Path, icons: Path) -> None:
    """The drawings the templates name."""
    icons.mkdir(parents=True, exist_ok=True)
    for name in ICONS:
        _put(modules / "bootstrap-icons" / "icons" / f"{name}.svg", icons / f"{name}.svg")
    _only(icons, {f"{name}.svg" for name in ICONS})


def make_document_fonts(modules: Path, out: Path) -> None:
    """The TTF of the documents, made by the package that uses them."""
    from parvis.documents.fonts_build import make_ttf

    make_ttf(modules / "@fontsource" / FONT / "files", out)


def make_territories(modules: Path, out: Path) -> None:
    """The official list, read by the package that uses it."""
    from parvis.territories.readers.intercommunalities import FILES

    out.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        _put(modules / "@etalab" / "decoupage-administratif" / "data" / name, out / name)
    _only(out, set(FILES))


def main(root: Path = ROOT) -> int:
    """Makes everything; 2 and one line on stderr when something is missing."""
    modules = root / "node_modules"
    try:
        if not modules.is_dir():
            raise RefusedInput("Il manque le dossier node_modules : lancez « npm ci », puis recommencez.")
        make_style(modules, COMPONENTS / "static" / "vendor")
        make_scripts(modules, COMPONENTS / "static" / "vendor")
        make_icons(modules, COMPONENTS / "icons")
        make_document_fonts(modules, ROOT / "parvis" / "documents" / "fonts")
        make_territories(modules, ROOT / "parvis" / "territories" / "official")
    except RefusedInput as refusal:
        print(refusal, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
