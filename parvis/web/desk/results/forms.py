"""Forms of the results."""

from __future__ import annotations

from django import forms

from parvis.web.desk.form_fields import day


class ShareForm(forms.Form):
    """Opens the results to the leads."""

    reply_until = day("Réponses des porteurs jusqu'au", required=True, help_text="Ce jour compris.")
