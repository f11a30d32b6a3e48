"""All writes around documents that somebody brings: keeping them until their parts are placed, bringing them in, dropping them."""

from review.actions.bringing.drafts import drop_draft, forget_old_drafts, keep_draft
from review.actions.bringing.importing import bring_in

__all__ = ["bring_in", "drop_draft", "forget_old_drafts", "keep_draft"]
