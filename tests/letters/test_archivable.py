"""What a PDF for the archive must have (ISO 19005-2 A, ISO 14289-1), read from its objects."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from collector.fields import LETTER_LANGUAGES
from collector.letters.confirmation import confirmation_file
from collector.letters.statement import statement_files
from collector.model import Bank, Confirmation
from tests.letters.samples import AS_OF, SENDER, statement

needs_pdftotext = pytest.mark.skipif(
    not shutil.which("pdftotext") and not os.environ.get("CI"), reason="pdftotext is not installed"
)
PAYEE = replace(
    SENDER, bank=Bank("Northwind Trading Ltd", "DE89370400440532013000", bic="COBADEFFXXX")
)
KINDS = ("statement", "confirmation")
TONGUES = {"en": "en-GB", "zh": "zh-CN", "zh-hant": "zh-TW", "de": "de-DE", "fr": "fr-FR",
           "es": "es-ES"}  # fmt: skip


def made(kind: str, language: str = "en") -> bytes:
    if kind == "confirmation":
        balances = (("EUR", Decimal("1234.50")),)
        letter = Confirmation("C1", "Acme Ltd", language, AS_OF, date(2026, 12, 4), balances)
        return confirmation_file(letter, PAYEE).content
    wanted = statement(language=language)
    euros = tuple(replace(section, currency="EUR") for section in wanted.sections[:1])
    (file,) = statement_files(replace(wanted, sections=euros), PAYEE, ["pdf"])
    return file.content


def objects(content: bytes) -> dict[int, bytes]:
    """Return the objects of a PDF by number; ours are not packed into streams."""
    found = re.findall(rb"(?m)^(\d+) 0 obj\n(.*?)\nendobj$", content, re.DOTALL)
    return {int(number): body for number, body in found}


def elements(content: bytes) -> dict[int, tuple[str, bytes, list[int]]]:
    """Return the elements of the structure tree: what each is, how it reads, what is in it."""
    found = {}
    for number, body in objects(content).items():
        kind = re.search(rb"/Type/StructElem/S/(\w+)", body)
        if kind:
            kids = re.search(rb"/K\[(.*?)\]", body, re.DOTALL)
            inside = re.findall(rb"(\d+) 0 R", kids[1]) if kids else []
            found[number] = kind[1].decode(), body, [int(each) for each in inside]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_it_claims_the_standards_in_its_metadata(kind: str) -> None:
    content = made(kind)
    (metadata,) = (body for body in objects(content).values() if b"/Type/Metadata" in body)
    assert b"/Filter" not in metadata.partition(b"stream")[0]  # readable without any tool
    for claim in (
        b"<pdfaid:part>2<",
        b"<pdfaid:conformance>A<",
        b"<pdfuaid:part>1<",
        b"<dc:title>",
    ):
        assert claim in metadata
    assert re.search(rb"/ID\s?\[", content)
    for forbidden in (b"/Encrypt", b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/URI"):
        assert forbidden not in b"".join(
            body.partition(b"stream")[0] for body in objects(content).values()
        )


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_it_says_its_language_and_its_title(kind: str, language: str) -> None:
    (catalogue,) = (b for b in objects(made(kind, language)).values() if b"/Type/Catalog" in b)
    assert b"/Lang(%s)" % TONGUES[language].encode() in catalogue
    assert b"/DisplayDocTitle true" in catalogue
    assert b"/MarkInfo<</Marked true" in catalogue


@pytest.mark.parametrize("kind", KINDS)
def test_colours_mean_the_same_everywhere(kind: str) -> None:
    content = made(kind)
    (intent,) = (body for body in objects(content).values() if b"/Type/OutputIntent" in body)
    assert b"/S/GTS_PDFA1" in intent
    profile = re.search(rb"/DestOutputProfile (\d+) 0 R", intent)
    assert profile
    stream = objects(content)[int(profile[1])].partition(b"stream\n")[2]
    assert zlib.decompress(stream.partition(b"\nendstream")[0])[36:40] == b"acsp"


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_font_is_inside_as_a_subset_and_says_what_its_shapes_mean(
    kind: str, language: str
) -> None:
    content = made(kind, language)
    whole = [body for body in objects(content).values() if b"/Subtype/Type0" in body]
    assert whole
    for font in whole:
        assert re.search(rb"/BaseFont/[A-Z]{6}\+", font)
        assert re.search(rb"/ToUnicode \d+ 0 R", font)
    described = [body for body in objects(content).values() if b"/Type/FontDescriptor" in body]
    assert len(described) == len(whole)
    assert all(re.search(rb"/FontFile[23] \d+ 0 R", body) for body in described)
    assert len(content) < 150_000


def test_the_structure_tree_holds_headings_and_tables_with_their_heads() -> None:
    tree = elements(made("statement"))
    kinds = [kind for kind, _, _ in tree.values()]
    assert kinds.count("H1") == 1
    assert "H2" in kinds
    assert "H3" in kinds
    for kind, body, inside in tree.values():
        within = {tree[each][0] for each in inside if each in tree}
        if kind == "Table":
            assert within <= {"TR", "THead", "TBody", "TFoot"}
        elif kind == "TR":
            assert within <= {"TH", "TD"}
        elif kind == "TH":
            assert b"/Scope/Column" in body
        elif kind == "Figure":
            assert re.search(rb"/Alt\s?\(.", body)
    assert kinds.count("THead") == 3
    assert "Figure" in kinds


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_leads_to_its_place_in_the_structure_tree(kind: str) -> None:
    content = made(kind)
    pages = [b for b in objects(content).values() if re.search(rb"/Type/Page(?!s)", b)]
    assert pages
    for page in pages:
        assert re.search(rb"/StructParents \d+", page)
        assert b"/Tabs/S" in page
    (root,) = (b for b in objects(content).values() if b"/Type/StructTreeRoot" in b)
    assert b"/ParentTree" in root


@needs_pdftotext
def test_it_is_read_in_the_order_it_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "statement.pdf"
    path.write_bytes(made("statement"))
    command = ["pdftotext", "-raw", path, "-"]
    text = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()
    parts = ["Statement of account", "Acme Ltd", "Opening balance", "Closing balance", "Movements",
             "Open items", "By age", "How to pay", "DE89 3704"]  # fmt: skip
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
