"""People with accounts, their organisations, and the sessions of the two sites."""

from __future__ import annotations

import uuid
from typing import ClassVar, Literal

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class Side(models.TextChoices):
    """Where somebody signs in: the workshop or the reading room."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class Organisation(models.Model):
    """Where outside people belong."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes accounts; addresses are kept in lower case."""

    def create_user(
        self,
        *,
        email: str,
        name: str,
        side: Side,
        password: str | None = None,
        organisation: Organisation | None = None,
    ) -> User:
        """A new account on one side. Raises IntegrityError when the side has that address."""
        user = self.model(email=email.strip().lower(), name=name, side=side, organisation=organisation)
        user.set_password(password)
        user.save(force_insert=True)
        return user


class User(AbstractBaseUser):
    """Somebody who can sign in at one site. Holds no permission of its own: grants do."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200)
    side = models.CharField(max_length=7, choices=Side.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="people")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint("side", Lower("email"), name="address_once_per_side"),
            models.CheckConstraint(condition=models.Q(side__in=["inside", "outside"]), name="user_stands_on_a_side"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_superuser(self) -> Literal[False]:
        """Nobody is: guardian and Django would let a superuser through every check."""
        return False

    @property
    def is_staff(self) -> Literal[False]:
        """Nobody is."""
        return False

    def has_perm(self, perm: str, obj: object = None) -> Literal[False]:
        """Never by itself; `cases.access` asks the grants."""
        return False


class WorkshopSession(AbstractBaseSession):
    """A session of the workshop."""

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """The engine that reads this table."""
        from cases.accounts.workshop_sessions import SessionStore  # noqa: PLC0415  # the engine imports this module

        return SessionStore


class ReadingRoomSession(AbstractBaseSession):
    """A session of the reading room."""

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """The engine that reads this table."""
        from cases.accounts.reading_room_sessions import SessionStore  # noqa: PLC0415  # the engine imports this module

        return SessionStore
