"""Writes into every workbook of a folder and proves that nothing else of it changes.

``python benchmarks/harm.py FOLDER``: four cells, columns beside a table, an appended row, a
highlight and a new tab go into a copy of each file. Then all else must be as it was, and nothing
wrong with it that was not before. Exit status 1 when a file is harmed, or refused without a good
reason.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import multiprocessing
import shutil
import sys
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import harm_writes
from harm_features import features, kept
from harm_proof import harms
from harm_readers import libreoffice_saves, openpyxl_resaved, values_of

from collector.errors import CollectorError, WorkbookEncryptedError
from collector.phrases import Phrase

_SUFFIXES: Final = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam", ".xlsb", ".xls", ".xlt", ".ods",
                    ".fods", ".csv", ".html", ".htm", ".xml", ".numbers")  # fmt: skip
_ALLOWED: Final = {
    "format_empty": "empty", "format_csv": "plain text, such as CSV", "format_html": "HTML or XML",
    "format_xls": ".xls", "format_xlsb": ".xlsb", "format_ods": ".ods",
    "format_other": "no Excel workbook", "format_damaged": "damaged", "format_signed": "signed",
    "format_too_large": "more than 2 GiB", "format_bomb": "packed suspiciously",
    "format_doctype": "entity tricks", "format_encoding": "UTF-16 or another encoding",
    "format_rows": "rows out of order",
}  # fmt: skip
_SECONDS: Final = 300


@dataclass
class Result:
    """What became of one file."""

    file: str
    outcome: str = "written"
    reason: str = ""
    harms: list[str] = field(default_factory=list)
    kept: dict[str, bool] = field(default_factory=dict)
    by_openpyxl: dict[str, bool] = field(default_factory=dict)
    openpyxl: str = ""
    libreoffice: bool = False


def main(arguments: Sequence[str] | None = None) -> int:
    """Look at every workbook of a folder, print what was found, return the exit status."""
    options = _options(arguments)
    paths = sorted(p for p in options.folder.glob(options.only) if p.suffix.lower() in _SUFFIXES)
    with tempfile.TemporaryDirectory(prefix="harm-") as work:
        results = []
        for number, path in enumerate(paths, 1):
            _progress("written", number, len(paths))
            results.append(_apart(path, _copies(Path(work), number, path)))
        if options.libreoffice:
            _look_with_libreoffice(results, Path(work), paths)
    _print_table(results)
    if options.libreoffice:
        _print_readers(results)
    if options.json:
        options.json.write_text(json.dumps([asdict(r) for r in results], indent=1))
    return _print_end(results)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="*", metavar="PATTERN", help="such as 'poi__*.xlsx'")
    parser.add_argument("--no-libreoffice", dest="libreoffice", action="store_false")
    parser.add_argument("--json", type=Path, metavar="FILE", help="what became of each file")
    return parser.parse_args(arguments)


def _progress(what: str, done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{what}: {done} of {of} ", end="\n" if done >= of else "", file=sys.stderr)


# ── one file ─────────────────────────────────────────────────────────────────────────────────


def _copies(work: Path, number: int, path: Path) -> tuple[Path, Path, Path]:
    """Return where its copies lie: before, after, and as openpyxl saves it."""
    names = (work / kind / f"{number:04d}{path.suffix.lower()}" for kind in ("old", "new", "op"))
    before, after, theirs = names
    for copy in (before, after, theirs):
        copy.parent.mkdir(exist_ok=True)
    shutil.copyfile(path, before)
    shutil.copyfile(path, after)
    return before, after, theirs


def _apart(path: Path, copies: tuple[Path, Path, Path]) -> Result:
    """Look at a file in a process of its own, which may crash or hang."""
    mine, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_report, args=(path.name, copies, theirs))
    process.start()
    theirs.close()
    try:
        found: Result = mine.recv() if mine.poll(_SECONDS) else _lost(path, "takes too long")
    except EOFError:
        found = _lost(path, "the process ended")
    process.kill()
    process.join()
    return found


def _lost(path: Path, why: str) -> Result:
    return Result(path.name, "harmed", harms=[why])


def _report(name: str, copies: tuple[Path, Path, Path], pipe: Connection) -> None:
    sys.unraisablehook = lambda _: None  # what other readers leave behind is not our concern
    pipe.send(_looked_at(name, *copies))


def _looked_at(name: str, before: Path, after: Path, theirs: Path) -> Result:
    result = Result(name)
    try:
        where = harm_writes.write(after)
    except CollectorError as error:
        _refused(result, error, before, after)
        return result
    except Exception as error:  # noqa: BLE001 - a traceback is a harm too
        result.outcome, result.harms = "harmed", [f"{type(error).__name__}: {error}"]
        return result
    result.harms += where.harms
    result.harms += harms(before, after, where.proof)
    result.harms += _new_failures(before, after, where)
    result.openpyxl = openpyxl_resaved(before, theirs)
    ours = (where.proof.part, where.proof.columns) if where.proof else ("", ())
    was = features(before, *ours)
    result.kept = kept(was, features(after, *ours))
    result.harms += [f"{name}: not kept" for name, there in result.kept.items() if not there]
    again = {} if result.openpyxl else features(theirs)
    result.by_openpyxl = kept(was, again)
    result.outcome = "harmed" if result.harms else "written"
    return result


def _refused(result: Result, error: CollectorError, before: Path, after: Path) -> None:
    result.outcome, result.reason = "refused", _kind(error)
    if before.read_bytes() != after.read_bytes():
        result.harms.append("refused, but not as it was")
    if result.reason not in _ALLOWED.values() and result.reason != "encrypted":
        result.harms.append(f"refused for no good reason: {error}")
    if (
        result.reason == "damaged"
        and not _beyond_excel(before)
        and not openpyxl_resaved(before, None)
    ):
        result.harms.append(f"called damaged, but openpyxl opens it: {error}")
    result.outcome = "harmed" if result.harms else "refused"


def _beyond_excel(path: Path) -> bool:
    """Tell whether a file is none that Excel would open, though others may: zip, worksheets."""
    try:
        with zipfile.ZipFile(path) as archive:
            if len(set(archive.namelist())) < len(archive.namelist()):
                return True
            if any(entry.compress_type not in (0, 8) for entry in archive.infolist()):
                return True
            sheets = [name for name in archive.namelist() if "worksheets/sheet" in name]
            return not all(b"sheetData" in archive.read(name) for name in sheets)
    except (zipfile.BadZipFile, zlib.error):
        return True


def _kind(error: CollectorError) -> str:
    if isinstance(error, WorkbookEncryptedError):
        return "encrypted"
    what = error.facts.get("what")
    return _ALLOWED.get(what.code, what.code) if isinstance(what, Phrase) else type(error).__name__


def _new_failures(before: Path, after: Path, where: harm_writes.Written) -> list[str]:
    failures = []
    was, now = openpyxl_resaved(before, None), openpyxl_resaved(after, None)
    if now and not was:
        failures.append(now)
    return failures + harm_writes.other_values(values_of(before), values_of(after), where)


# ── LibreOffice, many files at a time ────────────────────────────────────────────────────────


def _look_with_libreoffice(results: list[Result], work: Path, paths: Sequence[Path]) -> None:
    copies = {
        work / "new" / f"{number:04d}{path.suffix.lower()}": result
        for number, (path, result) in enumerate(zip(paths, results, strict=True), 1)
        if result.outcome == "written"
    }
    saved = libreoffice_saves(list(copies), work / "lo", lambda *n: _progress("LibreOffice", *n))
    failed = [work / "old" / path.name for path, new in saved.items() if new is None]
    could = libreoffice_saves(failed, work / "lo-old", lambda *n: _progress("again", *n))
    for path, new in saved.items():
        result = copies[path]
        result.libreoffice = new is not None
        if new is None and could[work / "old" / path.name]:
            result.harms.append("LibreOffice no longer opens it")
        if new is not None and not harm_writes.has_new_tab(values_of(new)):
            result.harms.append("LibreOffice does not show the new tab")
        result.outcome = "harmed" if result.harms else "written"


# ── what is printed ──────────────────────────────────────────────────────────────────────────


def _print_table(results: Sequence[Result]) -> None:
    written = [result for result in results if result.kept]
    there = Counter(name for result in written for name in result.kept)
    ours = Counter(name for result in written for name, kept in result.kept.items() if kept)
    theirs = Counter(name for r in written for name, kept in r.by_openpyxl.items() if kept)
    width = max(map(len, there), default=7) + 2
    print(f"{'feature':{width}}{'files':>7}{'Collector':>11}{'openpyxl':>10}")
    for name in sorted(there):
        print(f"{name:{width}}{there[name]:7}{ours[name]:11}{theirs[name]:10}")
    failed = sum(1 for result in written if result.openpyxl)
    print("kept = all of it is there, however it is written")
    print(f"openpyxl = load and save; that failed on {failed} of {len(written)} files")
    if importlib.util.find_spec("PIL") is None:
        print("without Pillow, which is not installed here, openpyxl keeps no images")


def _print_readers(results: Sequence[Result]) -> None:
    opened = sum(result.libreoffice for result in results)
    print(f"LibreOffice opened {opened} of those written, and shows the new tab in each")


def _print_end(results: Sequence[Result]) -> int:
    count = Counter(result.outcome for result in results)
    refused = Counter(result.reason for result in results if result.outcome == "refused")
    for result in results:
        for harm in result.harms:
            print(f"HARMED {result.file}: {harm}")
    print(f"files    {len(results)}")
    print(f"written  {count['written']}")
    reasons = ", ".join(f"{why} {number}" for why, number in refused.most_common())
    print(f"refused  {count['refused']}" + (f" ({reasons})" if reasons else ""))
    print(f"harmed   {count['harmed']}")
    return 1 if count["harmed"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
