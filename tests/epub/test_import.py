"""An EPUB of ours gives back the very TEI, whatever the tools of editors do to it."""

# Samples of markup are better read in one line.
# ruff: noqa: E501

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from tei.epub.edition import epub_bytes
from tei.epub.reading import container
from tei.epub.reading.importer import epub_to_tei, import_epub, tei_bytes
from tei.errors import FileError, LimitError, ParseError, TeiError
from tei.parse import parse_bytes, parse_file
from tests.conftest import ROOT, SHARED

NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
EDITIONS = sorted(ROOT.glob("encoded/*/*.xml"))
CORPUS = sorted(SHARED.glob("corpus/tei/*/*.xml"))
XHTML = "{http://www.w3.org/1999/xhtml}"


def canonical(tree: etree._ElementTree) -> tuple[bytes, bytes]:
    """The canonical XML of a document, comments kept: the version that the promise is about, and a stricter one."""
    return etree.tostring(tree, method="c14n2", with_comments=True), etree.tostring(tree, method="c14n")


def tei(text: str) -> str:
    """A document with ``text`` in its body."""
    return f"<TEI {NS}><teiHeader><fileDesc><titleStmt><title>A Book</title></titleStmt></fileDesc></teiHeader><text><body>{text}</body></text></TEI>"


def assert_comes_back(document: str | bytes) -> None:
    tree = parse_bytes(document.encode() if isinstance(document, str) else document)
    assert canonical(epub_to_tei(epub_bytes(tree))) == canonical(tree)


# The very TEI.


@pytest.mark.parametrize("file", EDITIONS, ids=lambda file: file.stem)
def test_the_editions_come_back_to_the_byte(file: Path) -> None:
    assert tei_bytes(epub_to_tei(epub_bytes(parse_file(file)))) == file.read_bytes()


