"""Plain text to TEI P5 and back, byte for byte."""

__version__ = "0.1.0"
