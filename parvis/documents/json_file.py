"""A report as json: the whole edition, with what is needed to check its hash."""

from __future__ import annotations

import json
from typing import Any

from parvis.documents.report import Report, ReportItem

FORMAT = "parvis-report/1"


def report_json(report: Report) -> bytes:
    """The edition as UTF-8 json, texts verbatim (the hashes are over them), hidden ones blank."""
    shown = report.as_shown()
    content = {
        "format": FORMAT,
        "language": shown.language,
        "title": shown.title,
        "consultation": shown.consultation,
        "territory": shown.territory,
        "meeting_kind": shown.meeting_kind,
        "when": shown.when,
        "where": shown.where,
        "attendance": shown.attendance,
        "authority": shown.authority,
        "url": shown.url,
        "edition": {
            "draft": shown.draft,
            "number": shown.edition_number,
            "note": shown.edition_note,
            "published_on": shown.published_on.isoformat(),
            "digest": shown.digest,
            "previous": [
                {"number": number, "published_on": day.isoformat(), "note": note}
                for number, day, note in shown.previous_notes
            ],
        },
        "introduction": list(shown.introduction),
        "themes": [
            {
                "name": theme.name,
                "anchor": theme.anchor,
                "kinds": [
                    {"kind": kind.kind, "label": kind.label, "items": [_item(item) for item in kind.items]}
                    for kind in theme.kinds
                ],
            }
            for theme in shown.themes
        ],
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace")  # a lone surrogate becomes json's own \udXXX


def _item(item: ReportItem) -> dict[str, Any]:
    return {
        "code": item.code,
        "kind": item.kind,
        "number": item.number,
        "text": item.text,
        "children": list(item.children),
        "conclusion": item.conclusion,
        "hidden": item.hidden,
        "family": item.family,
        "dots": item.dots,
        "url": item.url,
        "digest": item.digest,
        "salt": item.salt,
    }
