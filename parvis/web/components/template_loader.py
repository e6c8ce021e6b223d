"""Templates are typed with plain blanks; those that no line end may cut are put as each is loaded, once."""

from __future__ import annotations

from django.template import Origin
from django.template.loaders import app_directories

from parvis.french.typography import no_break_page


class Loader(app_directories.Loader):
    """The templates of the apps, with the blanks of French typography."""

    def get_contents(self, origin: Origin) -> str:
        return no_break_page(super().get_contents(origin))
