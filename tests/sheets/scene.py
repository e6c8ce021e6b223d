"""A consultation whose partners speak: the scene of the minutes, with sheets, organisations and participants.

The review phase is open. `caf` and `ddets` have two people each, `asso` one; `port` is elsewhere.
"""

from __future__ import annotations

import datetime
import itertools
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from parvis.consultations.enums import PhaseControl, PhaseKind
from parvis.consultations.models import Consultation, Participant, Partner, Phase, Theme
from parvis.consultations.operations.devices import add_device
from parvis.consultations.outbox import Result, apply_ops
from parvis.core import clock
from parvis.people.enums import OrganisationType
from parvis.people.models import Contact, Organisation
from parvis.publishing.models import Edition
from parvis.publishing.operations.pass_step import pass_step
from parvis.publishing.operations.submit_draft import submit_draft
from parvis.publishing.validation import next_step
from parvis.sheets.enums import SheetState
from parvis.sheets.models import ActionSheet, ResultsRelease
from parvis.sheets.operations.publish_results import publish_results
from parvis.sheets.operations.share_results import share_with_leads
from tests.meetings.scene import Scene, make_scene


@dataclass
class Sheets:
    """What the tests of partners need. `scene` has the agents."""

    scene: Scene
    consultation: Consultation
    phase: Phase
    caf: Organisation
    ddets: Organisation
    asso: Organisation
    permis: ActionSheet
    velo: ActionSheet
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def participant(self, organisation: Organisation, name: str = "Une personne") -> Participant:
        """A new person of an organisation, invited by name."""
        contact = Contact.objects.create(
            organisation=organisation, name=name, email=f"{uuid.uuid4().hex[:8]}@organisme.example"
        )
        return Participant.objects.create(consultation=self.consultation, organisation=organisation, contact=contact)

    def key(self, participant: Participant) -> str:
        return add_device(participant)

    def sheet(self, title: str, *themes: Theme, **fields: Any) -> ActionSheet:
        values: dict[str, Any] = {"number": 100 + next(self.numbers), "state": SheetState.READY}
        made = ActionSheet.objects.create(consultation=self.consultation, title=title, **values | fields)
        made.themes.set(themes or [self.scene.jobs])
        return made

    def opine(self, participant: Participant, sheet: ActionSheet, value: str | None, **more: Any) -> Result:
        """One operation through the outbox, with the next clock."""
        participant.refresh_from_db()
        op = {"op_id": str(uuid.uuid4()), "seq": participant.clock + 1, "kind": "opinion", "sheet": sheet.code,
              "value": value, **more}  # fmt: skip
        return apply_ops(participant, "essai", [op]).results[0]


def organisation(scene: Scene, name: str, kind: OrganisationType) -> Organisation:
    """In the directory, and a partner of the consultation for every theme and every place."""
    made = Organisation.objects.create(territory=scene.consultation.territory, name=name, type=kind)
    Partner.objects.create(consultation=scene.consultation, organisation=made)
    return made


def make_sheets() -> Sheets:
    scene = make_scene()
    phase = Phase.objects.create(
        consultation=scene.consultation, kind=PhaseKind.REVIEW, control=PhaseControl.OPEN, position=1
    )
    sheets = [
        ActionSheet.objects.create(
            consultation=scene.consultation, number=number, title=title, summary=summary, state=SheetState.READY
        )
        for number, title, summary in (
            (1, "Permis de conduire solidaire", "Passer son permis pour aller travailler."),
            (2, "Atelier vélo", "Réparer, apprendre, rouler."),
        )
    ]
    sheets[0].themes.set([scene.jobs])
    sheets[1].themes.set([scene.health])
    return Sheets(
        scene=scene,
        consultation=scene.consultation,
        phase=phase,
        caf=organisation(scene, "CAF", OrganisationType.CAF),
        ddets=organisation(scene, "DDETS", OrganisationType.DDETS),
        asso=organisation(scene, "Les Vélos du Quartier", OrganisationType.ASSOCIATION),
        permis=sheets[0],
        velo=sheets[1],
    )


def close_review(world: Sheets) -> None:
    """The review phase is over: it was opened long ago, and closed by hand."""
    world.phase.control, world.phase.opens_on = PhaseControl.CLOSED, datetime.date(2026, 1, 1)
    world.phase.save()


def published_results(world: Sheets) -> None:
    """Closed, opened to the leads a month ago, published today."""
    shared_results(world)
    publish(world)


def shared_results(world: Sheets, meanwhile: Callable[[], object] = lambda: None) -> ResultsRelease:
    """Closed, opened to the leads a month ago, for ten days: they did `meanwhile`."""
    close_review(world)
    with clock.at(clock.now() - datetime.timedelta(days=30)):
        release = share_with_leads(world.scene.alice, world.consultation, clock.today() + datetime.timedelta(days=10))
        meanwhile()
    return release


def publish(world: Sheets) -> Edition:
    """Pass every step, then publish."""
    return publish_results(world.scene.alice, validated_results(world))


def validated_results(world: Sheets) -> ResultsRelease:
    """Sent to validation, every step passed."""
    release = ResultsRelease.objects.get(consultation=world.consultation)
    submit_draft(world.scene.alice, release)
    while (step := next_step(release)) is not None:
        pass_step(world.scene.alice, release, step)
    return release
