"""`parvis init` in an empty home, by options and on a terminal: what it makes, what it refuses, twice the same."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bench.fake_smtp import FakeSmtp
from tests.cli.databases import database_of
from tests.cli.homes import rows
from tests.cli.parvis_command import parvis
from tests.cli.terminal import parvis_asking

HEADER = "code_qp,lib_qp,insee_com,lib_com,siren_epci,lib_epci\n"
FRANCE = HEADER + (
    "QN09101M,Le Mail,91377,Massy,200056232,Saclay\nQN05901M,Le Port,59183,Dunkerque,245900428,Dunkerque\n"
)
PERSON = ("--email", "Irene@Agglo.Example", "--name", "Irène  Martin")
SACLAY = ("--epci", "paris-saclay")
MADE = (
    "SELECT territory.official_code, account.email, account.name, role.kind FROM people_role role "
    "JOIN people_user account ON account.id = role.user_id "
    "JOIN territories_territory territory ON territory.id = role.territory_id"
)
COUNTED = "SELECT kind, count(*) FROM territories_territory GROUP BY kind ORDER BY kind"


def read(home: Path, database: dict[str, str], sql: str) -> list[tuple[Any, ...]]:
    """What a query answers, whichever database it is."""
    if not database:
        return rows(home, sql)
    with psycopg.connect(database["DATABASE_URL"]) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose base has its tables and not a row: they are long to make."""
    home = tmp_path_factory.mktemp("tables")
    assert parvis(home, "verify").returncode == 0
    return home


@pytest.fixture
def bare(tables: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(tables, tmp_path / "bare"))


@pytest.fixture
def france(tmp_path: Path) -> str:
    """A file of neighbourhoods of two agglomérations."""
    (tmp_path / "qpv.csv").write_text(FRANCE, encoding="utf-8")
    return str(tmp_path / "qpv.csv")


@pytest.mark.parametrize("engine", ["embedded", "postgresql"])
def test_all_is_made_by_options_and_again_changes_nothing(tmp_path: Path, france: str, engine: str) -> None:
    home = tmp_path / "home"
    with database_of(engine) as database:
        done = parvis(home, "init", *SACLAY, *PERSON, "--neighbourhoods", france, **database)
        assert done.returncode == 0, done.stderr
        assert "Communauté Paris-Saclay, 29 territoires écrits" in done.stdout
        made = [("200056232", "irene@agglo.example", "Irène Martin", "administrator")]
        counted = [("intercommunality", 1), ("municipality", 27), ("neighbourhood", 1)]
        for again in ((), (*SACLAY, *PERSON, "--neighbourhoods", france)):
            assert read(home, database, MADE) == made
            assert read(home, database, COUNTED) == counted
            done = parvis(home, "init", *again, **database)
            assert (done.returncode, "0 territoire écrit" in done.stdout) == (0, True), done.stderr
        assert parvis(home, "verify", **database).returncode == 0


def test_the_link_that_it_prints_lets_the_administrator_in(bare: Path, france: str) -> None:
    done = parvis(bare, "init", *SACLAY, *PERSON)
    (link,) = re.findall(r"http://localhost:8000(/gestion/lien/\S+/)", done.stdout)
    script = (
        "from django.test import Client; c = Client(headers=dict(host='localhost')); "
        f"a = c.post('{link}', follow=True); "
        "print(a.status_code, a.request['PATH_INFO'], c.get('/gestion/agents/').status_code)"
    )
    tried = parvis(bare, "manage", "shell", "-v", "0", "-c", script, PARVIS_DEBUG="1")
    assert tried.stdout.split()[-3:] == ["200", "/gestion/", "200"], tried.stderr
    ((lasting,),) = rows(
        bare, "SELECT (julianday(expires_at) - julianday('now')) * 1440 FROM people_signinlink ORDER BY id LIMIT 1"
    )
    assert lasting < 10
    assert rows(bare, "SELECT DISTINCT reusable FROM people_signinlink") == [(0,)]


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (PERSON, "Il manque --epci"),
        (SACLAY, "Il manque --email"),
        ((*SACLAY, "--email", "a@b.fr"), "Il manque --name"),
        (("--epci", "grand paris", *PERSON), "7 agglomérations répondent à « grand paris »"),
        (("--epci", "Trifouilly", *PERSON), "« Trifouilly » n'est ni le nom ni le SIREN"),
        ((*SACLAY, "--email", "irene", "--name", "I"), "« irene » n'est pas une adresse électronique"),
        ((*SACLAY, "--email", "a@b.fr", "--name", " "), "Donnez le prénom et le nom"),
        ((*SACLAY, "--email", "a@b.fr", "--name", "x" * 121), "120 caractères au plus"),
        ((*SACLAY, *PERSON, "--neighbourhoods", "rien.csv"), "« rien.csv » n'existe pas"),
        ((*SACLAY, *PERSON, "--neighbourhoods", ""), "« . » est un dossier"),
        (("--epci", "Plaine Commune", *PERSON, "--neighbourhoods", "FRANCE"), "aucun quartier de « Plaine Commune »"),
    ],
)
def test_a_wrong_answer_is_one_sentence_and_nothing_is_written(
    bare: Path, france: str, words: tuple[str, ...], refusal: str
) -> None:
    done = parvis(bare, "init", *(france if word == "FRANCE" else word for word in words))
    assert done.returncode == 2
    assert refusal in done.stderr.splitlines()[0]
    assert rows(bare, "SELECT (SELECT count(*) FROM people_user) + (SELECT count(*) FROM territories_territory)") == [
        (0,)
    ]


