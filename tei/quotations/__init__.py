"""Quotations: marks, kinds, speakers and sources, references (TEI Guidelines, chapters 3.3.3 and 3.12)."""
