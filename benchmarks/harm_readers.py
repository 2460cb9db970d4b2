"""Opens workbooks with other programs: openpyxl, calamine and LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

_BATCH: Final = 20
_SECONDS: Final = 30

Values = dict[str, list[list[object]]]


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


def calamine_values(path: Path) -> Values | str:
    """Return the cells of every tab that calamine reads, or why it reads none."""
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
    except BaseException as exc:  # noqa: BLE001 - its panics are no ordinary exceptions
        return f"calamine: {type(exc).__name__}: {exc}"
    values: Values = {}
    for name in book.sheet_names:
        try:
            values[name] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except BaseException as exc:  # noqa: BLE001
            values[name] = [[type(exc).__name__]]
    return values


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
