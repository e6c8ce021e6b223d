from django.db.models import TextChoices


class RoleKind(TextChoices):
    """What an agent may do on a territory, and below it."""

    ADMINISTRATOR = "administrator", "Administration"
    COORDINATOR = "coordinator", "Coordination"
    FACILITATOR = "facilitator", "Animation"
    MODERATOR = "moderator", "Modération"
    ELECTED = "elected", "Élu·e"
    READER = "reader", "Lecture"
