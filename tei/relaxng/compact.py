"""Read the compact syntax of RELAX NG (``.rnc``) into the elements of the XML syntax."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from lxml import etree

from tei.errors import LimitError, SchemaError
from tei.relaxng.datatypes import BUILT_IN, XSD
from tei.relaxng.names import XML_NAMESPACE
from tei.relaxng.tokens import KEYWORDS, Token, tokenize

_RNG: Final = "http://relaxng.org/ns/structure/1.0"
_DEEPEST: Final = 200
_JOINS: Final = {",": "group", "|": "choice", "&": "interleave"}
_REPEATS: Final = {"?": "optional", "*": "zeroOrMore", "+": "oneOrMore"}
_ASSIGNS: Final = {"=": None, "|=": "choice", "&=": "interleave"}


def parse_compact(data: bytes, path: Path) -> etree._Element:
    """Return the schema ``data``, in the compact syntax, as the root element of the XML syntax.

    :raises SchemaError: it is not in that syntax, with the place.
    """
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise SchemaError("the schema is neither UTF-8 nor UTF-16", path=path) from problem
    return _Parser(tokenize(text.replace("\r\n", "\n"), path), path).schema()


class _Parser:
    """Goes through the tokens once, building elements."""

    def __init__(self, tokens: list[Token], path: Path) -> None:
        self.tokens = tokens
        self.path = path
        self.at = 0
        self.depth = 0
        # No declaration of a default namespace, or "inherit": the one of the including file.
        self.default: str | None = None
        self.namespaces: dict[str, str | None] = {"xml": XML_NAMESPACE}
        self.libraries = {"xsd": XSD}

    # ---- tokens

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def _error(self, message: str, token: Token | None = None) -> SchemaError:
        token = token or self.token
        return SchemaError(message, path=self.path, line=token.line, column=token.column)

    def _next(self) -> Token:
        token = self.token
        if token.kind == "end":
            raise self._error("the schema ends too early")
        self.at += 1
        return token

    def _is(self, *signs: str) -> bool:
        return self.token.kind in ("sign", "word") and self.token.text in signs

    def _take(self, sign: str) -> bool:
        if self._is(sign):
            self.at += 1
            return True
        return False

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise self._error(f"“{sign}” is expected here, not “{self.token.text}”")

    def _notes(self) -> None:
        while self.token.kind == "note":
            self.at += 1

    def _notes_behind(self) -> None:
        while self._take(">>"):
            self._next()
            self._notes()

    def _literal(self) -> str:
        parts = []
        while True:
            token = self._next()
            if token.kind != "literal":
                raise self._error("a text in quotes is expected here", token)
            parts.append(token.text)
            if not self._take("~"):
                return "".join(parts)

    def _element(self, kind: str, **attributes: str | None) -> etree._Element:
        declared = {prefix: uri for prefix, uri in self.namespaces.items() if uri and prefix != "xml"}
        made = etree.Element(f"{{{_RNG}}}{kind}", nsmap=declared)
        for key, value in attributes.items():
            if value is not None:
                made.set(key, self._clean(value))
        made.sourceline = self.token.line  # type: ignore[misc] # the types of lxml know no better
        return made

    def _clean(self, value: str) -> str:
        if any(c < " " and c not in "\t\n\r" for c in value) or "\ufffe" in value or "\uffff" in value:
            raise self._error("a character that XML does not have")
        return value

    # ---- the whole

    def schema(self) -> etree._Element:
        """Read all of it."""
        self._declarations()
        self._notes()
        if self.token.kind == "end" or self._is_content():
            root = self._element("grammar")
            self._content(root, "")
        else:
            root = self._pattern()
        if self.token.kind != "end":
            raise self._error(f"“{self.token.text}” has no place here")
        return root

    def _declarations(self) -> None:
        while True:
            start = self.at
            self._notes()
            following = self.tokens[min(self.at + 1, len(self.tokens) - 1)].text
            if self._is("namespace") and following not in _ASSIGNS:
                self.at += 1
                prefix = self._next().text
                self._need("=")
                self.namespaces[prefix.lstrip("\\")] = self._namespace()
            elif self._is("default") and following == "namespace":
                self.at += 2
                prefix = "" if self._is("=") else self._next().text.lstrip("\\")
                self._need("=")
                self.default = self._namespace()
                if prefix:
                    self.namespaces[prefix] = self.default
            elif self._is("datatypes") and following not in _ASSIGNS:
                self.at += 1
                prefix = self._next().text
                self._need("=")
                self.libraries[prefix.lstrip("\\")] = self._literal()
            else:
                self.at = start
                return

    def _namespace(self) -> str | None:
        return None if self._take("inherit") else self._clean(self._literal())

    def _is_content(self) -> bool:
        """Whether a part of a grammar begins here, not a pattern."""
        if self._is("start", "div", "include"):
            return True
        following = self.tokens[self.at + 1]
        return self.token.kind == "word" and (following.text in _ASSIGNS or following.kind == "note")

    def _content(self, parent: etree._Element, closing: str) -> None:
        """The parts of a grammar, to the end or to ``closing``."""
        self._deeper()
        while True:
            self._notes()
            if (closing and self._take(closing)) or (not closing and self.token.kind == "end"):
                break
            if self._is("div"):
                part = self._element("div")
                self.at += 1
                self._need("{")
                self._content(part, "}")
            elif self._is("include"):
                part = self._include()
            else:
                found = self._definition()
                if found is None:
                    continue
                part = found
            parent.append(part)
        self.depth -= 1

    def _definition(self) -> etree._Element | None:
        token = self._next()
        if token.kind != "word":
            raise self._error(f"a definition is expected here, not “{token.text}”", token)
        if self.token.kind == "note":
            self._notes()  # an annotation that is an element
            return None
        if token.text != "start" and (token.text in KEYWORDS or ":" in token.text):
            raise self._error(f"a definition is expected here, not “{token.text}”", token)
        sign = self._next()
        if sign.text not in _ASSIGNS or sign.kind != "sign":
            raise self._error(f"“=” is expected here, not “{sign.text}”", sign)
        name = None if token.text == "start" else token.text.lstrip("\\")
        made = self._element("start" if name is None else "define", name=name, combine=_ASSIGNS[sign.text])
        made.append(self._pattern())
        return made

    def _include(self) -> etree._Element:
        made = self._element("include")
        self._next()
        self._file(made)
        if self._take("{"):
            self._content(made, "}")
        return made

    def _file(self, made: etree._Element) -> None:
        made.set("href", self._clean(self._literal()))
        namespace = self.default
        if self._take("inherit"):
            self._need("=")
            namespace = self.namespaces.get(self._next().text)
        if namespace is not None:
            made.set("ns", namespace)

    # ---- patterns

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise LimitError(
                f"the schema is nested more than {_DEEPEST} deep", path=self.path, line=self.token.line
            )

    def _pattern(self) -> etree._Element:
        self._deeper()
        first = self._particle()
        if not self._is(*_JOINS):
            self.depth -= 1
            return first
        sign = self.token.text
        joined = self._element(_JOINS[sign])
        joined.append(first)
        while self._take(sign):
            joined.append(self._particle())
        if self._is(*_JOINS):
            raise self._error(f"“{self.token.text}” and “{sign}” need brackets between them")
        self.depth -= 1
        return joined

    def _particle(self) -> etree._Element:
        self._notes()
        found = self._primary()
        self._notes_behind()
        if self.token.kind == "sign" and self.token.text in _REPEATS:
            repeated = self._element(_REPEATS[self._next().text])
            repeated.append(found)
            found = repeated
            self._notes_behind()
        return found

    def _primary(self) -> etree._Element:
        token = self.token
        if token.kind == "literal":
            return self._value("token", BUILT_IN)
        if self._take("("):
            inside = self._pattern()
            self._need(")")
            # A group of its own, so that what is in it is not taken apart by those around it.
            made = self._element("group")
            made.append(inside)
            return made
        if token.kind != "word":
            raise self._error(f"a pattern is expected here, not “{token.text}”")
        if token.text in ("element", "attribute"):
            return self._named(token.text)
        if token.text in ("list", "mixed"):
            made = self._element(self._next().text)
            made.append(self._in_braces())
            return made
        if token.text in ("empty", "text", "notAllowed"):
            return self._element(self._next().text)
        return self._other(token)

    def _other(self, token: Token) -> etree._Element:
        word = token.text
        if word == "grammar":
            made = self._element(self._next().text)
            self._need("{")
            self._content(made, "}")
            return made
        if word == "external":
            made = self._element("externalRef")
            self._next()
            self._file(made)
            return made
        if word == "parent":
            self._next()
            return self._element("parentRef", name=self._next().text.lstrip("\\"))
        if word in ("string", "token"):
            self._next()
            return self._data(word, BUILT_IN)
        if ":" in word:
            self._next()
            prefix, _, name = word.partition(":")
            library = self.libraries.get(prefix)
            if library is None:
                raise self._error(f"the prefix “{prefix}” of a datatype is not declared", token)
            return self._data(name.lstrip("\\"), library)
        if word in KEYWORDS:
            raise self._error(f"a pattern is expected here, not “{word}”", token)
        made = self._element("ref", name=word.lstrip("\\"))
        self._next()
        return made

    def _in_braces(self) -> etree._Element:
        self._need("{")
        inside = self._pattern()
        self._need("}")
        return inside

    def _named(self, kind: str) -> etree._Element:
        made = self._element(kind)
        self._next()
        made.append(self._name_class(kind == "attribute"))
        made.append(self._in_braces())
        return made

    def _data(self, name: str, library: str) -> etree._Element:
        if self.token.kind == "literal":
            return self._value(name, library)
        made = self._element("data", type=name, datatypeLibrary=library)
        if self._take("{"):
            while not self._take("}"):
                self._notes()
                parameter = self._element("param", name=self._next().text.lstrip("\\"))
                self._need("=")
                parameter.text = self._clean(self._literal())
                made.append(parameter)
        if self._take("-"):
            excluded = self._element("except")
            self._notes()
            excluded.append(self._primary())
            made.append(_flat(excluded))
        return made

    def _value(self, name: str, library: str) -> etree._Element:
        made = self._element("value", type=name, datatypeLibrary=library, ns=self.default)
        made.text = self._clean(self._literal())
        return made

    # ---- names

    def _name_class(self, attribute: bool) -> etree._Element:
        self._deeper()
        first = self._basic_name(attribute)
        if self._is("|"):
            joined = self._element("choice")
            joined.append(first)
            while self._take("|"):
                joined.append(self._basic_name(attribute))
            first = joined
        self.depth -= 1
        return first

    def _basic_name(self, attribute: bool) -> etree._Element:
        self._notes()
        token = self._next()
        if token.text == "(" and token.kind == "sign":
            made = self._name_class(attribute)
            self._need(")")
        elif token.text == "*" and token.kind == "sign":
            made = self._excepting(self._element("anyName"), attribute)
        elif token.kind != "word":
            raise self._error(f"a name is expected here, not “{token.text}”", token)
        else:
            made = self._single_name(token, attribute)
        self._notes_behind()
        return made

    def _single_name(self, token: Token, attribute: bool) -> etree._Element:
        prefix, colon, name = token.text.rpartition(":")
        # Without a prefix, an attribute is in no namespace.
        namespace = "" if attribute else self.default
        if colon:
            if prefix.lstrip("\\") not in self.namespaces:
                raise self._error(f"the prefix “{prefix}” is not declared", token)
            namespace = self.namespaces[prefix.lstrip("\\")]
        if name == "*":
            return self._excepting(self._element("nsName", ns=namespace), attribute)
        made = self._element("name", ns=namespace)
        made.text = name.lstrip("\\")
        return made

    def _excepting(self, made: etree._Element, attribute: bool) -> etree._Element:
        if self._take("-"):
            excluded = self._element("except")
            excluded.append(self._basic_name(attribute))
            made.append(excluded)
        return made


def _flat(excluded: etree._Element) -> etree._Element:
    """The brackets of an exception hold nothing together there."""
    inside = excluded[0]
    if inside.tag == f"{{{_RNG}}}group" and len(inside) == 1:
        excluded.replace(inside, inside[0])
    return excluded
