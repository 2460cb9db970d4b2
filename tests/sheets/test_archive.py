"""Files that are no workbook, or must not be touched: a sentence each, never a traceback."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest

from collector.errors import (
    WorkbookEncryptedError,
    WorkbookError,
    WorkbookMissingError,
)
from collector.model import Edit
from collector.sheets import open_workbook
from tests.sheets.samples import SHEET, TAB, entries, part, rich_book, shown, with_parts

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def refusal(path: Path, content: bytes | None) -> str:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WorkbookError) as caught:
        open_workbook(str(path)).read(TAB)
    assert caught.value.exit_status == 3
    assert caught.value.say("zh") != str(caught.value)
    return str(caught.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(WorkbookMissingError, match=r"nowhere\.xlsx is not there"):
        open_workbook(str(tmp_path / "nowhere.xlsx")).read(TAB)
    assert "it is a folder" in refusal(tmp_path, None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"Customer,Amount\nAcme,5\n", "such as CSV"),
        ("客户;金额\n".encode("gb18030"), "such as CSV"),
        ("Customer\tAmount\n".encode("utf-16"), "such as CSV"),
        (b"\xef\xbb\xbf<html><table></table></html>", "a web page or XML"),
        (OLE + "Workbook".encode("utf-16-le"), "the old .xls format"),
        (b"%PDF-1.7\0\1\2", "not an Excel workbook"),
        (b"PK\x03\x04 and then nothing", "the file is damaged"),
    ],
)
def test_what_a_file_really_is_gets_said(tmp_path: Path, content: bytes, said: str) -> None:
    message = refusal(tmp_path / "book.xlsx", content)
    assert said in message
    assert "\n" not in message


def test_an_encrypted_workbook_is_called_that(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(WorkbookEncryptedError, match="is encrypted"):
        open_workbook(str(path)).tabs()


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_other_zip_files_are_told_apart(tmp_path: Path) -> None:
    ods = zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet")
    assert ".ods" in refusal(tmp_path / "book.xlsx", ods)
    assert "not an Excel workbook" in refusal(tmp_path / "book.xlsx", zipped(photo=b"x"))


def test_a_binary_workbook_is_told_apart(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    links = part(path, "_rels/.rels").replace(b"xl/workbook.xml", b"xl/workbook.bin")
    assert ".xlsb" in refusal(with_parts(path, {"_rels/.rels": links}), None)


def test_a_signed_workbook_is_refused(tmp_path: Path) -> None:
    path = with_parts(rich_book(tmp_path / "book.xlsx"), {"_xmlsignatures/sig1.xml": b"<s/>"})
    assert "digitally signed" in refusal(path, None)


@pytest.mark.parametrize(
    "name", ["xl/sharedStrings.xml", "xl/styles.xml", SHEET, "xl/workbook.xml"]
)
def test_entity_tricks_are_refused(tmp_path: Path, name: str) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    head, _, rest = part(path, name).partition(b"?>")
    xml = head + b'?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + rest
    assert "declares XML entities" in refusal(with_parts(path, {name: xml}), None)


def test_a_part_that_begins_as_utf_16_and_is_not_is_damaged(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    xml = part(path, SHEET).decode().encode("utf-16") + b"<"
    assert f"damaged ({SHEET})" in refusal(with_parts(path, {SHEET: xml}), None)


def test_another_encoding_is_refused_rather_than_misread(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    xml = part(path, SHEET).replace(b"UTF-8", b"GBK")
    assert "GBK" in refusal(with_parts(path, {SHEET: xml}), None)


def test_a_checksum_that_does_not_hold_is_noticed_in_any_part(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    data = bytearray(path.read_bytes())
    packed = entries(path)["xl/charts/chart1.xml"]
    data[data.index(packed) + len(packed) // 2] ^= 0xFF
    assert "damaged (xl/charts/chart1.xml)" in refusal(path, bytes(data))


def test_a_file_cut_short_is_damaged(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    data = path.read_bytes()
    for length in (len(data) - 1, len(data) - 30, len(data) // 2, 100):
        assert "damaged" in refusal(path, data[:length])


def test_a_missing_part_is_damaged(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    assert refusal(with_parts(path, {"xl/workbook.xml": b""}), None)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    with_parts(path, {"xl/media/bomb.bin": bytes(64 * 1024**2)})
    assert "looks like an attack" in refusal(path, None)


def test_more_than_two_gibibytes_are_refused_by_what_the_file_says(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\1\2")
    struct.pack_into("<L", data, at + 24, 2 * 1024**3 + 1)
    assert "more than 2 GiB" in refusal(path, bytes(data))


def test_an_entry_that_unpacks_to_more_than_it_says_is_damaged(tmp_path: Path) -> None:
    path = with_parts(rich_book(tmp_path / "book.xlsx"), {"xl/media/a.bin": bytes(20 * 1024**2)})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"xl/media/a.bin") - 46
    struct.pack_into("<L", data, at + 24, 1000)
    assert "damaged (xl/media/a.bin)" in refusal(path, bytes(data))


def test_cells_a_world_apart_are_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = TAB
    book.active["A1"], book.active["XFD1048576"] = 1, 2
    book.save(tmp_path / "book.xlsx")
    assert "1,048,576 rows by 16,384 columns" in refusal(tmp_path / "book.xlsx", None)


def test_an_empty_strings_part_and_a_macro_sheet_do_not_keep_us_from_reading(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    book.active.title = TAB
    book.active["A1"] = 5
    book.save(tmp_path / "book.xlsx")
    path = with_parts(tmp_path / "book.xlsx", {"xl/sharedStrings.xml": b""})
    assert open_workbook(str(path)).read(TAB).rows == [[5]]


def test_stored_entries_descriptors_and_zip64_fields_are_copied_as_they_are(tmp_path: Path) -> None:
    source, target = rich_book(tmp_path / "a.xlsx"), tmp_path / "book.xlsx"

    class Pipe(io.RawIOBase):  # a stream that cannot be wound back, as web servers have
        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            with target.open("ab") as file:
                return file.write(data)

    with zipfile.ZipFile(source) as old, zipfile.ZipFile(Pipe(), "w") as new:
        for at, name in enumerate(old.namelist()):
            entry = zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6))
            entry.compress_type = zipfile.ZIP_DEFLATED if at % 2 else zipfile.ZIP_STORED
            with new.open(entry, "w", force_zip64=at % 3 == 0) as out:
                out.write(old.read(name))
    before = entries(target)
    open_workbook(str(target)).write([Edit(TAB, "K1", "x")], expect={})
    after = entries(target)
    assert {name for name in before if before[name] != after[name]} == {SHEET}
    assert shown(target)[0][10] == "x"
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(2001, 2, 3, 4, 5, 6)}
