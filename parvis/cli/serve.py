"""`parvis serve`: serves the site with gunicorn, one process a worker, several threads each; mail leaves from there."""

from __future__ import annotations

import argparse
import contextlib
import socket
import sys
from typing import Any, Final

from parvis.cli.project import add_address, is_embedded, ready_project
from parvis.core.errors import RefusedInput

_PATIENCE: Final = 10
"""Seconds given to those who are being answered, and to the mails in hand, when the site stops."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("serve", help="sert le site")
    add_address(parser)
    parser.add_argument("--workers", type=int, default=0, help="processus (1 avec la base embarquée, sinon 2)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serves until it is stopped. Refuses a production database whose tables are behind."""
    ready_project()
    serve(args.host, args.port, args.workers or (1 if is_embedded() else 2))
    return 0


def serve(host: str, port: int, workers: int) -> None:
    """Gathers the static files, then opens the door. Raises `RefusedInput` when the port is taken."""
    from django.core.management import call_command
    from django.db import connections

    _refuse_taken_port(host, port)
    call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()  # a connection is never carried into another process
    _application(host, port, workers).run()


def _refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with contextlib.closing(socket.socket(family)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError:
            raise RefusedInput(f"Le port {port} est déjà pris : choisissez-en un autre avec --port.") from None


def _start_threads(worker: Any) -> None:
    from parvis.core import background

    background.start()


def _stop_threads(server: Any, worker: Any) -> None:
    """Finishes what is in hand: a stop asked for cuts no mail, unless the mail server is what hangs."""
    from parvis.core import background

    background.stop(_PATIENCE)


def _application(host: str, port: int, workers: int) -> Any:
    """Gunicorn with our options; it says that it is open once it really is."""
    from gunicorn.app.base import BaseApplication

    shown = "localhost" if host in {"127.0.0.1", "::1"} else host

    class Application(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            options = {
                "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
                "workers": workers,
                "worker_class": "gthread",
                "threads": 8,
                "keepalive": 15,  # the screens of a room ask every two to ten seconds
                "timeout": 60,
                "graceful_timeout": _PATIENCE,
                "max_requests": 500_000,  # not in the middle of a workshop: 200 phones ask 6,000 times a minute
                "max_requests_jitter": 50_000,
                "errorlog": "-",
                "loglevel": "warning",
                "control_socket_disable": True,
                "post_worker_init": _start_threads,
                "worker_exit": _stop_threads,
                "when_ready": lambda _: print(f"Parvis est ouvert : http://{shown}:{port}/", flush=True),
            }
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from django.core.wsgi import get_wsgi_application

            return get_wsgi_application()

    sys.argv = sys.argv[:1]  # gunicorn reads the command line too
    return Application()