@pytest.mark.corpus
@pytest.mark.parametrize("file", CORPUS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_the_corpus_comes_back(file: Path) -> None:
    try:
        tree = parse_file(file)
        data = epub_bytes(tree)
    except ParseError as error:
        pytest.skip(error.message)
    assert canonical(epub_to_tei(data)) == canonical(tree)


DOCUMENTS = {
    "comments and instructions around the root": f"<?xml-model href='a.rng' type=\"x\"?><!-- one --><TEI {NS}><text><p>x</p></text></TEI><!--two--><?three?>",
    "comments and instructions within": tei("<p>a<!-- b -->c<?d e  f?>g</p><!----><?h?><list><!-- i --><item>j</item></list>"),
    "no namespace": "<TEI><text><body><p n='1'>x</p></body></text></TEI>",
    "a prefix": f"<t:TEI {NS.replace('xmlns', 'xmlns:t')}><t:text><t:body><t:div><t:p>x</t:p></t:div><t:div><t:p>y</t:p></t:div></t:body></t:text></t:TEI>",
    "foreign elements": tei('<p><m:math xmlns:m="urn:m" m:a="1"><m:mi>x</m:mi></m:math><svg xmlns="urn:s"><g/></svg><none xmlns="">y</none></p>'),
    "two prefixes for one namespace": tei('<p xmlns:a="urn:a" xmlns:b="urn:a" b:x="1" a:y="2" b:z="3"/>'),
    "a namespace declared anew": tei(f'<p xmlns:a="urn:a"><hi xmlns:a="urn:b" a:x="1">x<seg {NS}>y</seg></hi></p>'),
    "equal ids, ids like ours, ids that are no names": tei('<p xml:id="a">x</p><p xml:id="a">y</p><p xml:id="x-1">z</p><p xml:id="1 2">z</p><pb n="1" xml:id="x-2"/>'),
    "ids where they stand": tei('<p n="1" xml:id="a" rend="b" xml:lang="de" xml:space="preserve">x</p><p xml:lang="de" xml:id="b"/><p xml:id="c" xml:lang="x&amp;y"/><p xml:lang=""/>'),
    "characters in need of references": tei('<p n="&lt;&amp;&gt;&quot;&apos;&#9;&#10;&#13; ">&lt;&amp;&gt;"\'&#13;&#9;\u00a0\u2028&#x10ffff;]]&gt;</p>'),
    "a note shown elsewhere, in parts": tei('<div><p>x<ref type="noteAnchor" target="#n1">*</ref> y<note xml:id="n1" place="bottom" next="#n2"><label>*</label> a</note></p><pb n="2"/><p>z<note xml:id="n2" place="bottom" prev="#n1">b<note place="bottom">c</note></note></p></div><div><p>w</p></div>'),
    "chapters": tei("<!--a--><div type='part'><head>P</head>\n<div><head>A</head><p>a</p>\n</div> <!--b--> <div><p>b</p></div>\n</div>\n<div><p>c</p><div><p>d</p></div></div>"),
    "chapters in lists and tables": tei("<list><item>a<div><p>b</p></div><div><p>c</p></div></item> <item>d</item></list><table><row><cell>a<div><p>b</p></div><div><p>c</p></div></cell></row></table>"),
    "tables and figures": tei('<table rows="2" cols="2"><head>H</head> <row role="label"><cell>a</cell><cell role="data"/></row>\n<row><cell role="label" rows="2">b</cell><cell cols="2"><figure xml:id="f"><graphic url="i/a.png" mimeType="image/png"/><figDesc>c <hi>d</hi></figDesc></figure></cell></row></table><table><lb/><head>H</head><head>I</head><row role="label"><cell role="label"/></row></table><figure><graphic url="b.png"/><head>e</head><figDesc/></figure><p>f<figure><figDesc>g</figDesc><head>h</head></figure></p>'),
    "broken words": tei('<p>offi<pc force="weak">¬</pc> \n<lb break="no"/>cers <w join="right">a</w> <w>b</w></p>'),
    "what is not read": tei('<p>a<choice> <sic>b<lb/></sic> <corr>c</corr>\n</choice><gap reason="x"><desc>d</desc></gap><del>e</del><space> f</space><g ref="#u000C"/><fw>g<note>h</note></fw></p>'),
    "several texts": f"<teiCorpus {NS}><TEI><text><p>a<note>b</note></p></text></TEI> <TEI><text><group><text><p>c</p></text><text><p>d</p></text></group></text></TEI></teiCorpus>",
    "a part of a document": f"<div {NS}><p>x</p></div>",
    "nothing": f"<TEI {NS}/>",
    "CDATA": tei("<p><![CDATA[<a>&amp;]]></p>"),
    "names like words of ours": tei('<p><gen n="1">x</gen><wrap>y</wrap><cont>z</cont><other>o</other><seg type="gen" rend="b">w</seg></p>'),
    "as deep as can be read": f"<TEI {NS}>{'<list>' * 255}x{'</list>' * 255}</TEI>",
}  # fmt: skip


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_document_comes_back(document: str) -> None:
    assert_comes_back(document)


# fmt: off
_NAMES = [
    "p", "div", "head", "list", "item", "label", "table", "row", "cell", "quote", "q", "said", "note", "lb", "pb", "hi", "ref", "ptr", "anchor", "choice", "sic", "corr", "app", "lem", "rdg", "lg", "l", "sp", "speaker", "stage", "u", "floatingText", "text", "body", "front", "back", "group", "gap", "space", "pc", "w", "g", "del", "fw", "figure", "graphic", "figDesc", "cit", "__init__", "w-x", "ab", "entry", "form", "sense", "milestone", "castList", "castItem", "teiHeader", "TEI", "egXML",
]
# fmt: on
_VALUES = st.sampled_from(
    ["", "a", "b", "#a", "#b", "#a #b", "x-1", "'\"<&>\n\t\r ", "é", "no", "block", "1"]
)
_KEYS = st.sampled_from(
    ["xml:id", "xml:lang", "xml:space", "n", "target", "next", "prev", "corresp", "source", "rend", "ref", "who"]
)  # fmt: skip
_FIXED = st.sampled_from(
    ['type="noteAnchor" target="#a"', 'break="no"', 'place="bottom" xml:id="a"', 'place="bottom" next="#b" xml:id="a"',
     'place="bottom" prev="#a" xml:id="b"', 'type="part"', 'role="label"', 'force="weak"', 'join="left"', 'y:k="1" xmlns:y="urn:y"', 'xmlns="urn:z"', 'xmlns=""', NS]
)  # fmt: skip
_TEXTS = st.sampled_from(
    ["x ", " ", "\n", "&lt;", "y", "¬", "*", "-", "&#13;", "<!--c-->", "<?p  q ?>", "<!---->"]
)


def _escaped(value: str) -> str:
    for character, reference in (
        ("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;"), ("\n", "&#10;"), ("\t", "&#9;"), ("\r", "&#13;"),
    ):  # fmt: skip
        value = value.replace(character, reference)
    return value


@st.composite
def trees(draw: st.DrawFn, depth: int = 5) -> str:
    prefix = draw(st.sampled_from(["", "", "", "", "", "t:"]))
    name = prefix + draw(st.sampled_from(_NAMES))
    attributes = draw(
        st.one_of(
            st.just(""),
            _FIXED,
            st.dictionaries(_KEYS, _VALUES, max_size=3).map(
                lambda found: " ".join(f'{key}="{_escaped(value)}"' for key, value in found.items())
            ),
        )
    )
    more = [st.just("")] if not depth else [st.lists(st.one_of(_TEXTS, trees(depth=depth - 1)), max_size=5)]
    return f"<{name} {attributes}>{''.join(draw(st.one_of(*more)))}</{name}>"


@given(st.lists(st.one_of(_TEXTS, trees()), max_size=5).map("".join))
@example('<p><note place="bottom" next="#a" xml:id="a">x</note></p>')
@example("<div><note place='bottom' xml:id='a'/><ref type='noteAnchor' target='#a'/></div>")
def test_any_tree_comes_back(text: str) -> None:
    document = f'<TEI {NS} xmlns:t="http://www.tei-c.org/ns/1.0"><text><body>{text}</body></text></TEI>'
    try:
        parse_bytes(document.encode())
    except TeiError:
        return
    assert_comes_back(document)


# What the tools of editors do to a book.

BOOK = DOCUMENTS["a note shown elsewhere, in parts"].replace(
    "<body>",
    '<body><div><head>Ça—</head><list><label>a</label><item n="1&quot;\'">b&#160;<lb/>c</item></list></div>',
)


def files_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes], *, method: int = ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def changed(change: Callable[[bytes], bytes], names: str = r"EPUB/c\d+\.xhtml") -> bytes:
    """The sample book with ``change`` applied to its pages."""
    files = files_of(epub_bytes(parse_bytes(BOOK.encode())))
    return packed({name: change(data) if re.fullmatch(names, name) else data for name, data in files.items()})


