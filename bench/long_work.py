"""What who speaks waits for while long work is written: `python -m bench.long_work`.

On SQLite, then on PostgreSQL if `DATABASE_URL` is set: a partner records one opinion after another, twenty-five a
second, by the door of the outbox; beside her, in the same process, an agent imports 2,000 partners, 500 sheets, 5,000
territories, reports of 4,900 and of 20,000 lines, looks through blocks of the long one, and publishes it. For each:
how long the work took, and what an opinion waited, at most and for 95 of 100.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from io import BytesIO
from typing import Final

from bench.places import ROOT, places

PAUSE: Final = 0.04
_PUBLISHED: Final = 5_000
"""Contributions of the report that is published: ten times those of a usual one."""

Work = Callable[[], object]


def partners(count: int) -> str:
    """A directory of `count` organisations, each with someone and two themes."""
    head = "Organisme;Type;Contact;Fonction;Courriel;Téléphone;Référent;Thématiques\n"
    return head + "".join(
        f"Organisme {rank};Association;Personne {rank};Chargée de mission;p{rank}@exemple.invalid;"
        f"01 99 00 00 01;oui;Santé | Habitat\n"
        for rank in range(count)
    )


def sheets(count: int) -> str:
    """A table of `count` actions of two themes."""
    text = "Accompagner les habitants vers les droits et l'emploi. " * 20
    return "Intitulé;Thématiques;Porteur;Financeurs;Description\n" + "".join(
        f"Action importée {rank};Santé | Habitat;Organisme {rank};État : 12 000 €;{text}\n" for rank in range(count)
    )


def territories(count: int) -> str:
    """`count` towns of ten agglomerations."""
    return "code_insee,nom,siren_epci,lib_epci\n" + "".join(
        f"{rank + 30_000:05},Commune {rank},2998{rank % 10:05},Agglomération {rank % 10}\n" for rank in range(count)
    )


def report(count: int) -> bytes:
    """A report of `count` lines under one theme."""
    lines = (f"{rank}. Le bus numéro {rank} manque le soir et le dimanche\n" for rank in range(1, count))
    return ("Santé\nDéfis\n" + "".join(lines)).encode()


class Speaker(threading.Thread):
    """Records opinions, one after the other, and notes what each waited for."""

    def __init__(self, token: str, sheets: list[str]) -> None:
        super().__init__(daemon=True)
        from django.core.wsgi import get_wsgi_application

        self.token, self.sheets, self.waits, self.refused = token, sheets, list[float](), 0
        self.stopping = threading.Event()
        self._application, self._seq = get_wsgi_application(), 0

    def run(self) -> None:
        while not self.stopping.wait(PAUSE):
            begun = time.perf_counter()
            self.refused += not self._speak()
            self.waits.append(time.perf_counter() - begun)

    def beside(self, work: Work) -> tuple[float, list[float], int]:
        """How long `work` took, what opinions waited meanwhile, and how many were refused."""
        gc.collect()
        time.sleep(1)
        before, refused, begun = len(self.waits), self.refused, time.perf_counter()
        work()
        spent = time.perf_counter() - begun
        time.sleep(0.2)
        return spent, self.waits[before:], self.refused - refused

    def _speak(self) -> bool:
        self._seq += 1
        op = {"op_id": str(uuid.uuid4()), "seq": self._seq, "kind": "opinion", "value": "continue",
              "sheet": self.sheets[self._seq % len(self.sheets)]}  # fmt: skip
        body = json.dumps({"device": "bench", "ops": [op]}).encode()
        statuses: list[str] = []
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": "/api/v1/outbox", "QUERY_STRING": "", "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost", "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_AUTHORIZATION": f"Bearer {self.token}", "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)), "wsgi.url_scheme": "http", "wsgi.input": BytesIO(body),
            "wsgi.errors": BytesIO(),
        }  # fmt: skip
        answer = self._application(environ, lambda status, headers, error=None: statuses.append(status))
        answered = b"".join(answer)
        answer.close()
        return statuses[0].startswith("200") and b'"applied"' in answered


def measure() -> dict[str, dict[str, float]]:
    """Each work, alone beside one who speaks."""
    import django

    django.setup()
    from parvis.cli.trial_build import build_trial

    side, _ = build_trial()
    speaker = Speaker(side.participants[0].token, side.sheets)
    speaker.start()
    measured = {}
    for name, work in _works(side.consultation, side.meeting):
        spent, waits, refused = speaker.beside(work)
        ranked = sorted(waits)
        measured[name] = {"spent": spent, "longest": ranked[-1], "p95": ranked[int(len(ranked) * 0.95)],
                          "heard": len(ranked), "refused": refused}  # fmt: skip
    speaker.stopping.set()
    speaker.join()
    return measured


def _works(consultation_slug: str, meeting_code: str) -> list[tuple[str, Work]]:
    from parvis.consultations.models import Consultation
    from parvis.consultations.operations.import_partners import import_partners
    from parvis.meetings.models import Meeting, Minutes
    from parvis.meetings.operations.import_report import import_report
    from parvis.meetings.operations.publish_minutes import publish_minutes
    from parvis.meetings.operations.review import check_lines
    from parvis.meetings.operations.waiting_reports import keep_reports, read_waiting
    from parvis.meetings.operations.working_text import undo_change
    from parvis.people.models import User
    from parvis.publishing.operations.submit_draft import submit_draft
    from parvis.reading.spreadsheets import read_pasted
    from parvis.sheets.operations.import_sheets import import_sheets
    from parvis.territories.operations.import_territories import import_territories

    consultation = Consultation.objects.get(slug=consultation_slug)
    meeting = Meeting.objects.get(code=meeting_code)
    agent = User.objects.filter(roles__territory=consultation.territory, roles__kind="coordinator").get()
    grids = [read_pasted(partners(2_000)), read_pasted(sheets(500))]

    def long_report() -> None:
        keep_reports(agent, meeting, [("long.txt", report(20_000))])
        read_waiting()

    def look_through() -> None:
        minutes = Minutes.objects.get(meetings=meeting)
        codes = list(minutes.lines.order_by("position").values_list("code", flat=True))
        for start in range(0, 1_000, 100):
            check_lines(agent, minutes, codes[start : start + 100])

    def publish() -> None:
        other = Meeting.objects.create(
            consultation=consultation, title="Courte", starts_at=meeting.starts_at, territory=consultation.territory
        )
        minutes = import_report(agent, other, report(_PUBLISHED), "publié.txt").minutes
        if minutes is None:
            raise RuntimeError("nothing was imported")
        consultation.steps.all().delete()
        submit_draft(agent, minutes)
        publish_minutes(agent, minutes)

    return [
        ("2 000 partenaires", lambda: import_partners(agent, consultation, grids[0])),
        ("les mêmes partenaires à nouveau", lambda: import_partners(agent, consultation, grids[0])),
        ("500 fiches", lambda: import_sheets(agent, consultation, grids[1])),
        ("les mêmes fiches à nouveau", lambda: import_sheets(agent, consultation, grids[1])),
        ("5 000 territoires", lambda: import_territories(None, territories(5_000))),
        ("compte-rendu, 4 900 lignes", lambda: import_report(agent, meeting, report(4_900), "court.txt")),
        ("le même, annulé", lambda: undo_change(agent, Minutes.objects.get(meetings=meeting))),
        ("compte-rendu, 20 000 lignes", long_report),
        ("dix blocs de 100 lignes, vérifiés", look_through),
        (f"publier {_PUBLISHED} contributions", publish),
    ]


def main() -> None:
    for place in places():
        print(f"{place.name:34} durée   attente max   95 %   avis  refusés")
        answer = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "bench.long_work", "--here"],
            cwd=ROOT, env=place.env | {"PARVIS_LOG": "CRITICAL"}, check=True, stdout=subprocess.PIPE,
        )  # fmt: skip
        for name, figures in json.loads(answer.stdout).items():
            print(f"  {name:32} {figures['spent']:5.2f} s {figures['longest']:9.2f} s {figures['p95']:6.2f} s "
                  f"{figures['heard']:5.0f} {figures['refused']:6.0f}")  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:2] == ["--here"]:
        print(json.dumps(measure()))
    else:
        main()
