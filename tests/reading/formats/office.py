"""Documents made for the tests: Word by python-docx, LibreOffice and PDF by the writers of Parvis and by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

from docx import Document
from docx.document import Document as Doc


def docx(fill: Callable[[Doc], object]) -> bytes:
    """A Word document filled by `fill`."""
    document = Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def changed(data: bytes, parts: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The same archive with some of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, parts.get(name, lambda part: part)(source.read(name)))
    return out.getvalue()


def fill_report(document: Doc) -> None:
    """A small report as agents make them: a style here, bold letters there, automatic numbers."""
    document.add_heading("Compte-rendu de l’atelier", 0)
    document.add_paragraph("Étaient présentes douze personnes.")
    document.add_heading("Emploi", 1)
    document.add_paragraph().add_run("Défis").bold = True
    document.add_paragraph("Le dernier bus part trop tôt", style="List Number")
    document.add_paragraph("La garde d’enfants", style="List Number")
    document.add_paragraph("le soir", style="List Bullet 2")
    document.add_paragraph().add_run("Atouts :").bold = True
    document.add_paragraph("Les partenaires se parlent", style="List Bullet")
    document.add_heading("Santé", 1)
    cells = (("Défis", "Propositions"), ("Peu de médecins", "Un centre de santé"), ("Des délais", "Des créneaux"))
    table = document.add_table(rows=3, cols=2)
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


READ = [
    ("Emploi", "challenge", "1", "Le dernier bus part trop tôt", ()),
    ("Emploi", "challenge", "2", "La garde d’enfants", ("le soir",)),
    ("Emploi", "strength", None, "Les partenaires se parlent", ()),
    ("Santé", "challenge", None, "Peu de médecins", ()),
    ("Santé", "proposal", None, "Un centre de santé", ()),
    ("Santé", "challenge", None, "Des délais", ()),
    ("Santé", "proposal", None, "Des créneaux", ()),
]
