"""What a person writes about an edition (``edition.toml``), checked, and the errors when it is wrong."""

from tei.edition.load import EDITION_FILE, default_edition, load_edition, load_section
from tei.edition.model import Edition

__all__ = ["EDITION_FILE", "Edition", "default_edition", "load_edition", "load_section"]