def test_a_wrong_answer_on_a_terminal_is_asked_again(bare: Path, france: str) -> None:
    code, shown = parvis_asking(
        bare, "init",
        answers=[
            ("Votre agglomération.*: ", "Lyon"), ("200046977  Métropole de Lyon\n.*: ", "Saclay"),
            ("quartiers prioritaires.*: ", "rien.csv"), ("n'existe pas(?s:.*): ", france),
            ("L'adresse.*: ", "irene"), ("n'est pas une adresse(?s:.*)administre : ", "irene@agglo.example"),
            ("nom : ", "Irène Martin"), ("oui ou non.* : ", "oui"),
        ],
    )  # fmt: skip
    assert code == 0, shown
    assert "27 communes\n1 quartier prioritaire\nAdministration : Irène Martin (irene@agglo.example)" in shown
    assert len(rows(bare, MADE)) == 1


def test_without_leave_nothing_is_written(bare: Path) -> None:
    code, shown = parvis_asking(
        bare, "init", *SACLAY, *PERSON, answers=[("plus tard.* : ", ""), ("oui ou non.* : ", "non")]
    )
    assert (code, "rien n'a été fait" in shown) == (2, True)
    assert rows(bare, "SELECT count(*) FROM territories_territory") == [(0,)]


def test_what_is_missing_is_told_until_nothing_is(bare: Path, france: str) -> None:
    first = parvis(bare, "init", *SACLAY, *PERSON).stdout
    for name in ("MAIL_URL", "MAIL_FROM", "URL", "LEGAL_HOST", "LEGAL_DIRECTOR", "REQUIRE_SECOND_FACTOR"):
        assert f"- PARVIS_{name}" in first
    assert "- Les quartiers prioritaires" in first
    with FakeSmtp() as server:
        whole = parvis(
            bare, "init", "--neighbourhoods", france, PARVIS_MAIL_URL=f"smtp://127.0.0.1:{server.port}",
            PARVIS_MAIL_FROM="Parvis <p@agglo.example>", PARVIS_URL="https://parvis.agglo.example",
            PARVIS_LEGAL_HOST="Hébergeur, 1 rue Haute", PARVIS_LEGAL_DIRECTOR="Irène Martin",
            PARVIS_REQUIRE_SECOND_FACTOR="administrator",
        )  # fmt: skip
    assert "Il ne manque rien." in whole.stdout, whole.stderr
    assert server.accepted == {"irene@agglo.example": 1}
    assert "entrez sur https://parvis.agglo.example/gestion/ avec l'adresse irene@agglo.example" in whole.stdout
    assert "/lien/" not in whole.stdout


def test_a_mail_that_does_not_leave_is_told_and_a_link_given(bare: Path) -> None:
    with FakeSmtp() as server:
        server.at_recipient = lambda address: "550 5.1.1 no such user"
        refused = parvis(bare, "init", *SACLAY, *PERSON, PARVIS_MAIL_URL=f"smtp://127.0.0.1:{server.port}")
    assert (refused.returncode, "il n'est pas parti : adresse inconnue" in refused.stdout) == (1, True), refused.stderr
    silent = parvis(bare, "init", PARVIS_MAIL_URL=f"smtp://127.0.0.1:{server.port}")
    assert (silent.returncode, "serveur de courriel injoignable" in silent.stdout) == (1, True)
    assert "/gestion/lien/" in silent.stdout
    untried = parvis(bare, "init", "--no-mail", PARVIS_MAIL_URL=f"smtp://127.0.0.1:{server.port}")
    assert (untried.returncode, "/gestion/lien/" in untried.stdout) == (0, False)


def test_another_administrator_and_corrected_names_are_kept(bare: Path) -> None:
    parvis(bare, "init", *SACLAY, *PERSON)
    rows(bare, "UPDATE territories_territory SET name = 'Paris-Saclay' WHERE official_code = '200056232'")
    done = parvis(bare, "init", "--email", "zoe@agglo.example", "--name", "Zoé")
    assert done.returncode == 0, done.stderr
    assert len(rows(bare, MADE)) == 2
    assert rows(bare, "SELECT name FROM territories_territory WHERE kind = 'intercommunality'") == [("Paris-Saclay",)]


def test_an_agglomeration_that_was_imported_is_taken_as_it_is(bare: Path, tmp_path: Path) -> None:
    """One that is not in the official list: made since, or invented."""
    (tmp_path / "lune.csv").write_text(HEADER + "QN00101M,Les Tilleuls,00101,Vallières,200000001,Val de Lune\n")
    parvis(bare, "import-territories", str(tmp_path / "lune.csv"))
    done = parvis(bare, "init", "--epci", "val de lune", *PERSON)
    assert (done.returncode, "- Les quartiers" in done.stdout) == (0, False), done.stderr
    assert rows(bare, MADE)[0][0] == "200000001"


def test_a_production_database_that_is_behind_is_left_alone(bare: Path) -> None:
    with database_of("postgresql") as database:
        parvis(bare, "init", *SACLAY, *PERSON, **database)
        with psycopg.connect(database["DATABASE_URL"]) as connection:
            connection.execute("DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations)")
        done = parvis(bare, "init", **database)
        assert (done.returncode, "n'est pas à jour" in done.stderr) == (2, True)
