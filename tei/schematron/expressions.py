"""An expression of a schema, ready to run: by libxml2 where that is certainly right, else by elementpath."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from tei.errors import SchemaError
from tei.schematron.lexer import alternatives, prefixes, tokens, variables
from tei.schematron.model import Text
from tei.schematron.nodes import CannotRunError, Node
from tei.schematron.quick import CURRENT, NotQuickError, Quick, asked
from tei.schematron.translate import translate, translate_pattern

if TYPE_CHECKING:
    from tei.schematron.full import Full

_BUILT_IN: Final = frozenset({"xml", "xs", "fn", "math", "map", "array", "err"})


class Expression:
    """An expression; ``quick`` is the same in XPath 1.0, where there is such a thing.

    ``pattern``: it is a pattern of XSLT, to be found anywhere in a document. ``value``: what it gives is
    wanted itself, not only whether it is true.

    :raises SchemaError: it is no expression, or uses a prefix that is not declared.
    :raises CannotRunError: it is one that cannot be run here.
    """

    def __init__(
        self,
        text: Text,
        known: Mapping[str, Quick],
        *,
        first: bool,
        pattern: bool = False,
        value: bool = False,
    ) -> None:
        self.text = text
        self.first = first
        self.quick: Quick | None = None
        self._xpath: etree.XPath | None = None
        self._pattern = pattern
        self._full: Full | None = None
        try:
            self.variables = variables(text.source)
            self._check_prefixes()
            quick = (translate_pattern if pattern else translate)(text.source, known, first=first)
            if quick.placed or (value and quick.type == "verdict"):
                raise NotQuickError("libxml2 knows no position here; of a verdict only the truth is the same")
            # libxml2 finds documents, but lxml gives none back: what is asked is worked out in there.
            if not (pattern or value):
                self._xpath = self.compile(f"boolean({asked(quick)})")
            else:
                self._xpath = self.compile(f"string({quick.text})" if value and first else quick.text)
            self.quick = quick
        except NotQuickError:
            _ = self.full
        except SchemaError as error:
            raise self.error(error) from error

    @property
    def full(self) -> Full:
        """The expression as elementpath reads it; read when first needed."""
        if self._full is None:
            # It takes long to import, and few schemas need it.
            from tei.schematron.full import Full  # noqa: PLC0415

            source = self.text.source
            if self._pattern:
                parts = alternatives(source)
                source = " | ".join(part if part.startswith("/") else f"//{part}" for part in parts)
            try:
                self._full = Full(source, self.text.namespaces, first=self.first)
            except SchemaError as error:
                raise self.error(error) from error
        return self._full

    def error(self, error: SchemaError) -> SchemaError:
        """Return ``error`` with the place of this expression."""
        if error.path is not None:
            return error
        hint = error.hint or f"the expression is: {' '.join(self.text.source.split())[:200]}"
        if self.first:
            hint += '; if it is in XPath 2.0 or later, write queryBinding="xslt2" into the schema'
        return SchemaError(error.message, path=self.text.path, line=self.text.line, hint=hint)

    def compile(self, xpath: str) -> etree.XPath:
        """Return ``xpath`` compiled by libxml2, with the prefixes of this expression.

        :raises SchemaError: it is not an expression of XPath.
        """
        try:
            return etree.XPath(xpath, namespaces=dict(self.text.namespaces), regexp=False)
        except etree.XPathError as error:
            raise self.error(SchemaError(f"not an expression of XPath: {error}")) from error

    def find(self, at: etree._Element | etree._ElementTree, current: etree._Element | None = None) -> Any:
        """Return what libxml2 gives for the quick form at ``at``: nodes, a value, true or false.

        :raises CannotRunError: libxml2 refuses.
        """
        assert self._xpath is not None
        try:
            if current is not None:
                return self._xpath(at, **{CURRENT: [current]})
            return self._xpath(at)
        except etree.XPathError as error:
            raise CannotRunError(str(error)) from error

    def runs_at(self, node: Node) -> bool:
        """Whether the quick form can be asked at ``node`` by itself; libxml2 begins at elements only."""
        return (
            self.quick is not None
            and node.element is not None
            and node.attribute is None
            and node.text is None
        )

    def reaches_document(self) -> bool:
        """Whether the quick form may find the document itself, which libxml2 does not give back."""
        text = self.quick.text if self.quick is not None else ""
        return ".." in text or "::" in text or "/" in text

    def _check_prefixes(self) -> None:
        declared = self.text.namespaces
        for prefix in sorted(prefixes(tokens(self.text.source)) - _BUILT_IN):
            if prefix not in declared:
                raise SchemaError(
                    f"the prefix {prefix} is not declared",
                    hint=f'add <sch:ns prefix="{prefix}" uri="…"/> to the schema',
                )
