"""Schematron (ISO/IEC 19757-3) without Java: rules about documents, alone or embedded in other schemas."""

from tei.schematron.check import Schematron, load_schematron
from tei.schematron.model import Failure, LeftOut

__all__ = ["Failure", "LeftOut", "Schematron", "load_schematron"]
