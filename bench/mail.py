"""Codes leave at once, and no mail is lost or doubled, whatever the mail server does: `python -m bench.mail [MAILS]`.

MAILS invitations (500) are queued in a real `parvis serve`; while they leave, agents ask for their codes, one a second.
The mail server is ours and counts: sound, slow, hanging on every partner, refusing one address in ten, hanging up every
twenty mails; last, `parvis serve` is killed (-9) in the middle and started again. SQLite, then PostgreSQL when
`DATABASE_URL` names a server.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import requests

from bench.fake_smtp import FakeSmtp
from bench.places import Place, places
from bench.served import Served

CODES = 20
TIMEOUT = 2
"""Seconds that Parvis gives the mail server here, so that a measure ends."""
STILL = 45
"""Seconds without a mail after which nothing more is expected: longer than the first rest of a lane."""
_MAKE = """
from parvis.consultations.models import Consultation
from parvis.consultations.operations.invitations import invite_contact
from parvis.consultations.operations.send_invitations import queue_invitations
from parvis.people.models import Contact, Organisation, User
cycle = Consultation.objects.order_by("pk")[0]
for number in range({codes}):
    User.objects.get_or_create(email=f"agent{{number}}.{name}@ville.example")
house = Organisation.objects.create(territory=cycle.territory, name="Essai {name}")
people = [Contact(organisation=house, email=f"p{{number}}.{name}@organisme.example") for number in range({mails})]
for each in people:
    each.save()
