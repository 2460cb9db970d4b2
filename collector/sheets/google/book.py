"""A Google spreadsheet: read in two calls, written by key in one atomic update, and read back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from uuid import uuid4

from collector.errors import (
    GoogleError,
    GoogleProtectedError,
    GoogleRefusedError,
    GoogleServerError,
    TabMissingError,
    WorkbookChangedError,
)
from collector.model import (
    BookNote,
    Change,
    ColumnEdit,
    Edit,
    Grid,
    Tab,
    TabChange,
    Where,
    Written,
    column_letters,
)
from collector.phrases import Phrase
from collector.sheets.google import reading
from collector.sheets.google.account import open_account
from collector.sheets.google.address import key_of
from collector.sheets.google.building import Batch, build, new_id, write_mark
from collector.sheets.google.client import BoundedClient, Limits
from collector.sheets.google.keys import only_sorted
from collector.sheets.google.reading import FORM, VALUES, Form, Values, fingerprint
from collector.sheets.google.settling import Cells, settle
from collector.sheets.package.wanted import place

if TYPE_CHECKING:
    from gspread.http_client import ParamsType

    from collector.sheets.google.building import Request

# Seconds for which what was read counts as what is there. Google tells of no revision under the
# scope we ask for, so looking costs a call; a minute allows sixty.
FRESH: Final = 15.0
_REPAIRS: Final = 2
_NO_SUCH_RANGE: Final = ("Unable to parse range", "exceeds grid limits")

Place: TypeAlias = tuple[int, int]


@dataclass(slots=True)
class _Snapshot:
    """A spreadsheet as read at a moment of the clock."""

    form: Form
    values: Values
    fingerprint: str
    at: float
    grids: dict[str, Grid] = field(default_factory=dict)


class GoogleWorkbook:
    """A spreadsheet at Google.

    ``credentials`` returns the JSON of a service account's key or of an authorised user, None for
    what GOOGLE_APPLICATION_CREDENTIALS names; it is asked at the first call.
    """

    def __init__(
        self,
        address: str,
        *,
        credentials: Callable[[], str | None] = lambda: None,
        limits: Limits | None = None,
        fresh: float = FRESH,
    ) -> None:
        self._address, self._key = address, key_of(address)
        self._credentials, self._limits = credentials, limits or Limits()
        self._fresh = fresh
        self._opened: BoundedClient | None = None
        self._account = ""
        self._title = ""
        self._may_edit = False
        self._seen: _Snapshot | None = None

    @property
    def name(self) -> str:
        """The title of the spreadsheet, its id before anything was read."""
        return self._title or self._key

    @property
    def calls(self) -> Mapping[str, int]:
        """How many calls were made so far: ``reads`` and ``writes``."""
        return dict(self._opened.calls) if self._opened else {"reads": 0, "writes": 0}

    @property
    def timezone(self) -> str:
        """The spreadsheet's own time zone."""
        return self._look().form.timezone

    @property
    def locale(self) -> str:
        """The spreadsheet's own locale, such as ``en_GB``."""
        return self._look().form.locale

    def tabs(self) -> tuple[Tab, ...]:
        """Return the tabs in the book's order, hidden ones included."""
        sheets = self._look().form.sheets.values()
        return tuple(Tab(sheet.title, sheet.visible, sheet.ours) for sheet in sheets)

    def notes(self) -> Mapping[str, str]:
        """Return the texts that the book carries for us, hidden, by their keys."""
        return self._look().form.notes

    def read(self, tab: str) -> Grid:
        """Return the cells of a tab, hidden and filtered rows included."""
        seen = self._look()
        if tab not in seen.form.sheets:
            raise TabMissingError(tab, list(seen.form.sheets))
        if tab not in seen.grids:
            sheet, rows = seen.form.sheets[tab], seen.values[tab]
            seen.grids[tab] = reading.grid_of(sheet, rows, seen.fingerprint)
        return seen.grids[tab]

    def fingerprint(self) -> str:
        """Identify what the team has in the book; what was just read counts as still there."""
        seen = self._look()
        if self._limits.clock() - seen.at < self._fresh:
            return seen.fingerprint
        now = self._values(seen.form)
        if now is None or fingerprint(seen.form, now) != seen.fingerprint:
            self._seen = None
            return self._look().fingerprint
        seen.at = self._limits.clock()
        return seen.fingerprint

    def check_writable(self, tab: str = "", *, ask: bool = False) -> None:
        """Raise a GoogleError when a write could not succeed now.

        Of a tab that was named, whether our columns in it, or the next free one, are protected.
        ``ask``: also whether the account may edit the spreadsheet at all, which costs a call and
        changes nothing.
        """
        seen = self._look()
        if tab in seen.form.sheets:
            self._refuse_protected(seen.form, tab, _of_ours(seen, tab))
        if ask and not self._may_edit:
            self._client.prove_editor(self._key)
            self._may_edit = True

    def write(self, changes: Sequence[Change], *, expect: Mapping[str, str]) -> Written:
        """Set cells, add columns, tabs and rows, and highlight: all or nothing.

        The rows are found again by what the team has in them. Where somebody did more than sort
        since they were read, nothing is written: raises WorkbookChangedError. What is written is
        read back, and put right at most twice; ``differs`` says what is left.
        """
        seen = self._look()
        if any(expected != seen.fingerprint for expected in expect.values()):
            self._seen = None
            raise WorkbookChangedError(self.name)
        if all(isinstance(change, BookNote) for change in changes):
            return self._noted(seen, changes)
        now = self._values(seen.form)
        changes = changes if now is None else self._placed(seen, now, changes)
        if now is None:
            self._seen = None
            raise WorkbookChangedError(self.name)
        batch = build(seen.form, now, changes)
        if not batch.requests:
            return Written(0, replaced=False)
        for tab, cells in batch.cells.items():
            self._refuse_protected(seen.form, tab, cells)
        self._seen = None
        self._send(seen.form, batch.requests, noted=bool(batch.notes))
        try:
            differs, mark = self._proved(seen.form, now, batch)
        except GoogleError as error:
            differs, mark = (Phrase("google_unproved", what=error),), ""
        return Written(batch.count, replaced=True, fingerprint=mark, differs=differs)

    # ── reading ──

    @property
    def _client(self) -> BoundedClient:
        if self._opened is None:
            account = open_account(self._credentials())
            self._account = account.address
            self._opened = BoundedClient(account, self._address, self._limits)
        return self._opened

    def _look(self) -> _Snapshot:
        """Return the spreadsheet as last read; read it when it has not been."""
        while self._seen is None:
            form = self._form()
            values = self._values(form)
            if values is not None:
                self._title = form.title
                print_of = fingerprint(form, values)
                self._seen = _Snapshot(form, values, print_of, self._limits.clock())
        return self._seen

    def _form(self) -> Form:
        try:
            params: ParamsType = {"fields": FORM, "includeGridData": "true", "prettyPrint": "false"}
            return reading.form_of(self._client.spreadsheets_get(self._key, params))
        except GoogleRefusedError as error:
            if "not supported for this document" in str(error.facts["what"]):
                raise GoogleRefusedError(Phrase("google_office_file")) from None
            raise

    def _values(self, form: Form) -> Values | None:
        """Return what all tabs hold now, None when one of them is there no more, or is smaller."""
        asked = {tab: reading.ranges_of(sheet) for tab, sheet in form.sheets.items()}
        ranges = [each for parts in asked.values() for each in parts]
        params: ParamsType = {**VALUES, "prettyPrint": "false"}
        try:
            answer = self._client.values_batch_get(self._key, ranges, params) if ranges else {}
        except GoogleRefusedError as error:
            if any(words in str(error.facts["what"]) for words in _NO_SUCH_RANGE):
                return None
            raise
        found = answer.get("valueRanges", ())
        if len(found) != len(ranges):
            raise GoogleServerError(Phrase("google_no_json"))
        parts = iter(found)
        return {
            tab: reading.rows_of(form.sheets[tab], [next(parts) for _ in asked[tab]])
            for tab in asked
        }

    # ── writing ──

    def _placed(self, seen: _Snapshot, now: Values, changes: Sequence[Change]) -> Sequence[Change]:
        """Return the changes with their rows where they are now."""
        if fingerprint(seen.form, now) == seen.fingerprint:
            return changes
        places = {}
        for tab, sheet in seen.form.sheets.items():
            to = only_sorted(seen.values[tab], now[tab], sheet.aside)
            if to is None:
                self._seen = None
                raise WorkbookChangedError(self.name)
            places[tab] = to
        return [
            change if isinstance(change, BookNote) else _moved(change, places.get(change.tab, {}))
            for change in changes
        ]

    def _noted(self, seen: _Snapshot, notes: Sequence[Change]) -> Written:
        """Keep notes of ours; no row is touched, so that what was read is still there."""
        batch = build(seen.form, seen.values, notes)
        if not batch.requests:
            return Written(0, replaced=False)
        self._seen = None
        mark = self._send(seen.form, batch.requests, noted=True)
        kept = {**seen.form.notes, **batch.notes}
        self._seen = replace(seen, form=replace(seen.form, notes=kept, marks=(mark,)))
        return Written(0, replaced=True, fingerprint=seen.fingerprint)

    def _refuse_protected(self, form: Form, tab: str, cells: Collection[Place]) -> None:
        sheet = form.sheets.get(tab)
        for area in sheet.protected if sheet and cells else ():
            if area.get("warningOnly") or area.get("requestingUserCanEdit"):
                continue
            if any(_within(cell, area) for cell in cells):
                said = area.get("description") or Phrase("google_no_description")
                where = _range_name(tab, area.get("range", {}))
                raise GoogleProtectedError(where, said, self._account)

    def _send(self, form: Form, requests: Sequence[Request], *, noted: bool = False) -> int:
        """Have requests carried out, all or none, once; return the id of the mark they leave.

        ``noted``: they keep a note, which is refused when somebody else kept one meanwhile.
        """
        said = uuid4().hex
        mark = new_id()
        body = {"requests": [*requests, *write_mark(mark, said, form.marks)]}

        def done() -> bool:
            params: ParamsType = {"fields": "developerMetadata"}
            answer = self._client.spreadsheets_get(self._key, params)
            return said in reading.write_marks(answer)

        try:
            self._client.update(self._key, body, done=done)
        except GoogleRefusedError as error:
            what = str(error.facts["what"])
            if "protected cell" in what:
                raise GoogleProtectedError(
                    self.name, Phrase("google_no_description"), self._account
                ) from None
            if done():  # an earlier try arrived after all, and its mark refuses the later one
                return mark
            if noted:
                raise WorkbookChangedError(self.name) from None
            raise
        self._may_edit = True
        return mark

    def _proved(self, form: Form, now: Values, batch: Batch) -> tuple[tuple[Phrase, ...], str]:
        """Read back what was written and put it right.

        Returns what still differs, as sentences, and the fingerprint of the book as read back.
        """
        for tab, owned in batch.owned.items():
            if tab in form.sheets:
                form = reading.with_owned(form, tab, owned)
        cells: dict[str, Cells] = {
            tab: by for tab, by in batch.cells.items() if tab in form.sheets and by
        }
        if not cells:
            return (), fingerprint(form, now) if not batch.count else ""
        said: list[Phrase] = []
        for repair in range(_REPAIRS + 1):
            back = self._values(form)
            if back is None:
                return (*said, Phrase("google_columns_moved", tab=form.title, columns="?")), ""
            more = batch.appended if not repair else {}
            found = [
                settle(
                    form.sheets[tab],
                    now[tab],
                    back[tab],
                    by,
                    appended=more.get(tab, 0),
                    fresh=bool(batch.owned.get(tab)),
                )
                for tab, by in cells.items()
            ]
            said += [phrase for each in found for phrase in each.said if phrase not in said]
            requests = [request for each in found for request in each.requests]
            if not requests:
                return tuple(said), fingerprint(form, back)
            if repair == _REPAIRS:
                break
            self._send(replace(form, marks=()), requests)
            cells = {each.tab: each.cells for each in found}
            now = back
        return (*said, *(each.left for each in found if each.requests)), ""


