"""Who speaks in a transcript, and what the audience does meanwhile (TEI Guidelines, chapters 7 and 8)."""
