"""The zip file itself: its entries, read safely, and copied raw where they are not replaced."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from collector.errors import WorkbookFormatError
from collector.phrases import Phrase

# The same algorithm at several times the speed, where its wheel installs.
try:
    from isal import isal_zlib as _codec
except ImportError:
    import zlib as _codec  # type: ignore[no-redef]
_LEVEL: Final = 6 if _codec is zlib else 2
# Its stub gives the error as an instance.
_BROKEN: Final[tuple[type[Exception], ...]] = (zlib.error, _codec.error)  # type: ignore[assignment]

MOST_UNPACKED = 2 * 1024**3
# Spreadsheets pack 10 to 60 times; deflate itself ends at 1,032.
MOST_RATIO, RATIO_MATTERS_ABOVE = 250, 32 * 1024**2
BLOCK = 1 << 20
# So many packed bytes give their first plain ones, whatever tables come before them.
_ENOUGH: Final = 1024

_END, _END64, _CENTRAL, _LOCAL = b"PK\5\6", b"PK\6\6", b"PK\1\2", b"PK\3\4"
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
_STORED, _DEFLATED = 0, 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in the archive; ``offset`` is its local header, ``start`` its packed bytes."""

    name: str
    offset: int
    start: int
    end: int
    size: int
    crc: int
    method: int
    central: bytes


@dataclass(frozen=True, slots=True)
class Packed:
    """New content of an entry, deflated; ``crc`` and ``size`` are those of the plain bytes."""

    data: bytes
    size: int
    crc: int


def pack(blocks: Iterable[bytes]) -> Packed:
    """Return plain bytes, given in blocks, as the new content of an entry."""
    deflate = _codec.compressobj(_LEVEL, zlib.DEFLATED, -15)
    packed, size, crc = [], 0, 0
    for block in blocks:
        packed.append(deflate.compress(block))
        size += len(block)
        crc = _codec.crc32(block, crc)
    packed.append(deflate.flush())
    return Packed(b"".join(packed), size, crc)