def assert_is_the_book(data: bytes) -> None:
    assert canonical(epub_to_tei(data)) == canonical(parse_bytes(BOOK.encode()))


def _reserialised(data: bytes) -> bytes:
    """Another serialiser: attributes backwards and in single quotes, end-tags everywhere, a prefix, all in ASCII."""

    def tag(node: etree._Element) -> str:
        name = etree.QName(node)
        prefix = "h:" if name.namespace == XHTML.strip("{}") else ""
        attributes = "".join(
            f" {key.replace('{http://www.w3.org/XML/1998/namespace}', 'xml:').replace('{http://www.idpf.org/2007/ops}', 'ops:')}='{references(value)}'"
            for key, value in reversed(node.items())
        )
        root = ' xmlns:h="http://www.w3.org/1999/xhtml" xmlns:ops="http://www.idpf.org/2007/ops"' if node.getparent() is None else ""  # fmt: skip
        inside = references(node.text or "") + "".join(
            tag(child) + references(child.tail or "") for child in node
        )
        return f"<{prefix}{name.localname}{root}{attributes}>{inside}</{prefix}{name.localname}>"

    def references(text: str) -> str:
        return "".join(
            one if one.isascii() and (one.isalnum() or one in " \n") else f"&#x{ord(one):x};" for one in text
        )

    return tag(etree.fromstring(data)).encode()


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "another serialiser": _reserialised,
    "lxml": lambda data: etree.tostring(etree.fromstring(data)),
    "UTF-16": lambda data: etree.tostring(etree.fromstring(data), encoding="UTF-16"),
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "named entities": lambda data: data.replace(b"\xc2\xa0", b"&nbsp;").replace("—".encode(), b"&mdash;"),
    "another head": lambda data: re.sub(
        rb"(?s)<head>.*</head>", b'<head><title>new</title><style>p { color: red }</style><meta name="x" content="y"/></head>', data
    ),
    "another document type": lambda data: data.replace(
        b"<!DOCTYPE html>", b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
    ),
    "a div around all, and comments": lambda data: re.sub(
        rb"(?s)(<body[^>]*>)(.*)(</body>)", rb"\1 <!-- made with x -->\n<div class='calibre'>\2</div> \3", data
    ),
    "more classes": lambda data: data.replace(b'class="tei-', b'class="calibre1 tei-'),
    "no xml:lang": lambda data: re.sub(rb' xml:lang="[^"]*"', b"", data),
    "white space at the end": lambda data: data + b"\n\n",
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_pages_saved_by_other_programs(change: Callable[[bytes], bytes]) -> None:
    assert_is_the_book(changed(change))


@pytest.mark.parametrize("order", [sorted, lambda names: sorted(names, reverse=True)])
@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED])
def test_packed_again_in_another_order(order: Callable[[Iterable[str]], list[str]], method: int) -> None:
    files = files_of(epub_bytes(parse_bytes(BOOK.encode())))
    assert_is_the_book(packed({name: files[name] for name in order(files)}, method=method))


