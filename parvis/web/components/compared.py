"""Two people change the same thing: the second save shows both versions, and what she typed stays in the form.

The page of a form carries how each field stood when it was made, as a short hash. What somebody else changed since is
shown beside what was typed (`components/compared.html`); a field that she did not touch takes the value of the other.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django import forms
from django.db import models

from parvis.core.errors import Stale
from parvis.core.write_over import write_over
from parvis.french import dates

Row = TypeVar("Row", bound=models.Model)

STALE: Final = (
    "Quelqu'un d'autre a enregistré entre-temps. Les deux versions sont ci-dessous, et rien de ce que vous avez écrit "
    "n'est perdu : corrigez le formulaire, puis enregistrez de nouveau."
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that somebody else changed: what stands now, what was typed (None: it was not touched)."""

    label: str
    standing: str
    typed: str | None


class ComparedForm(forms.Form):
    """A form that writes over what `standing` is, or makes a new thing without."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, standing: models.Model | None = None, **kwargs: Any) -> None:
        self.differences: list[Difference] = []
        if standing is not None:
            kwargs["initial"] = self.values(standing)
        super().__init__(*args, **kwargs)
        if standing is None:
            del self.fields["seen"]

    def values(self, row: Any, /) -> dict[str, Any]:
        """What the form shows of a thing that exists."""
        raise NotImplementedError

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """`seen` is worked out once every field has its choices."""
        if field_name == "seen":
            return _as_text(self._hashes(self.initial))
        return super().get_initial_for_field(field, field_name)

    def save_over(self, row: Row, write: Callable[[Row], object], *, lock: models.Model | None = None) -> None:
        """Call `write` with `row` as it stands, locked. Raises `Stale` when somebody changed what was typed over."""
        write_over(row, lambda standing: self._compare(self.values(standing)), write, lock=lock)

    def _compare(self, values: Mapping[str, Any]) -> None:
        """A page that does not say what it had seen is not compared: it is older than this site."""
        seen, now = _from_text(self.cleaned_data["seen"]), self._hashes(values)
        typed = {name: fingerprint(self._typed(name)) for name in now}
        moved = [name for name in now if name in seen and seen[name] != now[name] and typed[name] != now[name]]
        if not moved:
            return
        sent: Any = self.data
        data = sent.copy()
        for name in moved:
            touched = typed[name] != seen[name]
            bound, raw = self[name], self._raw(name, values.get(name))
            typed_words = self._words(name, self.cleaned_data.get(name)) if touched else None
            self.differences.append(Difference(str(bound.label), self._words(name, values.get(name)), typed_words))
            if not touched:
                _put(data, bound.html_name, raw)
        data[self.add_prefix("seen")] = _as_text(now)
        self.data = data
        raise Stale(STALE)

    def _hashes(self, values: Mapping[str, Any]) -> dict[str, str]:
        return {name: fingerprint(self._raw(name, values.get(name))) for name in self.fields if name != "seen"}

    def _typed(self, name: str) -> str | list[str]:
        widget = self.fields[name].widget
        return self._raw(name, widget.value_from_datadict(self.data, self.files, self.add_prefix(name)))

    def _raw(self, name: str, value: Any) -> str | list[str]:
        """As a control of the page would send it."""
        field = self.fields[name]
        if isinstance(field.widget, forms.SelectMultiple | forms.CheckboxSelectMultiple):
            return sorted(str(one) for one in field.prepare_value(value) or ())
        if isinstance(field.widget, forms.CheckboxInput):
            return "on" if value else ""
        shown = field.widget.format_value(field.prepare_value(value))
        if isinstance(shown, list):  # a select has a list of one
            shown = shown[0] if shown else ""
        return str("" if shown is None else shown).replace("\r\n", "\n").strip()

    def _words(self, name: str, value: Any) -> str:
        """As a person reads it."""
        choices = getattr(self.fields[name], "choices", None)
        if choices is not None:
            raw = self._raw(name, value)
            labels = {str(key): str(label) for key, label in choices}
            return ", ".join(labels.get(one, one) for one in ([raw] if isinstance(raw, str) else raw) if one)
        if isinstance(value, bool):
            return "Oui" if value else "Non"
        if isinstance(value, datetime.datetime):
            return dates.day_and_hour(self.fields[name].prepare_value(value))
        if isinstance(value, datetime.date):
            return dates.day(value)
        return str(self._raw(name, value))


def fingerprint(raw: object) -> str:
    """A short hash of what a control would send, or of several."""
    return hashlib.sha256(repr(raw).encode()).hexdigest()[:12]


def _as_text(hashes: Mapping[str, str]) -> str:
    return " ".join(f"{name}:{value}" for name, value in hashes.items())


def _from_text(text: str) -> dict[str, str]:
    pairs = (pair.partition(":") for pair in text.split())
    return {name: value for name, _, value in pairs}


def _put(data: Any, name: str, raw: str | list[str]) -> None:
    data.pop(name, None)
    data.setlist(name, raw if isinstance(raw, list) else [raw] if raw else [])
