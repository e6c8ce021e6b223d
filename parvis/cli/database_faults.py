"""What a fault of the database says, in one French sentence with what to do."""

from __future__ import annotations

from typing import Final

_OF_SQLITE: Final = {
    "locked": "La base est occupée depuis plusieurs secondes : recommencez dans un moment.",
    "unable to open": "Le fichier de la base ne peut pas être ouvert : vérifiez PARVIS_HOME et vos droits.",
    "readonly": "Le fichier de la base est fermé en écriture : vérifiez PARVIS_HOME et vos droits.",
    "full": "Il n'y a plus de place sur le disque de PARVIS_HOME : libérez-en, puis recommencez.",
    "disk i/o": "Le disque de PARVIS_HOME ne répond pas comme il faut : vérifiez-le, et la place qui reste.",
    "not a database": "Le fichier de la base est abîmé : remettez une sauvegarde (parvis restore … --force).",
    "malformed": "Le fichier de la base est abîmé : remettez une sauvegarde (parvis restore … --force).",
}


def sentence_of(error: Exception) -> str | None:
    """None when it is not a fault of the database, or when a program of ours is at fault."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, OperationalError

    if isinstance(error, ImproperlyConfigured):
        return f"Un réglage n'est pas bon : {error}"
    if not isinstance(error, DatabaseError):
        return None
    told = str(error).strip().lower()
    for sign, sentence in _OF_SQLITE.items():
        if sign in told:
            return sentence
    if isinstance(error, OperationalError):
        reason = told.splitlines()[0] if told else "sans raison"
        return f"PostgreSQL ne répond pas, ou refuse d'ouvrir la base : vérifiez DATABASE_URL et le serveur ({reason})."
    return None
