"""Finding words in one case or one edition: what can be found is collected from its own pages, then matched. No index spans editions."""

from review.finding.collecting import findable
from review.finding.matching import Found, Hit, Place, search

__all__ = ["Found", "Hit", "Place", "findable", "search"]