lead = User.objects.filter(roles__kind="coordinator").order_by("pk")[0]
queue_invitations(lead, [invite_contact(None, cycle, each) for each in people])
"""
_COUNT = """
import json
from django.db.models import Count
from parvis.core.models import OutgoingMail
asked = OutgoingMail.objects.filter(invitation__contact__email__contains=".{name}@").order_by()
rows = list(asked.values_list("state").annotate(Count("pk")))
unsure = list(asked.filter(state__in=["cut", "sending"]).values_list("invitation__contact__email", flat=True))
print(json.dumps([dict(rows), unsure]))
"""


@dataclass(frozen=True, slots=True)
class Trial:
    """`codes`: seconds from the request to the mail server, sorted. `states`: invitations in each state at the end.

    `lost`: those that the server did not get and that no state explains; `twice`: those it got more than once.
    """

    name: str
    codes: list[float]
    states: dict[str, int]
    lost: int
    twice: int
    connections: int

    def __str__(self) -> str:
        late = f"{self.codes[-1]:.2f} s" if self.codes else "jamais"
        p95 = f"{self.codes[int(len(self.codes) * 0.95) - 1]:.2f} s" if self.codes else "jamais"
        return (f"{self.name} : {len(self.codes)} codes, 95 % en {p95}, le dernier en {late} ; {self.states} ; "
                f"perdus {self.lost}, en double {self.twice} ; {self.connections} connexions")  # fmt: skip

    @property
    def holds(self) -> bool:
        return len(self.codes) == CODES and self.codes[-1] <= 5 and self.lost == self.twice == 0


def run(place: Place, name: str, misbehave: Callable[[FakeSmtp], None], *, mails: int, kill: bool = False,
        patience: float = 200, codes: int = CODES) -> Trial:  # fmt: skip
    """One behaviour of the mail server, from the queuing until nothing moves or `patience` seconds have passed."""
    with FakeSmtp() as smtp:
        misbehave(smtp)
        env = {"PARVIS_MAIL_URL": f"smtp://127.0.0.1:{smtp.port}", "PARVIS_MAIL_TIMEOUT": str(TIMEOUT)}
        place = Place(place.name, place.env | env)
        with Served(place) as served:
            made = place.parvis("manage", "shell", "-c", _MAKE.format(name=name, mails=mails, codes=codes))
            if made.returncode:
                raise RuntimeError(made.stderr)
            asked: dict[str, float] = {}
            killed = not kill
            for number in range(codes):
                email = f"agent{number}.{name}@ville.example"
                asked[email] = _ask_code(served.port, email)
                time.sleep(1)
                if not killed and smtp.total > mails // 4:
                    served.kill()
                    served.start()
                    killed = True
            over = time.monotonic() + patience
            moved, before = time.monotonic(), -1
            while time.monotonic() < min(over, moved + STILL):
                states, _ = _count(place, name)
                if states.get("waiting", 0) + states.get("sending", 0) == 0:
                    break
                if smtp.total != before:
                    moved, before = time.monotonic(), smtp.total
                time.sleep(2 * TIMEOUT)
        states, unsure = _count(place, name)  # nothing moves any more
        got = Counter({address: count for address, count in smtp.accepted.items() if f".{name}@organisme" in address})
        explained = states.get("waiting", 0) + states.get("refused", 0) + sum(each not in got for each in unsure)
        lost = mails - len(got) - explained
        twice = sum(count > 1 for count in got.values())
        return Trial(f"{place.name}, {name}", _codes(smtp, asked), states, lost, twice, smtp.connections)


def _ask_code(port: int, email: str) -> float:
    """Ask for a code as a browser does; when it was asked."""
    with requests.Session() as browser:
        address = f"http://localhost:{port}/gestion/connexion/"
        page = browser.get(address, timeout=30).text
        token = re.search(r'name="csrfmiddlewaretoken" value="(.+?)"', page)
        assert token is not None
        since = time.monotonic()
        browser.post(address, {"email": email, "csrfmiddlewaretoken": token[1]}, timeout=30).raise_for_status()
        return since


def _count(place: Place, name: str) -> tuple[dict[str, int], list[str]]:
    """Invitations in each state, and the addresses of those of which nobody knows whether they arrived."""
    states, unsure = json.loads(place.parvis("manage", "shell", "-v", "0", "-c", _COUNT.format(name=name)).stdout)
    return states, unsure


def _codes(smtp: FakeSmtp, asked: dict[str, float]) -> list[float]:
    return sorted(smtp.arrived[email] - since for email, since in asked.items() if email in smtp.arrived)


def _partner(address: str) -> bool:
    return address.endswith("@organisme.example")


def _slowly(smtp: FakeSmtp, seconds: float) -> None:
    def answer(address: str) -> str:
        time.sleep(seconds)
        return "250 ok"

    smtp.at_content = answer


def _hang(smtp: FakeSmtp) -> None:
    def answer(address: str) -> str:
        if _partner(address):
            time.sleep(TIMEOUT + 5)
        return "250 ok"

    smtp.at_recipient = answer


def _refuse(smtp: FakeSmtp) -> None:
    _slowly(smtp, 0.02)
    smtp.at_recipient = lambda address: "550 5.1.1 unknown" if re.match(r"p\d*0\.", address) else "250 ok"


def _hang_up(smtp: FakeSmtp) -> None:
    """Every twentieth partner, before the content; every two hundredth, after it, without an answer."""
    count = itertools.count(1)
    smtp.at_recipient = lambda address: None if _partner(address) and next(count) % 20 == 0 else "250 ok"
    given = itertools.count(1)
    smtp.at_content = lambda address: None if _partner(address) and next(given) % 200 == 0 else "250 ok"


BEHAVIOURS: dict[str, tuple[Callable[[FakeSmtp], None], bool]] = {
    "sain": (lambda smtp: _slowly(smtp, 0.02), False),
    "lent": (lambda smtp: _slowly(smtp, 0.25), False),
    "pendu": (_hang, False),
    "refus": (_refuse, False),
    "raccroche": (_hang_up, False),
    "tue": (lambda smtp: _slowly(smtp, 0.05), True),
}
"""Name → how the mail server behaves, whether `parvis serve` is killed in the middle."""


def main() -> None:
    mails = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    broken = False
    for place in places():
        place.parvis("trial", "--json")
        for name, (misbehave, kill) in BEHAVIOURS.items():
            trial = run(place, name, misbehave, mails=mails, kill=kill)
            print(trial, flush=True)
            broken = broken or not trial.holds
    raise SystemExit(broken)


if __name__ == "__main__":
    main()
