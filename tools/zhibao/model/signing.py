"""The sheet on which an item goes to be signed: how a document tells its own frame from the text of the item."""

from __future__ import annotations

FRAME = "直报签批栏"
"""The style of all that an exported document has besides title and text; where it comes back as a draft, that is left out."""
DASH = "—"
"""What stands in front of an entry without a number."""
