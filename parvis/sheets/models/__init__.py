from parvis.sheets.models.opinion import Opinion, Position, Tally
from parvis.sheets.models.results import FrozenFigures, LeadReply, ResultsRelease
from parvis.sheets.models.sheet import ActionSheet, SheetFile
from parvis.sheets.models.waiting import SheetSource, WaitingSheet

__all__ = [
    "ActionSheet",
    "FrozenFigures",
    "LeadReply",
    "Opinion",
    "Position",
    "ResultsRelease",
    "SheetFile",
    "SheetSource",
    "Tally",
    "WaitingSheet",
]
