from django.db.models import TextChoices


class RoleKind(TextChoices):
    """What an agent may do on a territory, and below it."""

    ADMINISTRATOR = "administrator", "Administration"
    COORDINATOR = "coordinator", "Coordination"
    FACILITATOR = "facilitator", "Animation"
    MODERATOR = "moderator", "Modération"
    ELECTED = "elected", "Élu·e"
    READER = "reader", "Lecture"


class College(TextChoices):
    """The grain of published figures: no organisation can be told in a college of five."""

    STATE = "state", "État"
    LOCAL_AUTHORITIES = "local_authorities", "Collectivités"
    SOCIAL_AND_HEALTH = "social_and_health", "Social et santé"
    HOUSING = "housing", "Habitat"
    EMPLOYMENT = "employment", "Emploi et entreprises"
    CIVIL_SOCIETY = "civil_society", "Société civile"


FORMER_COLLEGES = {"housing_and_employment": "Habitat et emploi"}
"""Colleges that are no more: figures frozen and stickers counted under them are read as they are."""


def college_name(college: str) -> str:
    """As it is printed, a former one too."""
    return FORMER_COLLEGES.get(college) or str(College(college).label)


class OrganisationType(TextChoices):
    PREFECTURE = "prefecture", "Préfecture"
    DDETS = "ddets", "DDETS"
    ARS = "ars", "Agence régionale de santé (ARS)"
    REGION = "region", "Région"
    DEPARTEMENT = "departement", "Département"
    INTERCOMMUNALITY = "intercommunality", "Agglomération (EPCI)"
    MUNICIPALITY = "municipality", "Commune"
    MUNICIPAL_SERVICE = "municipal_service", "Service municipal"
    CCAS = "ccas", "CCAS"
    CAF = "caf", "CAF"
    CPAM = "cpam", "Assurance maladie (CPAM)"
    LANDLORD = "landlord", "Bailleur social"
    FRANCE_TRAVAIL = "france_travail", "France Travail"
    MISSION_LOCALE = "mission_locale", "Mission locale"
    EDUCATION = "education", "Éducation nationale"
    JUSTICE_POLICE = "justice_police", "Justice, police"
    PREVENTION = "prevention", "Prévention spécialisée"
    ASSOCIATION = "association", "Association"
    CENTRE_SOCIAL = "centre_social", "Centre social"
    COMPANY = "company", "Entreprise"
    CITIZENS_COUNCIL = "citizens_council", "Conseil citoyen, table de quartier"
    BANQUE_DES_TERRITOIRES = "banque_des_territoires", "Banque des Territoires"
    CHAMBER = "chamber", "Chambre consulaire"
    OTHER = "other", "Autre"


COLLEGE_OF = {
    OrganisationType.PREFECTURE: College.STATE,
    OrganisationType.DDETS: College.STATE,
    OrganisationType.ARS: College.STATE,
    OrganisationType.EDUCATION: College.STATE,
    OrganisationType.JUSTICE_POLICE: College.STATE,
    OrganisationType.BANQUE_DES_TERRITOIRES: College.STATE,
    OrganisationType.REGION: College.LOCAL_AUTHORITIES,
    OrganisationType.DEPARTEMENT: College.LOCAL_AUTHORITIES,
    OrganisationType.INTERCOMMUNALITY: College.LOCAL_AUTHORITIES,
    OrganisationType.MUNICIPALITY: College.LOCAL_AUTHORITIES,
    OrganisationType.MUNICIPAL_SERVICE: College.LOCAL_AUTHORITIES,
    OrganisationType.CCAS: College.SOCIAL_AND_HEALTH,
    OrganisationType.CAF: College.SOCIAL_AND_HEALTH,
    OrganisationType.CPAM: College.SOCIAL_AND_HEALTH,
    OrganisationType.PREVENTION: College.SOCIAL_AND_HEALTH,
    OrganisationType.LANDLORD: College.HOUSING,
    OrganisationType.FRANCE_TRAVAIL: College.EMPLOYMENT,
    OrganisationType.MISSION_LOCALE: College.EMPLOYMENT,
    OrganisationType.COMPANY: College.EMPLOYMENT,
    OrganisationType.CHAMBER: College.EMPLOYMENT,
    OrganisationType.CITIZENS_COUNCIL: College.CIVIL_SOCIETY,
    OrganisationType.ASSOCIATION: College.CIVIL_SOCIETY,
    OrganisationType.CENTRE_SOCIAL: College.CIVIL_SOCIETY,
    OrganisationType.OTHER: College.CIVIL_SOCIETY,
}
STATE_TYPES = frozenset(kind for kind, college in COLLEGE_OF.items() if college == College.STATE)
