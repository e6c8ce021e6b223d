"""The territories, and for each of them all those it lies in."""

from __future__ import annotations

from django.db import models

from parvis.core.codes import new_code
from parvis.core.derived import DerivedCharField, DerivedModel
from parvis.territories.enums import TerritoryKind


class Territory(DerivedModel):
    """A node of the tree: agglomération > commune > quartier prioritaire.

    A QPV that straddles towns has one `parent` and lies `also_in` the others: a right given on either holds on it.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    kind = models.CharField("nature", max_length=20, choices=TerritoryKind)
    name = models.CharField("nom", max_length=120)
    official_code = models.CharField(
        "code officiel", max_length=12, help_text="SIREN de l'EPCI, code INSEE de la commune ou code du QPV."
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="fait partie de"
    )
    also_in = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="straddlers")
    outline = models.JSONField(
        "contour", null=True, blank=True, help_text="Géométrie GeoJSON, longitude puis latitude."
    )
    renamed = models.BooleanField("renommé ici", default=False, help_text="Les fichiers officiels n'y touchent plus.")
    hidden = models.BooleanField("caché", default=False, help_text="Ni proposé ni montré au public, lui et au-dessous.")
    sort_key = DerivedCharField(max_length=120, db_index=True, sources=["name"])

    class Meta:
        verbose_name = "territoire"
        verbose_name_plural = "territoires"
        ordering = ["sort_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "official_code"], name="territory_official_code_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_name(self) -> str:
        return f"territory:{self.code}"

    @property
    def journal_place(self) -> str:
        return self.code


class TerritoryAncestry(models.Model):
    """`territory` lies in `ancestor`. Each territory lies in itself. Kept by `operations.link_ancestry`."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="above")
    ancestor = models.ForeignKey(Territory, models.CASCADE, related_name="below")

    class Meta:
        verbose_name = "appartenance territoriale"
        verbose_name_plural = "appartenances territoriales"
        constraints = [
            models.UniqueConstraint(fields=["territory", "ancestor"], name="territory_ancestor_once"),
        ]

    def __str__(self) -> str:
        return f"{self.territory_id} < {self.ancestor_id}"
