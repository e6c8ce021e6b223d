"""Agents and what they may do where."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from parvis.core.codes import new_code
from parvis.core.one_line import OneLineField
from parvis.people.enums import RoleKind
from parvis.territories.models import Territory


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str = "", **fields: Any) -> User:
        """An agent without password: she signs in with a code sent by mail."""
        user = self.model(email=email.strip().lower(), name=name, **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """An agent who works at the desk. Known by her address; no password, no address of her machine."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    email = models.EmailField("adresse électronique", unique=True)
    name = OneLineField("nom", max_length=120, blank=True)
    is_active = models.BooleanField("actif", default=True)
    wants_digest = models.BooleanField("veut le résumé du jour", default=True)
    digest_on = models.DateField("dernier résumé", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("créé le", auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "agent"
        verbose_name_plural = "agents"
        ordering = ["name", "email"]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def journal_name(self) -> str:
        return f"user:{self.code}"

    @property
    def journal_place(self) -> str:
        return self.code


class Role(models.Model):
    """What `user` may do on `territory` and below it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    territory = models.ForeignKey(Territory, models.CASCADE, related_name="roles")
    kind = models.CharField("rôle", max_length=20, choices=RoleKind)

    class Meta:
        verbose_name = "rôle"
        verbose_name_plural = "rôles"
        constraints = [models.UniqueConstraint(fields=["user", "territory", "kind"], name="role_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.territory}"
