"""Which forms came already: a key is taken before the operation, in a transaction of its own.

What writes by lots, each in a transaction of its own, may so be sent once too.

No journal row: what the form does writes its own.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction

from parvis.core import clock
from parvis.core.uniqueness import broke_uniqueness
from parvis.people.models import SentForm, User


def take_form_key(user: User, key: str, content_hash: str) -> SentForm | None:
    """None for who comes first, and is to do what the form asks; else what came before under this key."""
    while True:
        try:
            with transaction.atomic():
                SentForm.objects.create(user=user, key=key, content_hash=content_hash, sent_at=clock.now())
            return None
        except IntegrityError as error:
            if not broke_uniqueness(error):
                raise
        before = SentForm.objects.filter(user=user, key=key).first()
        if before is not None:  # else it was refused meanwhile, and released
            return before


def record_form_answer(user: User, key: str, address: str) -> None:
    """It was done; its answer led to `address`."""
    SentForm.objects.filter(user=user, key=key).update(address=address)


def release_form_key(user: User, key: str) -> None:
    """It was refused: corrected, it may come again."""
    SentForm.objects.filter(user=user, key=key, address="").delete()
