"""Letters that present an action without one label."""

from __future__ import annotations

import pytest

from tests.reading.sheet_texts import lines

BODY = (
    "Depuis deux ans, nous réparons des vélos avec les enfants devant la gare du quartier.",
    "Nous vous présentons le projet que nous appelons « La roue tourne », qui demande 900 euros à la Ville.",
)
CLOSING = ("Veuillez agréer, Madame la Maire, nos salutations distinguées.", "La présidente")


def test_a_letter_gives_the_name_of_its_action_and_its_body_and_one_doubt_says_that_the_rest_is_to_fill() -> None:
    (sheet,) = lines("Association Dérailleur", "Madame la Maire,", *BODY, *CLOSING).sheets
    assert (sheet.title, sheet.text) == ("La roue tourne", "\n".join(BODY))
    assert (sheet.lead, sheet.budget, sheet.funding, sheet.contact, sheet.other) == ("", "", (), "", ())
    assert [doubt.text for doubt in sheet.doubts] == [
        "une lettre, sans étiquette : seuls le nom de l'action et le texte sont lus, le reste est à remplir"
    ]


def test_a_sentence_of_a_letter_that_names_a_field_is_read_there_and_told_to_be_checked() -> None:
    told = "Le budget de l'action s'élève à 4 200 €. Nos partenaires sont l'école et la médiathèque."
    (sheet,) = lines("Association Dérailleur", "Madame la Maire,", *BODY, told, *CLOSING).sheets
    assert (sheet.budget, sheet.partners) == ("4 200 €", ("l'école", "la médiathèque"))
    assert sheet.text == "\n".join((*BODY, told))
    assert {"budget", "partners"} <= {doubt.name for doubt in sheet.doubts}


@pytest.mark.parametrize(
    "texts",
    [
        ("Association Dérailleur", *BODY, *CLOSING),
        ("Madame la Maire,", BODY[0], "Nous vous présentons nos vœux et ceux de toute notre équipe.", *CLOSING),
        ("Madame la Maire,", *BODY, "Nous avons le plaisir de vous inviter à la fête du projet samedi.", *CLOSING),
    ],
)
def test_a_text_without_greeting_a_letter_that_names_no_action_and_an_invitation_are_no_sheet(
    texts: tuple[str, ...],
) -> None:
    assert lines(*texts).sheets == ()
