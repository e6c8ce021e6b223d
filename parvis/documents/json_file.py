"""A report as json: the whole edition, with what is needed to check its hash."""

from __future__ import annotations

import json
from typing import Any

from parvis.documents.report import Report, ReportItem

FORMAT = "parvis-report/1"


def report_json(report: Report) -> bytes:
    """The edition as UTF-8 json, texts verbatim (the hashes are over them), hidden ones blank."""
    content = {
        "format": FORMAT,
        "language": report.language,
        "title": report.title,
        "consultation": report.consultation,
        "territory": report.territory,
        "meeting_kind": report.meeting_kind,
        "when": report.when,
        "where": report.where,
        "attendance": report.attendance,
        "authority": report.authority,
        "url": report.url,
        "edition": {
            "draft": report.draft,
            "number": report.number,
            "note": report.note,
            "published_on": report.published_on.isoformat(),
            "digest": report.digest,
            "previous": [
                {"number": edition.number, "published_on": edition.published_on.isoformat(), "note": edition.note}
                for edition in report.former_editions
            ],
        },
        "introduction": [paragraph.text for paragraph in report.introduction],
        "themes": [
            {
                "name": theme.name,
                "anchor": theme.anchor,
                "kinds": [
                    {
                        "kind": kind.kind,
                        "label": kind.label,
                        "items": [
                            _item(item, family.heading, report.thread_of(item))
                            for family in kind.families
                            for item in family.items
                        ],
                    }
                    for kind in theme.kinds
                ],
            }
            for theme in report.themes
        ],
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace")  # a lone surrogate becomes json's own \udXXX


def _item(item: ReportItem, family: str, url: str | None) -> dict[str, Any]:
    return {
        "code": item.code,
        "kind": item.kind,
        "number": item.number,
        "text": item.text,
        "children": list(item.details),
        "conclusion": item.concludes,
        "hidden": item.hidden,
        "family": family,
        "dots": item.dots,
        "url": url,
        "digest": item.digest,
        "salt": item.salt,
    }
