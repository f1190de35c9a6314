"""From an EPUB back to TEI."""
