"""An identity provider on the loopback: a real server that signs its userinfo, and lies when a test asks it to."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CLIENT, SECRET = "parvis-essai", "un secret d'essai & rien d'autre"
_RSA = [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2)]
_EC = ec.generate_private_key(ec.SECP256R1())
_CURVE = jwt.algorithms.ECAlgorithm
Json = dict[str, Any]


@dataclass(slots=True)
class Key:
    """A key and the name it is published under."""

    kid: str
    private: Any
    algorithm: str = "RS256"

    def sign(self, claims: Json) -> str:
        return jwt.encode(claims, self.private, self.algorithm, headers={"kid": self.kid})

    def published(self) -> Json:
        kind = jwt.algorithms.RSAAlgorithm if self.algorithm == "RS256" else _CURVE
        shown: Json = json.loads(kind.to_jwk(self.private.public_key()))
        return {**shown, "kid": self.kid, "alg": self.algorithm, "use": "sig"}

    def public_pem(self) -> bytes:
        pem: bytes = self.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return pem


def rsa_key(number: int = 0) -> Key:
    return Key(f"rsa-{number}", _RSA[number])


def ec_key() -> Key:
    return Key("ec-0", _EC, "ES256")


@dataclass
class FakeProvider:
    """What it says of the person, and each way to say it wrong."""

    url: str = ""
    person: Json = field(default_factory=dict)
    acr: str = "simple"
    key: Key = field(default_factory=rsa_key)
    published: list[Key] = field(default_factory=lambda: [rsa_key()])
    id_token_changes: Json = field(default_factory=dict)
    userinfo_changes: Json = field(default_factory=dict)
    discovery_changes: Json = field(default_factory=dict)
    sign_id_token: Callable[[Json], str] | None = None
    sign_userinfo: Callable[[Json], str] | None = None
    userinfo_kind: str = "application/jwt"
    status: dict[str, int] = field(default_factory=dict)
    asked: list[tuple[str, Json]] = field(default_factory=list)
    codes: dict[str, Json] = field(default_factory=dict)
    access: dict[str, Json] = field(default_factory=dict)

    def settings(self, **more: Any) -> Json:
        """The settings of a site that trusts it."""
        return {
            "issuer": self.url, "client_id": CLIENT, "secret": SECRET, "label": "Essai Connect",
            "scopes": "openid email", "second_factor": ("double",), "vouches_for_addresses": False, **more,
        }  # fmt: skip

    def discovery(self) -> Json:
        return {
            "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token", "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "end_session_endpoint": f"{self.url}/end", "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **self.discovery_changes,
        }  # fmt: skip

    def authorize(self, query: Json) -> str:
        """The person agrees; where her browser goes back."""
        assert (query["client_id"], query["response_type"]) == (CLIENT, "code")
        code = secrets.token_urlsafe(12)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: Json) -> tuple[int, Json]:
        begun = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return 400, {"error": "invalid_client"}
        if begun is None or begun["code_challenge"] != challenge or begun["redirect_uri"] != form.get("redirect_uri"):
            return 400, {"error": "invalid_grant"}
        access = secrets.token_urlsafe(12)
        self.access[access] = self.person
        claims = {
            **self._signed_part(), "nonce": begun["nonce"], "acr": self.acr, "iat": int(time.time()),
            **self.id_token_changes,
        }  # fmt: skip
        sign = self.sign_id_token or self.key.sign
        return 200, {"access_token": access, "token_type": "Bearer", "id_token": sign(_without_none(claims))}

    def userinfo(self, bearer: str) -> str:
        claims = {**self._signed_part(), **self.access[bearer], **self.userinfo_changes}
        return (self.sign_userinfo or self.key.sign)(_without_none(claims))

    def _signed_part(self) -> Json:
        return {"iss": self.url, "aud": CLIENT, "exp": int(time.time()) + 300, "sub": self.person["sub"]}


def _without_none(claims: Json) -> Json:
    return {name: value for name, value in claims.items() if value is not None}


def _handler(fake: FakeProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if self._fails(parts.path, query):
                return
            if parts.path == "/authorize":
                self._send(302, b"", Location=fake.authorize(query))
            elif parts.path == "/userinfo":
                signed = fake.userinfo(self.headers["Authorization"].removeprefix("Bearer "))
                self._send(200, signed.encode(), **{"Content-Type": fake.userinfo_kind})
            elif parts.path == "/jwks":
                self._json(200, {"keys": [key.published() for key in fake.published]})
            elif parts.path == "/end":
                self._send(302, b"", Location=f"{query['post_logout_redirect_uri']}?state={query['state']}")
            else:
                self._json(200, fake.discovery())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            basic = self.headers.get("Authorization", "")
            if basic.startswith("Basic "):
                name, _, secret = base64.b64decode(basic[6:]).decode().partition(":")
                form |= {"client_id": name, "client_secret": secret}
            if not self._fails("/token", form):
                self._json(*fake.token(form))

        def _fails(self, path: str, said: Json) -> bool:
            fake.asked.append((path, said))
            status = fake.status.get(path)
            if status is not None:
                self._send(status, b"<h1>Panne</h1>", **{"Content-Type": "text/html"})
            return status is not None

        def _json(self, status: int, what: Json) -> None:
            self._send(status, json.dumps(what).encode(), **{"Content-Type": "application/json; charset=utf-8"})

        def _send(self, status: int, body: bytes, **headers: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """A test prints nothing."""

    return Handler


@contextmanager
def served(fake: FakeProvider) -> Iterator[FakeProvider]:
    """The provider, open on the loopback for as long as the block lasts."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake)) as server:
        fake.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield fake
        finally:
            server.shutdown()
            thread.join()
