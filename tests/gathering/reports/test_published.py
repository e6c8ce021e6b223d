"""What moderation hid is not in the tree at all: no page and no file can show it."""

from __future__ import annotations

from parvis.consultations.models import Contribution
from parvis.documents.report import Report
from parvis.gathering.reports.draft import draft_report
from parvis.gathering.reports.published import meeting_report
from parvis.meetings.models import Minutes
from parvis.publishing.enums import FlagReason
from parvis.publishing.models import EditionLine
from parvis.publishing.operations.erase_contribution import erase_contribution
from parvis.publishing.operations.hide_contribution import hide_contribution
from parvis.publishing.operations.hide_line import hide_line
from parvis.publishing.operations.reopen_draft import reopen_draft
from tests.meetings.scene import Scene

BUS = "Le dernier bus part trop tôt"
FILES = "Les dossiers se font en ligne"
INTRODUCTION = "Les partenaires se sont retrouvés à la maison de quartier."


def published(scene: Scene) -> Report:
    report = meeting_report(scene.meeting)
    assert report is not None
    return report


def numbers_of(report: Report) -> list[tuple[str | None, bool]]:
    return [(item.number, item.hidden) for item in report.themes[0].items]


def salt_of(contribution: Contribution) -> str:
    salt = EditionLine.objects.get(reference=contribution.journal_name).salt
    assert salt
    return salt


def test_published_report_is_the_edition(scene: Scene) -> None:
    scene.published()
    report = published(scene)
    bus = next(report.themes[0].items)
    assert (bus.text, bus.number, bus.salt, bus.digest) == (
        BUS,
        "1",
        salt_of(Contribution.objects.get(text=BUS)),
        EditionLine.objects.get(content__text=BUS).digest,
    )
    assert (report.draft, report.number, report.latest, report.summary) == (
        False,
        1,
        True,
        "3 défis, 1 atout et 3 propositions",
    )


def test_hidden_line_keeps_its_place_and_neither_words_nor_salt(scene: Scene) -> None:
    scene.published()
    bus, files = Contribution.objects.get(text=BUS), Contribution.objects.get(text=FILES)
    salts = [salt_of(bus), salt_of(files)]
    hide_contribution(scene.chloe, bus, reason=FlagReason.PERSON)
    erase_contribution(scene.chloe, files)
    hide_line(scene.chloe, EditionLine.objects.get(role="introduction"), reason=FlagReason.PERSON)
    report = published(scene)
    assert numbers_of(report) == [("1", True), ("2", True), ("1", False), ("1", False)]
    assert [paragraph.hidden for paragraph in report.introduction] == [True]
    for secret in (BUS, FILES, "sans ordinateur", INTRODUCTION, *salts):
        assert secret not in repr(report)


def test_draft_does_not_hold_what_was_hidden_in_former_editions(scene: Scene) -> None:
    minutes = scene.published()
    hide_contribution(scene.chloe, Contribution.objects.get(text=FILES), reason=FlagReason.PERSON)
    hide_line(scene.chloe, EditionLine.objects.get(role="introduction"), reason=FlagReason.PERSON)
    reopen_draft(scene.alice, minutes)
    report = draft_report(Minutes.objects.get(pk=minutes.pk))
    assert numbers_of(report) == [("1", False), ("2", True), ("1", False), ("1", False)]
    for secret in (FILES, "sans ordinateur", INTRODUCTION):
        assert secret not in repr(report)
    assert BUS in repr(report)
