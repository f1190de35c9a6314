"""What the lines of a text make up: paragraphs, headings, divisions, lists, extracts, documents."""
