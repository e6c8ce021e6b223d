"""`parvis serve`: serves the site with gunicorn, one process a worker, several threads each; mail leaves from there."""

from __future__ import annotations

import argparse
import contextlib
import errno
import resource
import socket
import sys
from typing import Any, Final

from parvis.cli.arguments import process_count
from parvis.cli.private_folder import clean_folders
from parvis.cli.project import add_address, is_embedded, ready_project
from parvis.core.errors import RefusedInput

_THREADS: Final = 8
"""In each process, those that answer."""
_WATCHERS: Final = 2
"""In each process, the thread that answers `/sante`, and the one that tries the database during an outage."""
_PATIENCE: Final = 10
"""Seconds given to those who are being answered, and to the mails in hand, when the site stops."""

_DATABASE_SECONDS: Final = 3.5
"""That a statement may take on PostgreSQL: a page that gets no answer says so in less than five."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to those of `parvis`."""
    parser = subparsers.add_parser("serve", help="sert le site")
    add_address(parser)
    parser.add_argument("--workers", type=process_count, default=0, help="processus (PostgreSQL : 2 ; sinon un seul)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serves until it is stopped. Refuses a production database whose tables are behind."""
    ready_project()
    serve(args.host, args.port, args.workers or (1 if is_embedded() else 2))
    return 0


def serve(host: str, port: int, workers: int) -> None:
    """Gathers the static files, then opens the door. Raises `RefusedInput` when it cannot be opened there."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    refuse_address(host, port)
    _refuse_workers(workers)
    clean_folders(settings.PARVIS_HOME)
    _allow_connections()
    call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()  # a connection is never carried into another process
    _application(host, port, workers).run()


def refuse_address(host: str, port: int) -> None:
    """Raises `RefusedInput` when one cannot listen there."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with contextlib.closing(socket.socket(family)) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
    except PermissionError:
        raise RefusedInput(f"Le port {port} est réservé au système : choisissez-en un au-delà de 1023.") from None
    except (OSError, UnicodeError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise RefusedInput(f"Le port {port} est déjà pris : choisissez-en un autre avec --port.") from None
        raise RefusedInput(
            f"« {host} » n'est pas une adresse de cette machine : donnez-en une à --host (127.0.0.1, 0.0.0.0…)."
        ) from None


def _refuse_workers(workers: int) -> None:
    """One process on the embedded database, as many on PostgreSQL as it has connections for. Raises `RefusedInput`."""
    if is_embedded():
        if workers > 1:
            raise RefusedInput(
                "La base embarquée est servie par un seul processus : enlevez --workers, ou passez à PostgreSQL "
                "(parvis move-to-postgresql)."
            )
        return
    from parvis.core import background

    each, allowed = _THREADS + _WATCHERS + background.thread_count(), _connections_allowed()
    if workers * each > allowed:
        raise RefusedInput(
            f"{workers} processus ouvriraient jusqu'à {workers * each} connexions, et PostgreSQL n'en accepte ici que "
            f"{allowed} : {allowed // each} processus au plus, ou augmentez max_connections."
        )


def _connections_allowed() -> int:
    """How many PostgreSQL takes from us: in all, for this database, for this role."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,"
            " (SELECT datconnlimit FROM pg_database WHERE datname = current_database()),"
            " (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user)"
        )
        return min(int(limit) for limit in cursor.fetchone() if limit >= 0)


def _allow_connections() -> None:
    """As many open files as the machine lets us: each client is one, and a usual limit is 1,024."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _start_worker(worker: Any) -> None:
    """In each process: no statement takes longer than a visitor waits, then what works beside the requests starts."""
    from parvis.core import background
    from parvis.core.postgresql.base import DatabaseWrapper

    DatabaseWrapper.patience = _DATABASE_SECONDS
    background.start()


def _stop_threads(server: Any, worker: Any) -> None:
    """Finishes what is in hand: a stop asked for cuts no mail, unless the mail server is what hangs."""
    from parvis.core import background

    background.stop(_PATIENCE)


def _application(host: str, port: int, workers: int) -> Any:
    """Gunicorn with our options; it says that it is open once it really is."""
    from gunicorn.app.base import BaseApplication

    from parvis.cli.worker import TokenFreeLog, WholeRequestWorker

    shown = "localhost" if host in {"127.0.0.1", "::1"} else host

    class Application(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            options = {
                "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
                "workers": workers,
                "worker_class": WholeRequestWorker,
                "sendfile": False,  # all that is sent goes by the worker, which waits for no reader
                "threads": _THREADS,
                "keepalive": 15,  # the screens of a room ask every two to ten seconds
                "timeout": 60,
                "graceful_timeout": _PATIENCE,
                "max_requests": 500_000,  # not in the middle of a workshop: 200 phones ask 6,000 times a minute
                "max_requests_jitter": 50_000,
                "errorlog": "-",
                "logger_class": TokenFreeLog,
                "loglevel": "warning",
                "control_socket_disable": True,
                "post_worker_init": _start_worker,
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
