"""Join a new encoding of a text with the hand edits made on an earlier one."""

from __future__ import annotations

from tei.merge.threeway.merge import merge_three
from tei.merge.threeway.report import Conflict, Joint, Taken

__all__ = ["Conflict", "Joint", "Taken", "merge_three"]
