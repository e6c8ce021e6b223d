"""What the computing service relies on: backup, restore, verify, imports, erasure, on a demonstration."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.homes import rows
from tests.cli.parvis_command import parvis
from tests.reading.formats.office import docx
from tests.sheets.word import word_sheet


def test_demo_prints_a_link_for_each_role_and_can_be_built_again(home: Path) -> None:
    done = parvis(home, "demo", "--no-serve", "--port", "8123")
    assert done.returncode == 0, done.stderr
    for role in ("Administration", "Coordination", "Animation", "Modération", "Élu·e", "Lecture"):
        (line,) = (line for line in done.stdout.splitlines() if line.strip().startswith(role))
        assert "http://localhost:8123/gestion/lien/" in line


def test_verify_finds_a_whole_demonstration_right(built: Path) -> None:
    done = parvis(built, "verify", "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert told["ok"] is True
    assert told["problems"] == []
    assert set(told) == {"ok", "opinions", "contributions", "dots", "late", "problems"}
    assert sum(told["contributions"].values()) > 50


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ('UPDATE publishing_editionline SET content = \'{"text": "autre"}\' WHERE position = 3', "empreinte"),
        ("DELETE FROM publishing_editionline WHERE position = 3", "empreinte"),
        ("UPDATE consultations_contribution SET state = 'hidden' WHERE id = 5", "journal"),
        ("DELETE FROM core_journalentry WHERE verb = 'publish_edition'", "journal"),
    ],
)
def test_verify_sees_what_was_changed_behind_its_back(home: Path, sql: str, words: str) -> None:
    rows(home, sql)
    done = parvis(home, "verify")
    assert done.returncode == 1
    assert words in done.stdout


def test_verify_of_an_empty_home_is_right(tmp_path: Path) -> None:
    assert parvis(tmp_path, "verify").returncode == 0


def test_backup_restore_round_trip(built: Path, tmp_path: Path) -> None:
    saved, other = tmp_path / "sauvegarde.zip", tmp_path / "autre"
    assert parvis(built, "backup", str(saved)).returncode == 0
    assert saved.stat().st_mode & 0o077 == 0
    assert parvis(other, "restore", str(saved)).returncode == 0
    before, after = (parvis(home, "verify", "--json") for home in (built, other))
    assert before.stdout == after.stdout
    assert after.returncode == 0
    # Devices of a room saw later versions than the backup: nothing of those may pass for what it knows.
    assert [later - version for (version, _), (later, _) in zip(versions(built), versions(other), strict=True)] == [
        1_000_000 for _ in versions(built)
    ]
    assert [version == whole_before for version, whole_before in versions(other)] == [True for _ in versions(other)]


def versions(home: Path) -> list[tuple[int, int]]:
    return rows(home, "SELECT version, whole_before FROM meetings_board ORDER BY id")


def in_two_steps(home: Path) -> None:
    """The administrator of the demonstration has a telephone, and an account at a provider."""
    for table, columns, values in (
        ("mfa_authenticator", "type, data, created_at", "'totp', '{}', '2026-11-03'"),
        ("people_provideridentity", "issuer, subject, linked_at", "'https://f.example', 'irene', '2026-11-03'"),
    ):
        who = "FROM people_user WHERE email LIKE 'administrator@%'"
        rows(home, f"INSERT INTO {table} (user_id, {columns}) SELECT id, {values} {who}")


def ways_in(home: Path) -> list[tuple[str, str]]:
    """The e-mail of who has a telephone, and the subject of who has an account at a provider."""
    return rows(
        home,
        "SELECT email, coalesce(subject, '') FROM mfa_authenticator JOIN people_user ON people_user.id = "
        "mfa_authenticator.user_id LEFT JOIN people_provideridentity USING (user_id) ORDER BY email",
    )


def test_backup_holds_second_steps_and_identities(home: Path, tmp_path: Path) -> None:
    in_two_steps(home)
    saved, other = tmp_path / "sauvegarde.zip", tmp_path / "autre"
    assert parvis(home, "backup", str(saved)).returncode == 0
    assert parvis(other, "restore", str(saved)).returncode == 0
    assert ways_in(other) == [("administrator@agglomeration.example", "irene")]


def queue_code(home: Path, to: str = "irene@ville.example") -> str:
    """A sign-in code waits to be sent; what is kept of it."""
    letter = f"Letter({to!r}, 'Votre code', 'ABCD-EFGH')"
    script = "from parvis.core.mailing.queue import queue_mail; from parvis.core.mailing.purposes import Letter; "
    done = parvis(home, "manage", "shell", "-c", f"{script}queue_mail('sign_in_code', letter={letter})")
    assert done.returncode == 0, done.stderr
    return rows(home, "SELECT sealed FROM core_mailcontent")[0][0]


def test_backup_holds_nothing_of_what_waiting_mails_say_and_a_restore_sends_none(home: Path, tmp_path: Path) -> None:
    sealed = queue_code(home)
    saved, other = tmp_path / "sauvegarde.zip", tmp_path / "autre"
    assert parvis(home, "backup", str(saved)).returncode == 0
    with zipfile.ZipFile(saved) as archive:
        assert sealed.encode()[20:60] not in archive.read("database")
    assert sealed.encode()[20:60] in (home / "parvis.sqlite3").read_bytes() + _log_of(home)
    done = parvis(other, "restore", str(saved))
    assert "1 courriels attendaient : aucun ne part seul" in done.stdout
    assert rows(other, "SELECT state, recipient FROM core_outgoingmail") == [("set_aside", "")]
    assert rows(home, "SELECT state FROM core_outgoingmail") == [("waiting",)]


def _log_of(home: Path) -> bytes:
    log = home / "parvis.sqlite3-wal"
    return log.read_bytes() if log.exists() else b""


def test_send_mail_sends_what_waits_and_tells_where_the_queue_is(home: Path) -> None:
    queue_code(home)
    done = parvis(home, "send-mail", PARVIS_DEMO="1")
    assert done.stdout == "0 en attente, 0 refusés, 0 coupés pendant l'envoi.\n"
    assert "ABCD-EFGH" in "".join(path.read_text() for path in (home / "courrier").glob("*.log"))
    assert set(rows(home, "SELECT state, recipient FROM core_outgoingmail")) == {("sent", "")}
    assert rows(home, "SELECT count(*) FROM core_mailcontent") == [(0,)]


def test_reset_second_factor_opens_to_who_lost_her_telephone(home: Path) -> None:
    in_two_steps(home)
    done = parvis(home, "reset-second-factor", "Administrator@agglomeration.example")
    assert done.returncode == 0, done.stderr
    assert ways_in(home) == []
    again = parvis(home, "reset-second-factor", "administrator@agglomeration.example")
    assert (again.returncode, "rien à effacer" in again.stderr) == (2, True)
    unknown = parvis(home, "reset-second-factor", "personne@agglomeration.example")
    assert (unknown.returncode, "adresse" in unknown.stderr) == (2, True)


def test_restore_does_not_replace_data_unless_told(built: Path, home: Path, tmp_path: Path) -> None:
    saved = tmp_path / "sauvegarde.zip"
    parvis(built, "backup", str(saved))
    rows(home, "UPDATE people_user SET name = 'Nouvelle venue'")
    refused = parvis(home, "restore", str(saved))
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert parvis(home, "restore", str(saved), "--force").returncode == 0
    assert rows(home, "SELECT count(*) FROM people_user WHERE name = 'Nouvelle venue'") == [(0,)]


@pytest.mark.parametrize("damage", ["cut", "changed", "not a zip", "other format", "traversal only"])
def test_restore_refuses_a_damaged_backup_and_touches_nothing(home: Path, tmp_path: Path, damage: str) -> None:
    saved = tmp_path / "sauvegarde.zip"
    parvis(home, "backup", str(saved))
    whole = saved.read_bytes()
    if damage == "cut":
        saved.write_bytes(whole[: len(whole) // 2])
    elif damage == "not a zip":
        saved.write_bytes(b"bonjour")
    else:
        with zipfile.ZipFile(saved) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        if damage == "changed":
            parts["database"] = parts["database"][:-1] + b"!"
        elif damage == "other format":
            parts["manifest.json"] = b'{"format": "autre"}'
        else:
            parts = {"../../echappe": b"x"}
        with zipfile.ZipFile(saved, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
    before = (home / "parvis.sqlite3").read_bytes()
    done = parvis(home, "restore", str(saved), "--force")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert (home / "parvis.sqlite3").read_bytes() == before
    assert not list(tmp_path.rglob("echappe"))


def test_backup_into_a_missing_folder_is_refused(built: Path, tmp_path: Path) -> None:
    done = parvis(built, "backup", str(tmp_path / "absent" / "s.zip"))
    assert done.returncode == 2
    assert "n'existe pas" in done.stderr


def test_import_territories_is_all_or_nothing(tmp_path: Path) -> None:
    table = tmp_path / "qpv.csv"
    header = "code_qp,lib_qp,insee_com,lib_com,siren_epci,lib_epci"
    table.write_text(f"{header}\nQN00101M,Les Prés,00101,Vallières,200000001,Lune\n")
    assert "à créer : 3" in parvis(tmp_path, "import-territories", str(table), "--dry-run").stdout
    assert "créés : 3" in parvis(tmp_path, "import-territories", str(table)).stdout
    right = table.read_text()
    table.write_text(right + "QN00104M,Le Lac,00104,Belleau,200000001,Lune\nQN00102M,,00102,,200000001,Lune\nrien\n")
    done = parvis(tmp_path, "import-territories", str(table))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) >= 2
    table.write_text(right)
    assert "créés : 0 ; modifiés : 0 ; inchangés : 3" in parvis(tmp_path, "import-territories", str(table)).stdout


def test_import_minutes_into_a_meeting(home: Path, tmp_path: Path) -> None:
    report = tmp_path / "rapport.txt"
    report.write_text("Emploi\nDéfis\n1. Le dernier bus part trop tôt\n2. Peu de crèches\n", encoding="utf-8")
    ((code,),) = rows(home, "SELECT code FROM meetings_meeting WHERE kind = 'walk'")
    assert "2 contributions" in parvis(home, "import-minutes", str(report), "--meeting", code, "--dry-run").stdout
    assert parvis(home, "import-minutes", str(report), "--meeting", code).returncode == 0
    again = parvis(home, "import-minutes", str(report), "--meeting", code)
    assert again.returncode == 2
    assert "déjà" in again.stderr
    assert parvis(home, "import-minutes", str(report), "--meeting", "inconnu").returncode == 2
    report.write_text("Emploi\nDéfis\n1. Les jeunes du hall 12 attendent\n", encoding="utf-8")
    told = parvis(home, "import-minutes", str(report), "--meeting", code, "--dry-run").stdout
    assert "« Les jeunes du hall 12 attendent »" in told
    assert "Avant de publier, dites qui peut lire la rencontre" in told


def test_erase_person_leaves_no_name_and_closes_her_session(home: Path) -> None:
    done = parvis(home, "erase-person", "moderator@agglomeration.example")
    assert done.returncode == 0
    assert b"moderator@agglomeration.example" not in (home / "parvis.sqlite3").read_bytes()
    assert "Modératrice" not in parvis(home, "manage", "dumpdata", "people").stdout
    assert parvis(home, "erase-person", "moderator@agglomeration.example").returncode == 2
    assert parvis(home, "verify").returncode == 0


def test_word_sheets_are_imported_rehearsed_and_refused(home: Path, tmp_path: Path) -> None:
    good, theme, letter = (tmp_path / f"{name}.docx" for name in ("fiche", "theme", "lettre"))
    good.write_bytes(word_sheet("Chorale des halls"))
    theme.write_bytes(word_sheet("Chant", theme="Jardinage"))
    letter.write_bytes(docx(lambda document: document.add_paragraph("Madame, merci de votre lettre.")))
    rehearsed = parvis(home, "import-sheets", str(good), "--dry-run")
    assert (rehearsed.returncode, rehearsed.stdout.splitlines()[-1]) == (0, "Fiches à créer : 1 ; modifiées : 0.")
    for said in ("Fiches créées : 1 ; modifiées : 0.", "Fiches créées : 0 ; modifiées : 1."):
        done = parvis(home, "import-sheets", str(good))
        assert (done.returncode, done.stdout.splitlines()[-1]) == (0, said), done.stderr
    refused = parvis(home, "import-sheets", str(theme))
    assert (refused.returncode, refused.stderr.splitlines()[-1][:45]) == (
        2, "Ligne 3 : il manque la thématique (« Jardinage"[:45]
    )  # fmt: skip
    none = parvis(home, "import-sheets", str(letter))
    assert (none.returncode, none.stderr.count("\n"), none.stderr[:12]) == (2, 1, "Aucune fiche")


def test_purge_counts_then_drops(home: Path) -> None:
    rows(home, "UPDATE people_signinlink SET expires_at = '2020-01-01 00:00:00'")
    everything = ("purge", "--before", "2020-01-02")
    assert "6 liens de connexion périmés à effacer" in parvis(home, *everything, "--dry-run").stdout
    assert parvis(home, *everything).returncode == 0
    assert "0 liens" in parvis(home, *everything, "--dry-run").stdout


def test_routes_tell_rule_and_audience(built: Path) -> None:
    routes = json.loads(parvis(built, "routes", "--json").stdout)
    assert {"path", "name", "methods", "rule", "audience", "signed_in"} == set(routes[0])
    assert not [route for route in routes if route["rule"] == "denied"]
    assert {route["audience"] for route in routes} == {"public", "partners", "agents", "team"}
    rules = {route["name"]: route["rule"] for route in routes}
    assert rules["desk:review"] == "parvis.meetings.rules.editable_minutes"
    assert rules["public:meeting"] == "parvis.meetings.rules.readable_meetings, parvis.meetings.rules.readable_minutes"
    assert rules["public:legal"] == "parvis.core.access.anyone"


def test_serve_refuses_a_taken_port(built: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = parvis(built, "serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "déjà pris" in done.stderr
