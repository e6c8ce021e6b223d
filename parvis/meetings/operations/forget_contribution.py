"""Following an erasure: the copies of a contribution go, in drafts, their sources, their checks and editions."""

from __future__ import annotations

import re
from typing import Any, Final

from django.db.models import Q

from parvis.consultations.enums import ContributionState
from parvis.consultations.models import Contribution
from parvis.core.text import fold
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import Minutes, MinutesLine, MinutesSource, Note, NoteVersion
from parvis.meetings.operations.checking import text_shown
from parvis.meetings.operations.working_lines import provenance
from parvis.meetings.operations.working_text import grow
from parvis.publishing.operations.erase_contribution import ERASED
from parvis.publishing.operations.withhold_lines import erase_in_editions

JOINED: Final = "les mots d'une personne effacée y avaient été réunis : relisez ce qui reste"


def forget_erased_contribution(sender: object, kind: str, code: str, **extra: Any) -> None:
    """When a contribution is erased, the working text, its sources and the gestures that hold it are erased too.

    Runs inside the erasing transaction: either all copies go, or none.
    """
    if kind != "contribution_erased":
        return
    said: set[str] = set()
    for note in Note.objects.filter(contribution__code=code).order_by("id"):
        versions = NoteVersion.objects.filter(board=note.board_id, reference=note.reference)
        said |= {text for text in versions.order_by().values_list("text", flat=True) if text}
        versions.delete()
    words = {fold(text) for text in said}
    holder = Contribution.objects.filter(duplicates__code=code).first()
    holding = Minutes.objects.filter(
        Q(contributions__code=code)
        | Q(lines__contribution__code=code)
        | Q(meetings__board__notes__contribution__code=code)
    )
    for minutes in Minutes.objects.select_for_update().filter(pk__in=holding.order_by().values("pk")).order_by("id"):
        minutes.changes.all().delete()
        for line in minutes.lines.select_related("contribution").prefetch_related("source").order_by("position", "id"):
            _forget_double(line, words)
            if line.contribution is not None and line.contribution.code == code:
                _forget_line(line)
            elif taken := [origin for origin in line.origins if origin["contribution"] == code]:
                _take_words_out(line, taken)
        if holder is not None and minutes.contributions.filter(pk=holder.pk).exists():
            _forget_joined(minutes, holder, said)
        for other in minutes.contributions.exclude(code=code).order_by("id"):
            if _forget_double(other, words):
                erase_in_editions(other.journal_name)
        # What was sent to those present held the words too, in lines that may be gone: it is what stands from now on.
        minutes.checks.update(shown=text_shown(minutes))
        grow(minutes)


def _forget_double(holder: MinutesLine | Contribution, words: set[str]) -> bool:
    """Take out of what stands the words of its double, said twice in the room. Whether there were any.

    Where it was published, its line is forgotten whole: no part of a line can go without its digest. The next edition
    says again what stands.
    """
    left = [detail for detail in holder.details if fold(detail) not in words]
    if len(left) == len(holder.details):
        return False
    holder.details = left
    holder.save(update_fields=["details"])
    return True


def _forget_joined(minutes: Minutes, holder: Contribution, said: set[str]) -> None:
    """Take out of a contribution the words that an agent joined to it before they were published.

    As they were said; where the agent wrote them otherwise, the doubt tells her to look.
    """
    own = _first_words(holder)
    left = _without(holder.text, said, own)
    if left != holder.text:
        erase_in_editions(holder.journal_name)
        holder.text = left
        holder.save(update_fields=["text"])
    for line in minutes.lines.filter(contribution=holder):
        line.text, line.checked, line.doubt = _without(line.text, said, own), False, JOINED
        line.save(update_fields=["text", "checked", "doubt"])


def _first_words(contribution: Contribution) -> str:
    """All that its own note ever said in the room: those words are not another's."""
    note = Note.objects.filter(contribution=contribution).first()
    if note is None:
        return ""
    texts = NoteVersion.objects.filter(board=note.board_id, reference=note.reference).order_by("stamp")
    return "\n".join(text for text in texts.values_list("text", flat=True) if text)


def _without(text: str, said: set[str], own: str) -> str:
    """A text less each of these that stands whole in it, the last time: what is joined comes after. Never emptied."""
    for words in sorted(said, key=len, reverse=True):
        whole = re.compile(rf"\s*(?<!\w){re.escape(words)}(?!\w)")
        found = list(whole.finditer(text))
        if len(found) > len(whole.findall(own)):
            text = (text[: found[-1].start()] + text[found[-1].end() :]).strip() or text
    return text


def _forget_line(line: MinutesLine) -> None:
    """The line loses its words and its link: what is written there later is another contribution.

    Contributions it had taken in since the last edition find a line of their own again.
    """
    _blank_sources(provenance(line))
    taken = [origin["contribution"] for origin in line.origins if origin["contribution"]]
    line.text, line.details, line.place = ERASED, [], LinePlace.ASIDE
    line.contribution, line.origins, line.doubt = None, [], ""
    line.save()
    for other in Contribution.objects.filter(code__in=taken, state=ContributionState.VISIBLE).order_by("id"):
        MinutesLine.objects.create(
            minutes=line.minutes,
            position=line.position,
            place=LinePlace.ITEM,
            theme=other.theme,
            kind=other.kind,
            text=other.text,
            details=other.details,
            conclusion=other.conclusion,
            contribution=other,
            doubt="revenue telle que publiée : la ligne qui l'avait prise a été effacée",
        )


def _take_words_out(line: MinutesLine, taken: list[dict[str, Any]]) -> None:
    """A line that had taken the erased words in goes back to what it says in the last edition, or is forgotten."""
    if line.contribution is None:
        _forget_line(line)
        return
    _blank_sources(taken)
    line.text, line.details = line.contribution.text, line.contribution.details
    line.origins = [origin for origin in line.origins if origin not in taken]
    line.checked = False
    line.doubt = "revenue telle que publiée : elle contenait un texte qui vient d'être effacé"
    line.save()


def _blank_sources(passages: list[dict[str, Any]]) -> None:
    """Blank these passages of their sources, whole lines at a time."""
    for passage in passages:
        source = MinutesSource.objects.filter(code=passage["source"]).first() if passage["source"] else None
        if source is None or passage["first"] is None:
            continue
        last = min(passage["last"] or passage["first"], len(source.lines))
        for index in range(passage["first"] - 1, last):
            source.lines[index] = ERASED
        source.save(update_fields=["lines"])
