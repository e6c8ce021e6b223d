from parvis.people.models.sign_in_link import SignInLink
from parvis.people.models.user import Role, User

__all__ = ["Role", "SignInLink", "User"]
