"""TEI from EPUBs that others made."""
