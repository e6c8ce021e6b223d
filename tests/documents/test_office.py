"""Word and LibreOffice files opened by LibreOffice itself."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.documents.opened import WRITERS
from tests.documents.samples import full_report

SOFFICE = shutil.which("soffice")
FORMATS = ("docx", "odt", "xlsx", "ods") if shutil.which("localc") else ("docx", "odt")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not on this machine")
@pytest.mark.parametrize("extension", FORMATS)
def test_libreoffice_opens_it_and_shows_every_word(extension: str, tmp_path: Path) -> None:
    source = tmp_path / f"report.{extension}"
    source.write_bytes(WRITERS[extension](full_report()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    reader = PdfReader(io.BytesIO((tmp_path / "report.pdf").read_bytes()))
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    for said in ("Le dernier bus part", "Contenu masqué", "ordinateurs", "Un guichet unique"):
        assert said in text, said