class Archive:
    """An .xlsx file's bytes as a zip archive; anything wrong with it is a WorkbookFormatError."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data, self.name = data, name
        try:
            self.entries = tuple(self._entries())
        except (struct.error, IndexError, UnicodeDecodeError) as exc:
            raise self.damaged("zip") from exc
        self._proved: set[str] = set()
        self._by_name = {_folded(entry.name): entry for entry in self.entries}
        if len(self._by_name) != len(self.entries):
            raise self.damaged("zip")
        self._refuse_bombs()

    def damaged(self, part: str) -> WorkbookFormatError:
        return WorkbookFormatError(self.name, Phrase("format_damaged", part=part))

    def find(self, name: str) -> Entry | None:
        """Return the entry of a part; part names are equal regardless of case."""
        return self._by_name.get(_folded(name))

    def read(self, entry: Entry) -> bytes:
        return b"".join(self.blocks(entry))

    def beginning(self, entry: Entry, count: int) -> bytes:
        """Return an entry's first plain bytes; nothing is proved by that."""
        packed = self.data[entry.start : min(entry.end, entry.start + _ENOUGH)]
        if entry.method == _STORED:
            return packed[:count]
        try:
            return _codec.decompressobj(-15).decompress(packed, count)
        except _BROKEN as exc:
            raise self.damaged(entry.name) from exc

    def blocks(self, entry: Entry) -> Iterator[bytes]:
        """Yield an entry's plain bytes, proved by size and checksum when they end."""
        size = crc = 0
        try:
            for block in self._inflated(entry):
                size += len(block)
                crc = _codec.crc32(block, crc)
                if size > entry.size:
                    break
                yield block
        except _BROKEN as exc:
            raise self.damaged(entry.name) from exc
        if size != entry.size or crc != entry.crc:
            raise self.damaged(entry.name)
        self._proved.add(entry.name)

    def unproved(self) -> Iterator[Entry]:
        """Yield the entries that have not been read to their end yet."""
        return (entry for entry in self.entries if entry.name not in self._proved)

    def _inflated(self, entry: Entry) -> Iterator[bytes]:
        packed = memoryview(self.data)[entry.start : entry.end]
        if entry.method == _STORED:
            yield from (bytes(packed[at : at + BLOCK]) for at in range(0, len(packed), BLOCK))
            return
        if entry.method != _DEFLATED:
            raise self.damaged(entry.name)
        inflate = _codec.decompressobj(-15)
        for at in range(0, len(packed), BLOCK // 8):
            waiting: bytes | memoryview = packed[at : at + BLOCK // 8]
            while len(waiting):
                yield inflate.decompress(waiting, BLOCK)
                waiting = inflate.unconsumed_tail
        yield inflate.flush()

    # ── the directory ──

    def _entries(self) -> Iterator[Entry]:
        count, offset = self._directory()
        for _ in range(count):
            record = self.data[offset : offset + 46]
            if record[:4] != _CENTRAL:
                raise self.damaged("zip")
            name, extra, comment = struct.unpack_from("<3H", record, 28)
            end = offset + 46 + name + extra + comment
            yield self._entry(self.data[offset:end])
            offset = end

    def _directory(self) -> tuple[int, int]:
        """Return the number of entries and where the central directory begins."""
        end = self.data.rfind(_END, max(0, len(self.data) - 22 - _FULL16))
        if end < 0 or end + 22 > len(self.data):
            raise self.damaged("zip")
        count, _, offset = struct.unpack_from("<HLL", self.data, end + 10)
        if count == _FULL16 or offset == _FULL32:
            at = self.data.rfind(_END64, 0, end)
            if at < 0:
                raise self.damaged("zip")
            count, _, offset = struct.unpack_from("<3Q", self.data, at + 32)
        self.directory_start = offset
        return count, offset

    def _entry(self, central: bytes) -> Entry:
        flags, method = struct.unpack_from("<2H", central, 8)
        crc, packed, size, name_length, extra = struct.unpack_from("<3L2H", central, 16)
        (offset,) = struct.unpack_from("<L", central, 42)
        raw = central[46 : 46 + name_length]
        if flags & 1:
            raise self.damaged("zip")
        wide = iter(_zip64(central[46 + name_length : 46 + name_length + extra]))
        size = next(wide, size) if size == _FULL32 else size
        packed = next(wide, packed) if packed == _FULL32 else packed
        offset = next(wide, offset) if offset == _FULL32 else offset
        if self.data[offset : offset + 4] != _LOCAL:
            raise self.damaged("zip")
        start = offset + 30 + sum(struct.unpack_from("<2H", self.data, offset + 26))
        if start + packed > self.directory_start:
            raise self.damaged("zip")
        name = raw.decode("utf-8" if flags & 0x800 else "cp437")
        return Entry(name, offset, start, start + packed, size, crc, method, central)

    def _refuse_bombs(self) -> None:
        if sum(entry.size for entry in self.entries) > MOST_UNPACKED:
            raise WorkbookFormatError(self.name, Phrase("format_too_large", limit="2 GiB"))
        reached = 0
        for entry in sorted(self.entries, key=lambda entry: entry.offset):
            packed = max(entry.end - entry.start, 1)
            if entry.size > RATIO_MATTERS_ABOVE and entry.size > MOST_RATIO * packed:
                raise WorkbookFormatError(self.name, Phrase("format_bomb", part=entry.name))
            if entry.offset < reached:  # entries that share their bytes
                raise WorkbookFormatError(self.name, Phrase("format_bomb", part=entry.name))
            reached = entry.end


def rebuilt(
    archive: Archive, changed: Mapping[str, Packed], added: Mapping[str, Packed]
) -> Iterator[bytes]:
    """Yield the archive anew: entries in ``changed`` replaced, ``added`` last, all else raw.

    What lies between two local headers (descriptors, padding) is copied with the first of them.
    """
    data, at = archive.data, 0
    order = sorted(archive.entries, key=lambda entry: entry.offset)
    limits = [entry.offset for entry in order[1:]] + [archive.directory_start]
    offsets: dict[str, int] = {}
    if order and order[0].offset:
        yield data[: order[0].offset]
        at = order[0].offset
    for entry, limit in zip(order, limits, strict=True):
        offsets[entry.name] = at
        packed = changed.get(entry.name)
        block = data[entry.offset : limit] if packed is None else _local(archive, entry, packed)
        yield block
        at += len(block)
    directory = [
        _central(entry.central, offsets[entry.name], changed.get(entry.name))
        for entry in archive.entries
    ]
    for name, packed in added.items():
        directory.append(_new_central(name, at, packed))
        yield (block := _new_local(name, packed))
        at += len(block)
    listed = b"".join(directory)
    yield listed
    yield struct.pack("<4s4H2LH", _END, 0, 0, *[len(directory)] * 2, len(listed), at, 0)


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _extras(extra: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        yield kind, extra[at : at + 4 + length]
        at += 4 + length


def _zip64(extra: bytes) -> tuple[int, ...]:
    for kind, field in _extras(extra):
        if kind == 1:
            return struct.unpack_from(f"<{(len(field) - 4) // 8}Q", field, 4)
    return ()


def _without_zip64(extra: bytes) -> bytes:
    return b"".join(field for kind, field in _extras(extra) if kind != 1)


def _local(archive: Archive, entry: Entry, packed: Packed) -> bytes:
    """Return a local record with new content; name, times and UTF-8 flag stay."""
    old = archive.data[entry.offset : entry.start]
    flags, when = struct.unpack_from("<H", old, 6)[0] & 0x800, old[10:14]
    (name_length,) = struct.unpack_from("<H", old, 26)
    name, extra = old[30 : 30 + name_length], _without_zip64(old[30 + name_length :])
    head = struct.pack("<4s3H4s3L2H", _LOCAL, 20, flags, _DEFLATED, when, packed.crc,
                       len(packed.data), packed.size, len(name), len(extra))  # fmt: skip
    return head + name + extra + packed.data


def _central(old: bytes, offset: int, packed: Packed | None) -> bytes:
    name_length, extra_length = struct.unpack_from("<2H", old, 28)
    record = bytearray(old)
    struct.pack_into("<L", record, 42, offset)
    if packed is None:
        return bytes(record)
    name, rest = old[46 : 46 + name_length], old[46 + name_length + extra_length :]
    extra = _without_zip64(old[46 + name_length : 46 + name_length + extra_length])
    struct.pack_into("<HH", record, 8, struct.unpack_from("<H", old, 8)[0] & 0x800, _DEFLATED)
    struct.pack_into("<3L2H", record, 16, packed.crc, len(packed.data), packed.size,
                     name_length, len(extra))  # fmt: skip
    return bytes(record[:46]) + name + extra + rest


# Parts we add are dated as the zip format's first day, so that equal runs give equal bytes.
_FIRST_DAY = b"\x00\x00\x21\x00"


def _new_local(name: str, packed: Packed) -> bytes:
    head = struct.pack("<4s3H4s3L2H", _LOCAL, 20, 0, _DEFLATED, _FIRST_DAY, packed.crc,
                       len(packed.data), packed.size, len(name), 0)  # fmt: skip
    return head + name.encode("ascii") + packed.data


def _new_central(name: str, offset: int, packed: Packed) -> bytes:
    head = struct.pack("<4s4H4s3L5H2L", _CENTRAL, 20, 20, 0, _DEFLATED, _FIRST_DAY, packed.crc,
                       len(packed.data), packed.size, len(name), 0, 0, 0, 0, 0, offset)  # fmt: skip
    return head + name.encode("ascii")
