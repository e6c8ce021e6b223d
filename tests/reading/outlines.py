"""Invented outlines, and the styles in which people print them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hypothesis import strategies as st

from tests.reading.helpers import Entry

NAMES: Final = {"challenge": "Défis", "strength": "Atouts", "proposal": "Propositions"}
_THEMES: Final = (
    "Emploi / Insertion",
    "Sport / Santé",
    "Accès au droit",
    "Habitat et cadre de vie",
    "Culture et lien social",
    "Éducation",
)
_VERBS: Final = ("Renforcer", "Développer", "Soutenir", "Créer", "Maintenir", "Ouvrir")
_OBJECTS: Final = (
    "les permanences du samedi",
    "un guichet par quartier",
    "les sorties des 16-25 ans",
    "la maison des 3 lieux",
    "le bus n° 12 (Vallières)",
    "l'aide aux devoirs dès la 6è",
    "les liens avec la mission locale",
)


@dataclass(frozen=True)
class Outline:
    """Themes, each with its kinds, each with its texts."""

    themes: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]

    def entries(self, *, numbered: bool) -> list[Entry]:
        """What reading it must give."""
        return [
            (theme, kind, str(rank) if numbered else None, text, (), False)
            for theme, kinds in self.themes
            for kind, texts in kinds
            for rank, text in enumerate(texts, 1)
        ]


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    """One to four themes, every kind at most once in each, two to six items a list."""
    texts = st.builds(
        lambda verb, what, rank: f"{verb} {what} {'et ses suites ' * rank}".strip(),
        st.sampled_from(_VERBS),
        st.sampled_from(_OBJECTS),
        st.integers(0, 2),
    )
    lists = st.lists(texts, min_size=2, max_size=6).map(tuple)
    themes = draw(st.lists(st.sampled_from(_THEMES), min_size=1, max_size=4, unique=True))
    themes = []
    for theme in themes:
        chosen = draw(st.sets(st.sampled_from(list(NAMES)), min_size=1))
        themes.append((theme, tuple((kind, draw(lists)) for kind in NAMES if kind in chosen)))
    return Outline(tuple(themes))


@dataclass(frozen=True)
class Style:
    """A way of printing an outline. `name` is the file it could be."""

    label: str
    name: str
    numbered: bool
    write: Callable[[Outline], str]


def _plain(
    marker: Callable[[int], str], gap: str = "", colon: str = "", *, shout: bool = False
) -> Callable[[Outline], str]:
    def write(outline: Outline) -> str:
        lines: list[str] = []
        for theme, kinds in outline.themes:
            lines += [gap, theme.upper() if shout else theme] if gap is not None else [theme]
            for kind, texts in kinds:
                lines.append(NAMES[kind] + colon)
                lines += [marker(rank) + text for rank, text in enumerate(texts, 1)]
        return "\n".join(["Compte-rendu de la rencontre", *lines])

    return write


def _markdown(outline: Outline) -> str:
    lines = ["# Compte-rendu", ""]
    for theme, kinds in outline.themes:
        lines += [f"## {theme}", ""]
        for kind, texts in kinds:
            lines += [f"### {NAMES[kind]}", "", *(f"- {text}" for text in texts), ""]
    return "\n".join(lines)


def _html(outline: Outline) -> str:
    parts = ["<!doctype html><title>x</title><body><nav>Menu</nav><h1>Compte-rendu</h1>"]
    for theme, kinds in outline.themes:
        parts.append(f"<h2>{theme}</h2>")
        for kind, texts in kinds:
            items = "".join(f"<li>{text}</li>" for text in texts)
            parts.append(f"<h3>{NAMES[kind]}</h3><ol>{items}</ol>")
    return "".join(parts)


STYLES: Final = (
    Style("1.", "a.txt", True, _plain(lambda rank: f"{rank}. ")),
    Style("1) after blanks", "a.txt", True, _plain(lambda rank: f"{rank}) ", "\n")),
    Style("1/ and colons", "a.txt", True, _plain(lambda rank: f"{rank}/ ", "\n", " :")),
    Style("1 -", "a.txt", True, _plain(lambda rank: f"{rank} - ", "\n")),
    Style("(1)", "a.txt", True, _plain(lambda rank: f"({rank}) ", "\n")),
    Style("glued", "a.txt", True, _plain(lambda rank: f"{rank}.", "\n")),
    Style("dashes", "a.txt", False, _plain(lambda rank: "- ", "\n")),
    Style("bullets", "a.txt", False, _plain(lambda rank: "• ", "\n", " :")),
    Style("indented", "a.txt", False, _plain(lambda rank: "    o ", "\n")),
    Style("markdown", "a.md", False, _markdown),
    Style("page", "a.html", True, _html),
)
