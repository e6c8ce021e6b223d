"""The files to install: they are where the documents say, and hold what the site holds."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, get_resolver

from bench.places import embedded
from bench.served import Served
from parvis.core.access import FORM_BYTES, declared_access

ROOT = Path(__file__).resolve().parents[1]
NGINX = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
SERVICE = (ROOT / "deploy/parvis.service").read_text(encoding="utf-8")
_PART = re.compile(r"<(?:(\w+):)?\w+>")


def test_the_documents_name_files_that_are_there() -> None:
    named = set(re.findall(r"`(deploy/[\w.-]+)`", (ROOT / "docs/exploitation.md").read_text(encoding="utf-8")))
    assert named == {f"deploy/{file.name}" for file in (ROOT / "deploy").iterdir()}


def _largest(patterns: Any, prefix: str = "/") -> Iterator[tuple[str, int]]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            access = declared_access(pattern.callback)
            yield _PART.sub("7", path), access.largest if access is not None else 0
        else:
            yield from _largest(pattern.url_patterns, path)


def _taken_by_nginx(path: str) -> int:
    """The limit of the location that nginx chooses: exact, then the first expression, then the longest prefix."""
    blocks = re.findall(r"location (=|~)? ?(\S+) \{\n([^}]*)\}", NGINX)
    exact = [body for sign, name, body in blocks if sign == "=" and name == path]
    matched = [body for sign, name, body in blocks if sign == "~" and re.search(name, path)]
    prefixes = sorted((name, body) for sign, name, body in blocks if not sign and path.startswith(name))
    body = (exact or matched or [prefixes[-1][1]])[0]
    size = r"client_max_body_size (\d+)m"
    limit = re.search(size, body) or re.search(rf"^    {size}", NGINX, re.M)
    assert limit is not None
    return int(limit[1]) * 1024 * 1024


def test_nginx_lets_through_what_each_view_takes_and_little_more() -> None:
    limits = list(_largest(get_resolver().url_patterns))
    assert [path for path, largest in limits if largest > _taken_by_nginx(path)] == []
    public = [path for path, largest in limits if largest <= FORM_BYTES and not path.startswith("/gestion/")]
    assert {_taken_by_nginx(path) for path in public} == {1024 * 1024}


@pytest.mark.skipif(shutil.which("nginx") is None or shutil.which("openssl") is None, reason="needs nginx and openssl")
def test_nginx_reads_the_file(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=parvis.exemple.fr",
         "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True,
    )  # fmt: skip
    ours = NGINX.replace("/etc/ssl/parvis/fullchain.pem", str(certificate))
    ours = ours.replace("/etc/ssl/parvis/privkey.pem", str(key)).replace("/var/log/nginx", str(tmp_path))
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid;\nerror_log {tmp_path}/error.log;\nevents {{}}\nhttp {{\n{ours}\n}}\n")
    done = subprocess.run(["nginx", "-t", "-c", str(whole), "-p", str(tmp_path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_service_starts_what_exists_and_is_told_when_it_is_open() -> None:
    assert re.search(r"^Type=notify$", SERVICE, re.M)
    command = re.search(r"^ExecStart=\S+/parvis (.+)$", SERVICE, re.M)
    assert command is not None
    done = subprocess.run(
        [sys.executable, "-m", "parvis.cli.main", *command[1].split(), "--help"], capture_output=True, check=False
    )
    assert done.returncode == 0


def test_systemd_hears_that_the_site_is_open(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(20)
        with embedded() as place:
            place.env["NOTIFY_SOCKET"] = str(tmp_path / "notify")
            with Served(place):
                assert systemd.recv(1000).startswith(b"READY=1")


def test_over_https_cookies_are_of_this_host_alone_and_browsers_come_back_by_https(tmp_path: Path) -> None:
    """Read in a process of its own: settings are made once, from the environment."""
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
             "SECURE_SSL_REDIRECT", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SESSION_COOKIE_HTTPONLY")  # fmt: skip
    answer = subprocess.run(
        [sys.executable, "-c", f"from parvis.config import settings; print([getattr(settings, n) for n in {names!r}])"],
        env=os.environ | {"PARVIS_URL": "https://parvis.exemple.fr", "PARVIS_HOME": str(tmp_path)},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert answer.stdout.strip() == str(["__Host-sessionid", "__Host-csrftoken", *[True] * 5])
