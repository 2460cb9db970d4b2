"""Opens workbooks with other programs: openpyxl, calamine and LibreOffice."""

from __future__ import annotations

import codecs
import re
import shutil
import subprocess
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Final

_BATCH: Final = 20
_SECONDS: Final = 30
_MOST: Final = 200_000_000

Values = dict[str, tuple[str, list[list[object]]]]


def openpyxl_resaved(path: Path, target: Path | None) -> str:
    """Load a workbook with openpyxl and, given a target, save it there; return '' or why not."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, keep_vba=path.suffix == ".xlsm")
            if target:
                book.save(target)
    except Exception as exc:  # noqa: BLE001 - whatever it raises is its answer
        return f"openpyxl: {type(exc).__name__}: {exc}"
    return ""


def values_of(path: Path) -> Values:
    """Return, by tab, who reads it and its cells: calamine, else openpyxl, else nobody."""
    from python_calamine import CalamineWorkbook

    values: Values = {}
    try:
        book = None if _not_for_calamine(path) else CalamineWorkbook.from_path(path)
        names = book.sheet_names if book else []
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - its panics are no ordinary exceptions
        names = []
    for name in names:
        try:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            values[name] = "calamine", rows
        except KeyboardInterrupt:
            raise
        except BaseException:  # noqa: BLE001
            values.clear()
            break
    return values or _openpyxl_values(path)


def _not_for_calamine(path: Path) -> bool:
    """Tell of what calamine reads wrongly: UTF-16, and cells so far apart that memory ends."""
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            if re.search(r"worksheets/[^/]*\.xml$", part):
                xml = archive.read(part)
                if xml.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                    return True
                places = re.findall(rb'r="([A-Z]+)(\d+)"', xml)
                rows = max((int(row) for _, row in places), default=0)
                if rows * 26 ** max((len(letters) for letters, _ in places), default=0) > _MOST:
                    return True
    return False


def _openpyxl_values(path: Path) -> Values:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, data_only=True)
    except Exception:  # noqa: BLE001
        return {}
    found: Values = {}
    for sheet in book.worksheets:
        rows: list[list[object]] = []
        for (row, column), cell in sorted(sheet._cells.items()):
            rows.extend([] for _ in range(row - len(rows)))
            rows[-1].extend([""] * (column - len(rows[-1])))
            rows[-1][-1] = "" if cell.value is None else _plain(cell.value)
        found[sheet.title] = "openpyxl", rows
    return found


def _plain(value: object) -> object:
    midnight = isinstance(value, datetime) and value.time() == time()
    return value.date() if midnight and isinstance(value, datetime) else value


def libreoffice_saves(
    paths: Sequence[Path], into: Path, tell: Callable[[int, int], None]
) -> dict[Path, Path | None]:
    """Let LibreOffice open each workbook and save it; return the new files, None for failures.

    Many go into one call; what a call leaves undone is tried again alone.
    """
    into.mkdir(parents=True, exist_ok=True)
    found: dict[Path, Path | None] = {}
    for at in range(0, len(paths), _BATCH):
        batch = paths[at : at + _BATCH]
        _convert(batch, into)
        for path in batch:
            if not _made(path, into).exists():
                _convert([path], into)
            found[path] = _made(path, into) if _made(path, into).exists() else None
        tell(at + len(batch), len(paths))
    return found


def _made(path: Path, into: Path) -> Path:
    return into / f"{path.stem}.xlsx"


def _convert(paths: Iterable[Path], into: Path) -> None:
    program = shutil.which("soffice")
    assert program, "LibreOffice is not installed; --no-libreoffice does without"
    listed = [str(path) for path in paths]
    with tempfile.TemporaryDirectory(prefix="harm-profile-") as profile:
        own = f"-env:UserInstallation={Path(profile).as_uri()}"
        command = [program, own, "--headless", "--norestore", "--convert-to", "xlsx"]
        command += ["--outdir", str(into), *listed]
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as run:
            try:
                run.wait(_SECONDS + _SECONDS * len(listed) / 3)
            except subprocess.TimeoutExpired:
                _end(run)


def _end(run: subprocess.Popen[bytes]) -> None:
    """End a LibreOffice that hangs, with the process that its starter started."""
    import os
    import signal

    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
