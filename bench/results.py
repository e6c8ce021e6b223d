"""What the page of results costs as a consultation grows: `python -m bench.results`. SQLite, then `DATABASE_URL`.

Half of those asked answered. What is timed is the counting, queries included; not the drawing of the page.
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

from bench.places import ROOT, places

SIZES = ((50, 500), (100, 1_000), (200, 1_000), (200, 2_000))
VALUES = ("continue", "unknown", "adapt")


def measure(place: str) -> None:
    """Prints a line for each size: the best of three, as a busy machine only ever slows down."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from parvis.cli.trial_build import build_trial
    from parvis.consultations.models import Consultation
    from parvis.people.models import User
    from parvis.sheets.results import gather_results

    side, _ = build_trial()
    consultation = Consultation.objects.get(slug=side.consultation)
    reader = User.objects.get(email=side.agents[1].email)
    for sheets, people in SIZES:
        _grow(consultation, sheets, people)
        spent = []
        for _ in range(3):
            with CaptureQueriesContext(connection) as captured:
                start = time.perf_counter()
                gather_results(consultation, reader)
                spent.append(time.perf_counter() - start)
        best, asked = min(spent), sheets * people
        print(
            f"{place:11} {sheets:6} {people:7} {best:9.2f} s {len(captured):9} {best / asked * 1e6:20.2f}", flush=True
        )


def _grow(consultation: Any, sheets: int, people: int) -> None:
    """Bring the consultation to so many sheets and partners; every other one of those asked has answered."""
    from parvis.consultations.models import Participant
    from parvis.core import clock
    from parvis.people.models import Contact, Organisation
    from parvis.sheets.enums import SheetState
    from parvis.sheets.models import ActionSheet, Opinion

    themes = list(consultation.themes.all())
    organisations = list(Organisation.objects.filter(partnerships__consultation=consultation))
    known = ActionSheet.objects.filter(consultation=consultation).count()
    for number in range(known + 1, sheets + 1):
        title = f"Action {number}"
        sheet = ActionSheet.objects.create(
            consultation=consultation, number=number, title=title, state=SheetState.READY
        )
        sheet.themes.set([themes[number % len(themes)]])
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
            Opinion(participant_id=pk, sheet_id=sheet, value=VALUES[(pk + sheet) % 3], updated_at=clock.now())
            for pk in ids
            for sheet in rows
            if (pk + sheet) % 2
        ),
        batch_size=2_000,
    )


def main() -> None:
    print("résultats   fiches  partenaires   meilleur  requêtes  µs par avis demandé", flush=True)
    for place in places():
        words = [sys.executable, "-W", "ignore", "-m", "bench.results", "--here", place.name]
        subprocess.run(words, cwd=ROOT, env=place.env, check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        measure(sys.argv[2])
    else:
        main()
