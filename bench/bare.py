"""The floor: the smallest honest Django page. One model, one query, one plain template, no middleware.

Run as `python -m bench.bare ROWS BYTES SECONDS`: prints requests/s of a page of ROWS rows and about BYTES bytes.
"""

from __future__ import annotations

import json
import sys

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF="__main__",
    SECRET_KEY="bench",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.locmem.Loader",
                        {
                            "page.html": "<!doctype html><title>Page</title><ul>{% for row in rows %}"
                            "<li><a href='/{{ row.id }}/'>{{ row.title }}</a> {{ row.place }} {{ row.text }}</li>"
                            "{% endfor %}</ul>"
                        },
                    )
                ]
            },
        }
    ],
)
django.setup()


class Row(models.Model):
    title = models.CharField(max_length=100)
    place = models.CharField(max_length=100)
    text = models.TextField()

    class Meta:
        app_label = "bench"


def page(request: HttpRequest) -> HttpResponse:
    return render(request, "page.html", {"rows": Row.objects.order_by("id")})


urlpatterns = [path("", page)]


def main(rows: int, size: int, seconds: float) -> None:
    from bench.wsgi_call import fetch, requests_per_second

    with connection.schema_editor() as editor:
        editor.create_model(Row)
    filler = max(size // rows - 60, 1)
    Row.objects.bulk_create(
        Row(title=f"Rencontre {number}", place="Maison commune", text="mot " * (filler // 4)) for number in range(rows)
    )
    application = get_wsgi_application()
    rate = requests_per_second(application, "/", seconds=seconds)
    print(json.dumps({"rate": rate, "bytes": len(fetch(application, "/"))}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
