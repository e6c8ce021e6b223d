"""The letters of the demonstration."""

from __future__ import annotations

from pathlib import Path

from django.conf import LazySettings
from django.test import Client

from parvis.core.mailing.purposes import Letter
from parvis.core.mailing.queue import queue_mail
from parvis.core.mailing.sender import send_all_due
from parvis.web.desk.mailbox.views import read_letters


def test_mailbox_exists_in_the_demonstration_only(
    client: Client, settings: LazySettings, tmp_path: Path, db: None
) -> None:
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.PARVIS_DEMO = False
    assert client.get("/gestion/courrier/").status_code == 404
    settings.PARVIS_DEMO = True
    assert client.get("/gestion/courrier/").status_code == 200


def test_mailbox_reads_letters_newest_first_and_escapes_them(
    client: Client, settings: LazySettings, tmp_path: Path, db: None
) -> None:
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.PARVIS_DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    for subject in ("Première", "Deuxième é"):
        queue_mail("trial", letter=Letter("a@exemple.fr", subject, f"<script>{subject}</script> http://localhost/x"))
        send_all_due()
    letters = read_letters(tmp_path)
    assert [letter.subject for letter in letters] == ["Deuxième é", "Première"]
    assert letters[0].to == "a@exemple.fr"
    assert letters[0].body.startswith("<script>Deuxième é</script>")
    page = client.get("/gestion/courrier/").content.decode()
    assert "<script>Deux" not in page
    assert page.count('href="http://localhost/x"') == 2
