"""EPUB 3.3 from TEI."""
