"""What devices sent, each operation once: the log from which opinions are counted again."""

from __future__ import annotations

from django.db import models

from parvis.consultations.enums import OpStatus
from parvis.consultations.models.participant import Participant


class OutboxOp(models.Model):
    """One intention of a participant.

    `log` holds codes and numbers only. `content` is kept while it is needed: an operation that came too late, or before
    what it is about; it is dropped once applied, so that a text lives in one place and can be erased there.
    """

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="ops")
    op_id = models.UUIDField()
    device = models.CharField(max_length=40)
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=12)
    payload_hash = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=OpStatus, default=OpStatus.APPLIED)
    detail = models.CharField(max_length=200, blank=True)
    log = models.JSONField(default=dict)
    content = models.JSONField(null=True)
    target = models.UUIDField(null=True, db_index=True)
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = "opération reçue"
        verbose_name_plural = "opérations reçues"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["participant", "op_id"], name="outbox_op_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.op_id}"
