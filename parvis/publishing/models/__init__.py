from parvis.publishing.models.draft import Draft, StepDue, StepPassed
from parvis.publishing.models.edition import Edition, EditionLine
from parvis.publishing.models.flag import Flag

__all__ = ["Draft", "Edition", "EditionLine", "Flag", "StepDue", "StepPassed"]
