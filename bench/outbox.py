"""What the outbox and the results cost: `python -m bench.outbox [SECONDS]`, in a fresh `PARVIS_HOME`, in one run.

The floor is a bare Django insert, one row and one transaction, on the same database, without any request around it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from io import BytesIO


def rate(job: Callable[[], int], seconds: float) -> float:
    """Things done a second: `job` returns how many it did."""
    job()
    done, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds:
        done += job()
    return done / spent


def measure(seconds: float) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from parvis.cli.trial_build import build_trial
    from parvis.consultations.models import Consultation, Participant
    from parvis.core import clock
    from parvis.core.models import JournalEntry
    from parvis.gathering.results import gather_results
    from parvis.people.models import Contact, Organisation, User
    from parvis.sheets.enums import SheetState
    from parvis.sheets.models import ActionSheet, Opinion

    call_command("migrate", verbosity=0)
    side, other = build_trial()
    application = get_wsgi_application()
    seqs: dict[str, int] = {}
    turn = iter(range(10**9))

    def post(count: int) -> int:
        number = next(turn)
        token = side.participants[number % len(side.participants)].token
        ops = []
        for _ in range(count):
            seq = seqs[token] = seqs.get(token, 0) + 1
            ops.append({"op_id": str(uuid.uuid4()), "seq": seq, "kind": "opinion", "value": "continue",
                        "sheet": side.sheets[(seq + number) % len(side.sheets)]})  # fmt: skip
        body = json.dumps({"device": "bench", "ops": ops}).encode()
        statuses: list[str] = []
        answer = application(
            {"REQUEST_METHOD": "POST", "PATH_INFO": "/api/v1/outbox", "QUERY_STRING": "", "SCRIPT_NAME": "",
             "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost", "SERVER_PROTOCOL": "HTTP/1.1",
             "HTTP_AUTHORIZATION": f"Bearer {token}", "CONTENT_TYPE": "application/json",
             "CONTENT_LENGTH": str(len(body)), "wsgi.url_scheme": "http", "wsgi.input": BytesIO(body),
             "wsgi.errors": BytesIO()},
            lambda status, headers, error=None: statuses.append(status),
        )  # fmt: skip
        said = json.loads(b"".join(answer))
        answer.close()
        if not statuses[0].startswith("200") or {each["status"] for each in said["results"]} != {"applied"}:
            raise RuntimeError(f"{statuses[0]}: {said}")
        return count

    def bare() -> int:
        with transaction.atomic():
            JournalEntry.objects.create(at=clock.now(), actor="bench", verb="bench", subject="bench", values={})
        return 1

    floor = rate(bare, seconds)
    for count in (1, 30):
        found = rate(lambda count=count: post(count), seconds)  # type: ignore[misc]
        print(f"outbox, {count} à la fois : {found:,.0f} avis/s ; {found / floor:.2f} × l'insertion nue")
    again = rate(bare, seconds)
    print(f"insertion nue : {floor:,.0f}/s, puis {again:,.0f}/s ({connection.vendor})")

    consultation = Consultation.objects.get(slug=other.consultation)
    reader = User.objects.get(email=other.agents[1].email)
    themes = list(consultation.themes.all())
    organisations = list(Organisation.objects.filter(partnerships__consultation=consultation))
    for sheets, people in ((50, 500), (100, 1_000), (200, 2_000)):
        known = ActionSheet.objects.filter(consultation=consultation).count()
        for number in range(known + 1, sheets + 1):
            sheet = ActionSheet.objects.create(
                consultation=consultation, number=number, title=f"Action {number}", state=SheetState.READY
            )
            sheet.themes.set([themes[number % 6]])
        present = Participant.objects.filter(consultation=consultation).count()
        contacts = Contact.objects.bulk_create(
            Contact(organisation=organisations[rank % len(organisations)], name=f"P {rank}", email=f"b{rank}@b.example")
            for rank in range(present, people)
        )
        Participant.objects.bulk_create(
            Participant(consultation=consultation, organisation=contact.organisation, contact=contact)
            for contact in contacts
        )
        Opinion.objects.filter(participant__consultation=consultation).delete()
        rows = list(ActionSheet.objects.filter(consultation=consultation).values_list("pk", flat=True))
        ids = list(Participant.objects.filter(consultation=consultation).values_list("pk", flat=True))
        Opinion.objects.bulk_create(
            (
                Opinion(participant_id=pk, sheet_id=sheet, value=("continue", "unknown", "adapt")[(pk + sheet) % 3],
                        updated_at=clock.now())
                for pk in ids for sheet in rows if (pk + sheet) % 2
            ),
            batch_size=2_000,
        )  # fmt: skip
        with CaptureQueriesContext(connection) as captured:
            start = time.perf_counter()
            gather_results(consultation, reader)
            spent = time.perf_counter() - start
        asked = len(rows) * len(ids)
        print(f"résultats, {len(rows)} fiches × {len(ids)} partenaires : {spent:.2f} s, {len(captured)} requêtes, "
              f"{spent / asked * 1e6:.1f} µs par avis demandé")  # fmt: skip


def main() -> None:
    if os.environ.get("PARVIS_BENCH_HOME"):
        measure(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0)
        return
    with tempfile.TemporaryDirectory() as home:
        homes = {"PARVIS_HOME": home, "PARVIS_BENCH_HOME": home}
        env = {**os.environ, **homes, "DJANGO_SETTINGS_MODULE": "parvis.config.settings"}
        raise SystemExit(subprocess.call([sys.executable, "-m", "bench.outbox", *sys.argv[1:]], env=env))


if __name__ == "__main__":
    main()