def test_files_that_were_renamed_and_moved() -> None:
    files = files_of(epub_bytes(parse_bytes(BOOK.encode())))
    package = re.sub(
        rb'href="c(\d+)\.xhtml"', rb'href="../Text/page%20\1.xhtml"', files.pop("EPUB/package.opf")
    )
    moved = {
        re.sub(r"EPUB/c(\d+)\.xhtml", r"Text/page \1.xhtml", name).replace("EPUB/", "OEBPS/"): data
        for name, data in files.items()
    }
    moved["OEBPS/content.opf"] = package
    moved["META-INF/container.xml"] = files["META-INF/container.xml"].replace(
        b"EPUB/package.opf", b"OEBPS/content.opf"
    )
    assert_is_the_book(packed(moved))


def test_a_page_with_a_cover_alone_is_left_out() -> None:
    files = files_of(epub_bytes(parse_bytes(BOOK.encode())))
    files["EPUB/extra.xhtml"] = (
        b"<html xmlns='http://www.w3.org/1999/xhtml'><head><title>c</title></head><body><div><img src='c.png' alt='c'/></div></body></html>"
    )
    files["EPUB/package.opf"] = files["EPUB/package.opf"].replace(
        b"</manifest>", b'<item id="e" href="extra.xhtml" media-type="application/xhtml+xml"/></manifest>'
    )
    files["EPUB/package.opf"] = re.sub(
        rb"(<spine[^>]*>)", rb'\1<itemref idref="e"/>', files["EPUB/package.opf"]
    )
    assert_is_the_book(packed(files))


def test_what_a_person_types_comes_along() -> None:
    data = changed(
        lambda data: data.replace(
            "Ça—".encode(), "Ça <em>va</em><br/> <span class='Apple-x'>bien</span>".encode()
        )
    )
    found = epub_to_tei(data).getroot().find(".//{*}head")
    assert found is not None
    assert etree.tostring(found, encoding="unicode", with_tail=False).replace(f" {NS}", "") == '<head>Ça <hi rend="italic">va</hi><lb/> bien</head>'  # fmt: skip


# What is refused, and how.


def refused(data: bytes, kind: type[TeiError] = ParseError) -> str:
    with pytest.raises(kind) as caught:
        epub_to_tei(data, "book.epub")
    assert caught.value.path is not None
    return str(caught.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data.replace(b'data-note="note-part-1"', b""), "the note that stands at data-at='note-part-1' is missing"),
        (lambda data: data.replace(b'data-at="note-part-1"', b""), "the note that is shown with data-note='note-part-1' belongs nowhere"),
        (lambda data: data.replace(b'note-part-2"', b'note-part-1"'), "two elements have data-note='note-part-1'"),
        (lambda data: data.replace(b"n='2'", b"n='2"), "is no list of attributes"),
        (lambda data: data.replace(b"n='2'", b"n='2' n='3'"), "has n twice"),
        (lambda data: data.replace(b"</body>", b"more</body>"), "the words 'more' stand outside of the edition's text"),
        (lambda data: data.replace(b"<head>", b"<hed>"), "not well-formed"),
        (lambda data: b"<html/>", "this page is no XHTML: it has no body"),
        (lambda data: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + data, "entit"),
    ],
)  # fmt: skip
def test_a_damaged_page_is_refused(change: Callable[[bytes], bytes], message: str) -> None:
    assert message in refused(changed(change))


def test_pages_in_the_wrong_order_are_refused() -> None:
    def turned(data: bytes) -> bytes:
        spine = re.findall(rb'<itemref idref="f-c\d+.xhtml"/>\n', data)
        return data.replace(b"".join(spine), b"".join(reversed(spine)))

    assert "does not end with" in refused(changed(turned, r".*\.opf"))


def test_a_page_that_tells_nothing_is_refused() -> None:
    data = changed(
        lambda data: (
            data if b"note" in data else re.sub(rb"(?s)<body.*</body>", b"<body><p>x</p></body>", data)
        )
    )
    assert "this page is no part of the edition" in refused(data)


