"""The two pages that most people open, against the floor of `bench.bare`, in one run.

Run by `python -m bench` in a fresh `PARVIS_HOME`. Before each request « cold » empties every cache and moves the
version of what is public, as a write does: nothing of the page before is left.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from typing import Any


def measure(seconds: float) -> list[dict[str, Any]]:
    """Rates, queries and weights of the list page (20 of 2,000) and of the report page (200 contributions)."""
    import django

    django.setup()
    from django.core.cache import cache
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench.data import build
    from bench.wsgi_call import fetch, requests_per_second, weight

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    code = build(meetings=2000, items=200)
    application = get_wsgi_application()

    def forget() -> None:
        cache.clear()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE territories_territory SET id = id")

    results = []
    pages = (("rencontres, 20 sur 2 000", "/rencontres/", 20), ("compte-rendu de 200", f"/rencontres/{code}/", 200))
    for name, path, rows in pages:
        body = fetch(application, path)
        forget()
        with CaptureQueriesContext(connection) as captured:
            fetch(application, path)
            queries = len(captured)
        floor = bare(rows, len(body), seconds)
        cold = requests_per_second(application, path, seconds=seconds, before_each=forget)
        warm = requests_per_second(application, path, seconds=seconds)
        floor_again = bare(rows, len(body), seconds)
        results.append(
            {
                "page": name,
                "cold": cold,
                "warm": warm,
                "bare": max(floor["rate"], floor_again["rate"]),
                "queries": queries,
                "bytes": weight(body)[0],
                "compressed": weight(body)[1],
                "bare_bytes": floor["bytes"],
            }
        )
    return results


def bare(rows: int, size: int, seconds: float) -> dict[str, Any]:
    """The floor, in its own process with its own settings."""
    answer = subprocess.run(
        [sys.executable, "-m", "bench.bare", str(rows), str(size), str(seconds)], check=True, capture_output=True
    )
    result: dict[str, Any] = json.loads(answer.stdout)
    return result


def main() -> None:
    seconds = float(os.environ.get("PARVIS_BENCH_SECONDS", "4"))
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"PARVIS_HOME": home, "DJANGO_SETTINGS_MODULE": "parvis.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        rows = measure(seconds)
    print("page                              nue  à froid  ratio  à chaud  ratio  requêtes   octets    gzip")
    for row in rows:
        print(
            f"{row['page']:28} {row['bare']:8.0f} {row['cold']:8.0f} {row['cold'] / row['bare']:6.2f} "
            f"{row['warm']:8.0f} "
            f"{row['warm'] / row['bare']:6.2f} {row['queries']:9d} {row['bytes']:8d} {row['compressed']:7d}"
        )


if __name__ == "__main__":
    main()
