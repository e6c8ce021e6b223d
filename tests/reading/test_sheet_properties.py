"""What holds for any Word file brought as sheets: nothing lost, nothing twice, no crash, the same answer again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.core.errors import RefusedInput
from parvis.reading.formats.office_blocks import Block, Mark, Opened, Paragraph, Table, set_paragraph
from parvis.reading.sheet_files import FIELDS, read_sheets, unplaced_pieces
from parvis.reading.sheet_files.reader import read_opened

WORDS = st.sampled_from(
    """Intitulé|Intitulé :|Titre : Vélo|Fiche action n° 3 – Vélo|FICHE ACTION|Porteur|Porteur de projet : Régie|Public|
    Quartiers concernés|QPV : Bellevue et La Verrerie|Objectifs|Description (15 lignes maximum)|Partenaires|Budget|Coût|
    Financeurs|Montant|CAF : 3 000 €|TOTAL|12 000 €|État (DDETS) : 1,5 k€, Ville 2 000 €|dont CAF : 300 €|Indicateurs|
    ☒ Santé   ☐ Emploi|[x] Oui [ ] Non|☐|Cliquez ici pour entrer du texte.|……………|(préciser)|Néant|/|Calendrier|Depuis|
    Contact|Mme X, 06 39 98 00 00|Risques : la pluie|1 – IDENTIFICATION|2. Constats|Porteur\tRégie\tDepuis\t2014|
    \tx\t|a\nb : c\nBudget : 3 €|- un ; deux|• trois|Où ?|Comment ? En bus|É́|:|?|( ([|  |Résumé|
    Thème : Emploi / Insertion|Dépenses|Recettes|Charges|Produits|« Roue, libre »""".replace("|\n    ", "|").split("|")
)
TEXTS = st.one_of(WORDS, st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40))
MARKS = st.sampled_from([Mark.PLAIN, Mark.PLAIN, Mark.BOLD, Mark.ITALIC, Mark.UNDERLINED, Mark.HINT])
LETTERS = st.lists(st.tuples(TEXTS, MARKS), min_size=1, max_size=3)


@st.composite
def paragraphs(draw: st.DrawFn) -> Paragraph:
    """One paragraph, set in any way."""
    paragraph = set_paragraph(draw(LETTERS))
    style = draw(st.sampled_from(["", "", "", "title", "1", "2", "bullet", "number"]))
    paragraph.title, paragraph.heading = style == "title", int(style) if style.isdigit() else 0
    paragraph.depth, paragraph.label = int(style in ("bullet", "number")), "1" if style == "number" else None
    return paragraph


CELLS = st.lists(paragraphs(), max_size=2)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(CELLS, min_size=1, max_size=width).map(lambda cells: list(enumerate(cells))), min_size=1, max_size=5
    )
)
BLOCKS = st.lists(st.one_of(paragraphs(), TABLES.map(Table)), min_size=1, max_size=14)


@given(BLOCKS)
@settings(max_examples=300, deadline=None)
def test_every_character_of_a_file_is_in_one_field_or_left(blocks: list[Block]) -> None:
    opened = Opened("docx", (set_paragraph([("Fiche", Mark.PLAIN)]), *blocks), ())
    reading = read_opened(opened, "fiche.docx")
    assert unplaced_pieces(reading) == []
    assert bool(reading.warnings) == (not reading.sheets)
    source = "".join("".join(reading.lines).split())
    for sheet in reading.sheets:
        assert {passage.name for passage in sheet.passages} <= set(FIELDS)
        for value in (sheet.title, sheet.lead, *sheet.partners, *sheet.themes, *sheet.territories, *sheet.indicators):
            for word in value.split():
                assert word.strip(",.;") in source


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_refused(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"PK\x05\x06"):
        with pytest.raises(RefusedInput):
            read_sheets(start + data, "fiche.docx")
