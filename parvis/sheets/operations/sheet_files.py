"""The picture of a sheet and the files joined to it."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from parvis.core import journal
from parvis.core.errors import RefusedInput
from parvis.people.models import User
from parvis.reading.attachments import Attachment
from parvis.reading.pictures import Picture
from parvis.sheets.enums import FileKind
from parvis.sheets.models import ActionSheet, SheetFile

MAX_ATTACHMENTS: Final = 10
_EXTENSIONS: Final = {"image/png": "png", "image/jpeg": "jpg"}


@transaction.atomic
def put_picture(actor: User, sheet: ActionSheet, picture: Picture, alt: str) -> SheetFile:
    """Give `sheet` its picture, in place of the one it had. An empty `alt`: it says nothing that words do not."""
    _locked(sheet)
    sheet.files.filter(kind=FileKind.PICTURE).delete()
    held = SheetFile.objects.create(
        sheet=sheet,
        kind=FileKind.PICTURE,
        name=f"image-{sheet.number}.{_EXTENSIONS[picture.content_type]}",
        content_type=picture.content_type,
        alt=alt,
        data=picture.data,
        size=len(picture.data),
    )
    journal.record(actor, "put_picture", sheet, file=held.code, size=held.size, decorative=not alt)
    return held


@transaction.atomic
def describe_picture(actor: User, picture: SheetFile, alt: str) -> None:
    """Change the words that stand for a picture."""
    SheetFile.objects.filter(pk=picture.pk).update(alt=alt)
    journal.record(actor, "describe_picture", picture.sheet, file=picture.code, decorative=not alt)


@transaction.atomic
def attach_file(actor: User, sheet: ActionSheet, attachment: Attachment) -> SheetFile:
    """Join a file to `sheet`. Raises `RefusedInput` when it has `MAX_ATTACHMENTS` already."""
    _locked(sheet)
    if sheet.files.filter(kind=FileKind.ATTACHMENT).count() >= MAX_ATTACHMENTS:
        raise RefusedInput(f"Cette fiche a déjà {MAX_ATTACHMENTS} pièces jointes : retirez-en une d'abord.")
    held = SheetFile.objects.create(
        sheet=sheet,
        kind=FileKind.ATTACHMENT,
        name=attachment.name,
        content_type=attachment.content_type,
        data=attachment.data,
        size=len(attachment.data),
    )
    journal.record(actor, "attach_file", sheet, file=held.code, size=held.size)
    return held


@transaction.atomic
def remove_file(actor: User, file: SheetFile) -> None:
    """Take a file off its sheet, for ever."""
    SheetFile.objects.filter(pk=file.pk).delete()
    journal.record(actor, "remove_file", file.sheet, file=file.code, kind=file.kind)


def _locked(sheet: ActionSheet) -> None:
    """One at a time: two pictures sent at once leave one."""
    ActionSheet.objects.select_for_update().get(pk=sheet.pk)
