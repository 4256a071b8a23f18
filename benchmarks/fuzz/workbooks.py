"""Workbooks for the fuzz trial: whole ones, one part of which is broken, or its values only."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

from lxml import etree

_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = (
    f'<worksheet xmlns="{_NAMESPACE}"><dimension ref="A1:D5"/><cols><col min="1" max="4"/></cols>'
    '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Tanggal</t>'
    '</is></c><c r="C1" t="s"><v>1</v></c><c r="D1" t="str"><v>Tautan</v></c></row><row r="2" '
    'spans="1:4"><c r="A2" t="s"><v>2</v></c><c r="B2" s="1"><v>46351.4</v></c><c r="C2"><f>3+4</f>'
    '<v>7</v></c><c r="D2" t="inlineStr"><is><r><t>https://k.example/</t></r><r><t>1</t></r></is>'
    '</c></row><row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#REF!</v></c></row><row '
    'r="5"><c r="A5" t="inlineStr"><is><t>Jembatan_x000D_\nrusak</t></is></c><c r="B5" t="d"><v>'
    '2026-11-26T10:30:00</v></c><c r="C5" s="2"><v>1.5</v></c></row></sheetData><mergeCells>'
    '<mergeCell ref="A2:A3"/></mergeCells></worksheet>'
).encode()
STRINGS = (
    f'<sst xmlns="{_NAMESPACE}" count="3" uniqueCount="3"><si><t>Isi Aduan</t></si><si><t>Suka</t>'
    '</si><si><r><rPr><b/></rPr><t>Air PDAM </t></r><r><t xml:space="preserve">keruh</t></r></si>'
    "</sst>"
).encode()
STYLES = (
    f'<styleSheet xmlns="{_NAMESPACE}"><numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm'
    '"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1'
    '"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf '
    'numFmtId="22"/><xf numFmtId="164"/></cellXfs></styleSheet>'
).encode()
_BOOK = (
    f'<workbook xmlns="{_NAMESPACE}" xmlns:r="{_RELATIONS}"><sheets><sheet name="Aduan" sheetId="1"'
    ' r:id="r1"/></sheets></workbook>'
).encode()
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension'
    '="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/s.xml" ContentType="{_TYPES}.worksheet+xml"/>'
    f'<Override PartName="/xl/t.xml" ContentType="{_TYPES}.sharedStrings+xml"/>'
    f'<Override PartName="/xl/f.xml" ContentType="{_TYPES}.styles+xml"/></Types>'
).encode()


def _links(*targets: tuple[str, str]) -> bytes:
    each = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    home = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{home}">{each}</Relationships>'.encode()


_PARTS = {
    "[Content_Types].xml": _CONTENT_TYPES,
    "_rels/.rels": _links(("officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": _BOOK,
    "xl/_rels/workbook.xml.rels": _links(
        ("worksheet", "s.xml"), ("sharedStrings", "t.xml"), ("styles", "f.xml")
    ),
    "xl/s.xml": SHEET,
    "xl/t.xml": STRINGS,
    "xl/f.xml": STYLES,
}
_PLACES = {b"<worksheet": "xl/s.xml", b"<sst": "xl/t.xml", b"<styleShee": "xl/f.xml"}
_WORDS = (
    "", "0", "-1", "3", "99", "1e308", "1e999", "NaN", "9" * 5000, "0x10", "1.5.2", "x", "A0", "B2",
    "XFD1048576", "ZZZZ9", "A99999999", "$C$7", "5000000", "2147483648", "1048576", "true", "n",
    "s", "b", "d", "e", "str", "inlineStr", "2026-13-45", "2026-11-26T99:99:99Z", "0001-01-01",
    "-657435", "2958466", "60", "=cmd()", "_x0000_", "_xD800_", "_x001B_[2J", "_x005F_x0001_",
    "\u202eabc", "kata " * 400, "#VALUE!", "preserve", "shared", "array", "A1:XFD1048576",
)  # fmt: skip
_ENTITIES = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def pack(part: bytes = SHEET) -> bytes:
    """A workbook with this as its sheet, its shared strings or its styles; a whole zip stays."""
    if part.startswith(b"PK"):
        return part
    place = next((_PLACES[start] for start in _PLACES if start in part[:400]), "xl/s.xml")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        for name, content in (_PARTS | {place: part}).items():
            book.writestr(name, content)
    return packed.getvalue()


def revalue(part: bytes, rng: random.Random) -> bytes | None:
    """The part still whole XML, one to four of its values others; None when it is none."""
    if not part.startswith(tuple(_PLACES)):
        return None
    root = etree.fromstring(part)
    for _ in range(rng.randint(1, 4)):
        rng.choice(_CHANGES)(rng.choice(list(root.iter())), rng)
    written = etree.tostring(root)
    return _ENTITIES + written.replace(b"keruh", b"&b;") if rng.random() < 0.02 else written


def _reword(element: etree._Element, rng: random.Random) -> None:
    element.text = rng.choice(_WORDS)


def _relabel(element: etree._Element, rng: random.Random) -> None:
    names = list(element.attrib) or ["r", "s", "t"]
    element.set(rng.choice(names), rng.choice(_WORDS))


def _rename(element: etree._Element, rng: random.Random) -> None:
    element.tag = f"{{{_NAMESPACE}}}{rng.choice(('c', 'v', 'f', 'is', 't', 'r', 'row', 'si'))}"


def _repeat(element: etree._Element, rng: random.Random) -> None:
    parent = element.getparent()
    for _ in range(rng.choice((1, 1, 3, 50)) if parent is not None else 0):
        parent.append(etree.fromstring(etree.tostring(element)))


def _drop(element: etree._Element, _: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _strip(element: etree._Element, rng: random.Random) -> None:
    if element.attrib:
        del element.attrib[rng.choice(list(element.attrib))]


_CHANGES: tuple[Callable[[etree._Element, random.Random], None], ...] = (
    _reword, _reword, _relabel, _relabel, _relabel, _rename, _repeat, _drop, _strip,
)  # fmt: skip