def _moved(change: TabChange, places: Mapping[int, int]) -> TabChange:
    """Return a change with its rows where they are now; places are zero-based."""
    if isinstance(change, Edit):
        row, column = place(change.cell)
        return replace(change, cell=f"{column_letters(column)}{places.get(row - 1, row - 1) + 1}")
    if not isinstance(change, ColumnEdit):
        return change
    rows = [places.get(row - 1, row - 1) + 1 for row in change.rows]
    return replace(change, rows=rows)


def _of_ours(seen: _Snapshot, tab: str) -> list[Place]:
    """Return the last cell of each of our columns in a tab, or of the next free one."""
    rows = seen.values[tab]
    columns = seen.form.sheets[tab].owned.values() or [max(map(len, rows), default=0)]
    return [(len(rows) - 1, column) for column in columns]


def _within(cell: Place, area: Mapping[str, Any]) -> bool:
    def inside(part: Mapping[str, int]) -> bool:
        row, column = cell
        return part.get("startRowIndex", 0) <= row < part.get("endRowIndex", row + 1) and part.get(
            "startColumnIndex", 0
        ) <= column < part.get("endColumnIndex", column + 1)

    return inside(area.get("range", {})) and not any(map(inside, area.get("unprotectedRanges", ())))


def _range_name(tab: str, area: Mapping[str, int]) -> str:
    if "startColumnIndex" not in area and "startRowIndex" not in area:
        return tab
    first = Where(
        tab, area.get("startRowIndex", 0) + 1, column_letters(area.get("startColumnIndex", 0))
    )
    if "endRowIndex" not in area or "endColumnIndex" not in area:
        return str(first)
    return f"{first}:{column_letters(area['endColumnIndex'] - 1)}{area['endRowIndex']}"
