"""The TEI header: everything that is known of an edition, in the places where TEI wants it."""

from tei.header.build import build_header
from tei.header.facts import Rendition, SourceFacts, Used, source_facts

__all__ = ["Rendition", "SourceFacts", "Used", "build_header", "source_facts"]
