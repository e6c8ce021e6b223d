"""Each pass alone."""

from __future__ import annotations

import pytest

from parvis.reading.passes.inner_themes import split_inner_themes
from parvis.reading.passes.items import build
from parvis.reading.passes.numbering import confidence, doubt_numbers
from tests.reading.helpers import marked, rows, sections


class TestRows:
    def test_a_row_for_each_item(self) -> None:
        item_rows = rows("1. Un 2. Deux\n- trois\nquatre")
        assert [(row.marker.text if row.marker else "", row.text, row.column) for row in item_rows] == [
            ("1.", "Un", 1),
            ("2.", "Deux", 7),
            ("-", "trois", 1),
            ("", "quatre", 1),
        ]

    def test_a_lone_letter_is_no_marker(self) -> None:
        assert [row.marker for row in rows("A. Martin est là\nC. Dupont aussi")] == [None, None]

    def test_letters_in_order_are_markers(self) -> None:
        assert [row.text for row in rows("A. Martin\nB. Dupont\nC. Petit")] == ["Martin", "Dupont", "Petit"]

    def test_a_lone_question_mark_is_no_bullet(self) -> None:
        assert rows("? perdu")[0].marker is None
        assert [row.text for row in rows("? perdu\n? aussi")] == ["perdu", "aussi"]

    def test_a_year_is_no_number(self) -> None:
        assert rows("2026. Bilan")[0].marker is None


class TestFurniture:
    def test_page_numbers_and_buttons(self) -> None:
        page_rows = marked("Page 3/4\nun texte\n- 2 -\nImprimer")
        assert [row.role for row in page_rows] == ["furniture", None, "furniture", "furniture"]

    def test_a_running_head_stays_once(self) -> None:
        page_rows = marked("Ville de Lune\nun\n\fVille de Lune\ndeux\n\fVille de Lune\ntrois")
        heads = [row.role for row in page_rows if row.run.text == "Ville de Lune"]
        assert heads == [None, "furniture", "furniture"]

    def test_a_heading_of_kind_printed_again_is_kept(self) -> None:
        page_rows = marked("Défis\nun\n\fDéfis\ndeux\n\fDéfis\ntrois")
        assert [row.role for row in page_rows if row.run.text == "Défis"] == ["heading"] * 3


class TestHeadings:
    def test_headings_of_kind(self) -> None:
        assert [(row.role, row.kind) for row in marked("Défis\n1. Le bus")] == [("heading", "challenge"), (None, None)]

    def test_an_item_that_says_its_kind(self) -> None:
        row = marked("Défi 3 : le bus du soir")[0]
        assert row.marker is not None
        assert (row.kind, row.marker.value, row.text) == ("challenge", "3", "le bus du soir")

    def test_a_heading_with_its_first_item(self) -> None:
        line_rows = marked("Atouts : un réseau solide")
        assert [(row.role, row.text) for row in line_rows] == [("heading", "Atouts :"), (None, "un réseau solide")]

    def test_a_sentence_that_opens_with_a_word_of_kind_is_no_heading(self) -> None:
        assert [row.role for row in marked("Besoin : des médiateurs, vite\nManque de bus")] == [None, None]

    def test_an_item_of_a_list_is_no_heading(self) -> None:
        assert marked("1. Mobilité\n2. Freins\n3. Logement")[1].role is None


class TestSections:
    def test_theme_then_kind(self) -> None:
        parts = sections("Emploi\nDéfis\n1. a b\nAtouts\n1. c d\nSanté\nDéfis\n1. e f")
        assert [(part.theme, part.kind) for part in parts] == [
            ("Emploi", "challenge"),
            ("Emploi", "strength"),
            ("Santé", "challenge"),
        ]

    def test_the_last_item_is_no_theme(self) -> None:
        parts = sections("Prévention\nAtouts\nBon réseau\nPrise en charge\nColo apprenantes\nPropositions\n1. a b")
        assert [(part.theme, part.kind, len(part.rows)) for part in parts] == [
            ("Prévention", "strength", 3),
            ("Prévention", "proposal", 1),
        ]

    def test_a_neutral_heading_closes(self) -> None:
        parts = sections("Emploi\nDéfis\n1. a b\nProchaines étapes\n1. c d")
        assert [len(part.rows) for part in parts] == [1]

    def test_kind_then_theme(self) -> None:
        (part,) = sections("Défis\nEmploi :\n- le bus\n- le train\nSanté :\n- les soins\n- le sport")
        assert [(inner.theme, len(inner.rows)) for inner in split_inner_themes(part)] == [("Emploi", 2), ("Santé", 2)]


class TestItems:
    def test_sub_items(self) -> None:
        (part,) = sections("Emploi\nDéfis\n1. Agir sur :\n- le bus\n- le train\n2. Ouvrir")
        assert [(draft.piece.text, len(draft.children)) for draft in build(part)] == [("Agir sur :", 2), ("Ouvrir", 0)]

    def test_wrapped_lines_are_joined(self) -> None:
        (part,) = sections(
            "Emploi\nDéfis\n1. Développer les transports entre les villes de l'agglomération\n   et la gare\n2. x y"
        )
        assert build(part)[0].piece.text.endswith("agglomération et la gare")

    def test_conclusions(self) -> None:
        (part,) = sections("Emploi\nDéfis\nle bus\nle train\n-> relier")
        assert [draft.conclusion for draft in build(part)] == [False, False, True]

    def test_an_item_without_its_number_fills_the_gap(self) -> None:
        (part,) = sections("Emploi\nDéfis\n1. Un bus\nUn train\n3. Un vélo")
        assert [draft.number for draft in build(part)] == ["1", None, "3"]


class TestNumbering:
    @staticmethod
    def _doubts(text: str) -> list[list[str]]:
        (part,) = sections("Emploi\nDéfis\n" + text)
        drafts = build(part)
        doubt_numbers(drafts)
        return [draft.doubts for draft in drafts]

    def test_a_list_in_order_has_no_doubt(self) -> None:
        assert self._doubts("1. a b\n2. c d\n3. e f") == [[], [], []]

    @pytest.mark.parametrize(
        ("text", "doubt"),
        [
            ("1. a b\n1. c d", "recommence"),
            ("1. a b\n2. c d\n2. e f", "déjà pris"),
            ("1. a b\n4. c d", "numéros 2 à 3 manquent"),
            ("1. a b\n3. c d", "numéro 2 manque"),
            ("5. a b\n4. c d", "ne suit pas"),
        ],
    )
    def test_what_is_odd_is_said_of_the_last(self, text: str, doubt: str) -> None:
        assert doubt in self._doubts(text)[-1][0]

    def test_a_list_that_starts_late(self) -> None:
        assert "commence au numéro 3" in self._doubts("3. a b\n4. c d")[0][0]

    def test_doubts_lower_confidence(self) -> None:
        (part,) = sections("Emploi\nDéfis\n1. a b\n3. c d")
        drafts = build(part)
        doubt_numbers(drafts)
        first, last = map(confidence, drafts)
        assert first > last
