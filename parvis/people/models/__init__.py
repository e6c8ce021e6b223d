from parvis.people.models.organisation import Contact, FollowUpConsent, Organisation
from parvis.people.models.provider_identity import ProviderIdentity
from parvis.people.models.sent_form import SentForm
from parvis.people.models.sign_in_link import SignInLink
from parvis.people.models.user import Role, User

__all__ = ["Contact", "FollowUpConsent", "Organisation", "ProviderIdentity", "Role", "SentForm", "SignInLink", "User"]
