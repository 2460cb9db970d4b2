"""Parts in UTF-16, the other encoding that packages may use: read, and written, as UTF-8."""

from __future__ import annotations

import codecs
import re
from typing import Final

from collector.sheets.package.archive import Archive, Entry, pack, rebuilt

_XML: Final = (".xml", ".rels", ".vml")
_DECLARED = re.compile(r"\A\ufeff?(<\?xml[^>]*?)\s+encoding\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_STARTS: Final = {
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}


def in_utf8(archive: Archive) -> Archive:
    """Return an archive with every XML part in UTF-8: nearly always itself.

    Raises WorkbookFormatError for a part that is not the UTF-16 it begins as.
    """
    changed = {}
    for entry in archive.entries:
        encoding = _STARTS.get(archive.beginning(entry, 2)) if _is_xml(entry) else None
        if encoding:
            try:
                text = archive.read(entry).decode(encoding)
            except UnicodeDecodeError as exc:
                raise archive.damaged(entry.name) from exc
            changed[entry.name] = pack([_DECLARED.sub(r"\1", text).lstrip("\ufeff").encode()])
    if not changed:
        return archive
    return Archive(b"".join(rebuilt(archive, changed, {})), archive.name)


def _is_xml(entry: Entry) -> bool:
    return entry.name.casefold().endswith(_XML)
