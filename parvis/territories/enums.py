from django.db.models import TextChoices


class TerritoryKind(TextChoices):
    """From the widest to the narrowest."""

    INTERCOMMUNALITY = "intercommunality", "Agglomération"
    MUNICIPALITY = "municipality", "Commune"
    NEIGHBOURHOOD = "neighbourhood", "Quartier prioritaire"
