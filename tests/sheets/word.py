"""Word files of sheets, made for the tests."""

from __future__ import annotations

import io

from docx.document import Document as Doc

from tests.reading.formats.office import docx
from tests.reading.test_pictures import image


def word_sheet(*titles: str, picture: str = "", lines: tuple[str, ...] = (), theme: str = "Santé") -> bytes:
    """A Word file with a sheet a title; `lines` are added to each, `picture` is the text that stands for an image."""

    def fill(document: Doc) -> None:
        for title in titles:
            for text in (
                f"Intitulé : {title}", "Porteur : CAF de l'Orme", f"Thématique : {theme}", "Quartiers : Vallières",
                "Public : les familles", "Budget : 3 000 €", "Financeurs : CAF 1 000 €, Ville 2 000 €",
                "Contact : zyxcanari, 02 61 91 00 00", *lines,
            ):  # fmt: skip
                document.add_paragraph(text)
        if picture:
            shape = document.add_picture(io.BytesIO(image("PNG")))
            shape._inline.docPr.set("descr", picture)

    return docx(fill)
