"""A wrong setting, path, port or address is one French sentence, and a code of 2."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from parvis.cli.main import main
from tests.cli.parvis_command import parvis

NOBODY = "postgres://nobody:hunter2@127.0.0.1:1/nothing"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("PARVIS_DEBUG", "peut-être"),
        ("PARVIS_URL", "parvis.exemple.fr"),
        ("PARVIS_URL", "https://"),
        ("PARVIS_URL", "https:/parvis.exemple.fr"),
        ("PARVIS_HOSTS", "https://parvis.exemple.fr"),
        ("PARVIS_HOSTS", "parvis.exemple.fr:8000"),
        ("PARVIS_MAIL_FROM", "Parvis"),
        ("PARVIS_OIDC_ISSUER", "https://identite.exemple.fr"),
        ("PARVIS_OIDC_CLIENT_ID", "parvis"),
        ("PARVIS_MAIL_URL", "pigeon://toit"),
        ("PARVIS_MAIL_TIMEOUT", "vite"),
        ("PARVIS_MAIL_TIMEOUT", "0"),
        ("PARVIS_CACHE_URL", "http://machine"),
        ("PARVIS_LOG", "bavard"),
        ("PARVIS_REQUIRE_SECOND_FACTOR", "chef"),
        ("DATABASE_URL", "mysql://machine/base"),
        ("DATABASE_URL", "base"),
        ("DATABASE_URL", "postgres://machine:port/base"),
        ("DATABASE_URL", NOBODY),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(tmp_path: Path, setting: str, value: str) -> None:
    done = parvis(tmp_path, "verify", **{setting: value})
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert setting in done.stderr
    assert "hunter2" not in done.stderr


def test_a_home_that_is_a_file_is_named(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("")
    done = parvis(home, "verify")
    assert (done.returncode, done.stderr.count("\n"), "PARVIS_HOME" in done.stderr) == (2, 1, True)


def test_the_home_and_what_it_holds_are_its_owners_only(tmp_path: Path) -> None:
    """An older installation left them open to all."""
    tmp_path.chmod(0o755)
    (tmp_path / "parvis.sqlite3").touch()
    (tmp_path / "parvis.sqlite3").chmod(0o644)
    assert parvis(tmp_path, "verify").returncode == 0
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path, *tmp_path.iterdir())}
    assert modes.pop(tmp_path.name) == 0o700
    assert set(modes.values()) == {0o600}, modes


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "Il manque COMMANDE"),
        ("danser", "« danser » n'existe pas"),
        ("serve --port 99999", "--port : « 99999 » ne va pas, un port est un nombre de 1 à 65535"),
        ("serve --port web", "--port : « web » ne va pas"),
        ("serve --workers -1", "--workers : « -1 » ne va pas"),
        ("serve --workers", "--workers : il manque sa valeur"),
        ("backup", "Il manque FICHIER"),
        ("verify --zut", "Mots inconnus : --zut"),
        ("purge --before hier", "« hier » n'est pas une date : écrivez AAAA-MM-JJ"),
        ("read a.txt --json --csv", "--csv : ne va pas avec --json"),
    ],
)
def test_a_wrong_word_is_refused_in_french(capsys: pytest.CaptureFixture[str], words: str, told: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words.split())
    stderr = capsys.readouterr().err
    assert (ended.value.code, stderr.count("\n")) == (2, 1)
    assert told in stderr
    assert not {"argument", "invalid", "required", "expected"} & set(stderr.replace(":", " ").split())


def test_the_help_is_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--help"])
    printed = capsys.readouterr().out
    assert "emploi : parvis serve" in printed
    assert "affiche cette aide" in printed


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--host", "192.0.2.1"), "n'est pas une adresse"),
        (("--host", "pas une adresse"), "n'est pas une adresse"),
        (("--workers", "2"), "un seul processus"),
    ],
)
def test_serve_says_what_it_cannot_do(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    done = parvis(tmp_path, "serve", *words)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert told in done.stderr


@pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="the suite runs on the embedded database")
def test_more_processes_than_postgresql_has_connections_for_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from parvis.cli import serve
    from parvis.core.errors import RefusedInput

    """Each has eight threads that answer, four that work beside, the one of `/sante`, and one during an outage."""
    monkeypatch.setattr(serve, "_connections_allowed", lambda: 97)
    serve._refuse_workers(6)
    with pytest.raises(RefusedInput, match="6 processus au plus"):
        serve._refuse_workers(7)
