from parvis.territories.models.territory import Territory, TerritoryAncestry

__all__ = ["Territory", "TerritoryAncestry"]
