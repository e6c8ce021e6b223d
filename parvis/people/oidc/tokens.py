"""What a provider signs, checked: the signature with a key it publishes, then who signed, for whom, until when."""

from __future__ import annotations

import json
import logging
from typing import Any, Final

import jwt

from parvis.core.errors import RefusedInput
from parvis.people.oidc.provider import Provider

_log = logging.getLogger(__name__)
_KEY_TYPE: Final = {"RS256": "RSA", "ES256": "EC"}
"""The algorithms taken, each with the only kind of key it goes with: `none`, or a public key used as the secret of an
HMAC, never gets as far as a signature."""
_LEEWAY: Final = 30
"""Seconds of difference between two clocks."""
REFUSED: Final = (
    "La réponse du fournisseur d'identité n'a pas pu être vérifiée : vous n'êtes pas entré. "
    "Recommencez, ou demandez un code par courriel."
)


def verify(token: str, keys: dict[str, Any], provider: Provider, *, needs: tuple[str, ...]) -> dict[str, Any]:
    """The claims of `token`, once proved. `keys` is the published set (JWKS); `needs` are claims it must hold.

    Raises `RefusedInput`; the reason goes to the technical log, without a word of what the token says of someone.
    """
    try:
        header = jwt.get_unverified_header(token)
        algorithm = str(header.get("alg"))
        if algorithm not in _KEY_TYPE:
            raise jwt.InvalidAlgorithmError(f"algorithm {algorithm[:20]}")
        key = _key(keys, header.get("kid"), algorithm)
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            issuer=provider.issuer,
            audience=provider.client_id,
            leeway=_LEEWAY,
            options={"require": ["iss", "aud", "exp", "sub", *needs]},
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as fault:
        raise refused(f"{type(fault).__name__}: {fault}"[:120]) from None
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != provider.client_id:
        raise refused("several audiences, and it is another that was meant")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise refused("no usable sub")
    return claims


def refused(why: str) -> RefusedInput:
    """The fault to raise; why goes to the technical log."""
    _log.warning("identity provider: refused: %s", why)
    return RefusedInput(REFUSED)


def _key(keys: dict[str, Any], kid: object, algorithm: str) -> Any:
    """The published key that the token names, if it is of the kind that its algorithm takes."""
    for key in keys.get("keys", []):
        right_kind = key.get("kty") == _KEY_TYPE[algorithm] and key.get("alg", algorithm) == algorithm
        if kid and key.get("kid") == kid and right_kind and key.get("use", "sig") == "sig":
            return jwt.PyJWK.from_json(json.dumps(key), algorithm=algorithm).key
    raise jwt.InvalidKeyError("no such key is published")