@pytest.mark.parametrize(
    ("leave_out", "message"),
    [
        ("META-INF/container.xml", "META-INF/container.xml is missing"),
        ("EPUB/package.opf", "'EPUB/package.opf' is missing"),
        ("EPUB/c001.xhtml", "'EPUB/c001.xhtml' is missing"),
    ],
)
def test_a_missing_file(leave_out: str, message: str) -> None:
    files = files_of(epub_bytes(parse_bytes(BOOK.encode())))
    del files[leave_out]
    assert message in refused(packed(files))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: re.sub(rb"(?s)<spine.*</spine>", b"", data), "the spine"),
        (lambda data: data.replace(b'idref="f-c001', b'idref="f-c999'), "the spine names 'f-c999.xhtml', which is not in the manifest"),
        (lambda data: data.replace(b'href="c001.xhtml"', b'href="../../../../etc/passwd"'), "is missing in the EPUB"),
        (lambda data: data.replace(b'href="c001.xhtml"', b'href="file:///etc/passwd"'), "is missing in the EPUB"),
    ],
)  # fmt: skip
def test_a_damaged_package(change: Callable[[bytes], bytes], message: str) -> None:
    assert message in refused(changed(change, r".*\.opf"))


def test_encrypted_pages() -> None:
    files = files_of(epub_bytes(parse_bytes(BOOK.encode())))
    files["META-INF/encryption.xml"] = (
        b'<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:e="http://www.w3.org/2001/04/xmlenc#">'
        b'<e:EncryptedData><e:CipherData><e:CipherReference URI="EPUB/c001.xhtml"/></e:CipherData></e:EncryptedData></encryption>'
    )
    assert "this file is encrypted" in refused(packed(files))
    # A font may be.
    files["META-INF/encryption.xml"] = files["META-INF/encryption.xml"].replace(b"c001.xhtml", b"f.otf")
    assert_is_the_book(packed(files))


@pytest.mark.parametrize("data", [b"", b"PK", b"<TEI/>", b"PK\x05\x06" + 18 * b"\0"])
def test_what_is_no_epub(data: bytes) -> None:
    assert "this is no EPUB" in refused(data)


def test_an_archive_of_another_kind() -> None:
    files = {"mimetype": b"application/vnd.oasis.opendocument.text", "META-INF/container.xml": b"<x/>"}
    assert "its type is 'application/vnd.oasis.opendocument.text'" in refused(packed(files))


def test_an_archive_cut_short_or_damaged() -> None:
    data = epub_bytes(parse_bytes(BOOK.encode()))
    assert "no ZIP archive" in refused(data[: len(data) // 2])
    with ZipFile(io.BytesIO(data)) as archive:
        at = archive.getinfo("EPUB/c001.xhtml").header_offset + 60
    assert "cannot be unpacked" in refused(data[:at] + bytes(20) + data[at + 20 :])


def test_a_way_of_packing_that_is_not_allowed() -> None:
    files = files_of(epub_bytes(parse_bytes(BOOK.encode())))
    assert "packed in a way that no EPUB may use" in refused(packed(files, method=ZIP_BZIP2))


def test_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MAX_UNPACKED", 2 * 1024 * 1024)
    data = changed(lambda data: data.replace(b"</body>", b" " * 3_000_000 + b"</body>"))
    assert len(data) < 1_000_000
    assert "unpacks to more than 2 MiB, the most that is read" in refused(data, LimitError)
    monkeypatch.setattr(container, "MAX_FILES", 3)
    assert "3 are the most that is read" in refused(data, LimitError)


def test_elements_too_deep() -> None:
    assert "nested more than" in refused(
        changed(lambda data: data.replace(b"</body>", b"<i>" * 5000 + b"</i>" * 5000 + b"</body>")),
        LimitError,
    )


@given(st.data())
def test_no_damage_brings_another_error(data: st.DataObject) -> None:
    files = files_of(epub_bytes(parse_bytes(BOOK.encode())))
    name = data.draw(st.sampled_from(sorted(files)))
    at = data.draw(st.integers(0, len(files[name])))
    end = at + data.draw(st.integers(0, 12))
    files[name] = files[name][:at] + data.draw(st.binary(max_size=3)) + files[name][end:]
    try:
        epub_to_tei(packed(files))
    except TeiError:
        return


# The command.


def test_the_command(tmp_path: Path) -> None:
    file = tmp_path / "a.epub"
    file.write_bytes(epub_bytes(parse_bytes(BOOK.encode())))
    command = [sys.executable, "-m", "tei", "import", str(file), "-o", str(tmp_path / "a.xml")]
    subprocess.run(command, check=True)
    assert canonical(parse_file(tmp_path / "a.xml")) == canonical(parse_bytes(BOOK.encode()))
    # Nothing but a whole new file replaces an old one.
    file.write_bytes(b"no EPUB")
    found = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.startswith(f"tei: {file}: this is no EPUB")
    assert canonical(parse_file(tmp_path / "a.xml")) == canonical(parse_bytes(BOOK.encode()))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no such file"):
        import_epub(tmp_path / "none.epub")
