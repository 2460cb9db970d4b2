"""config.yaml: every key, every default, and every mistake with its line."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from collector.config import Config, load_config, resolve_secret
from collector.config.mistakes import keys
from collector.errors import ConfigError, ConfigMissingError, SecretMissingError, UsageError
from collector.fields import OWNED_HEADINGS
from collector.model import Policy, Step, TabHint

EXAMPLE = Path(__file__).parents[2] / "config.yaml"

# The public keys; they may be added to, never renamed or dropped.
CONTRACT = """
workbook book timezone language currency date_order
tabs.invoices.name tabs.invoices.header_row tabs.invoices.columns
tabs.receipts.name tabs.receipts.paid_column
write.columns write.headings write.highlight write.backups
aging.edges aging.due_soon_days aging.tolerance
reminders.steps.name reminders.steps.after reminders.steps.approve
reminders.gap_days reminders.max_per_week reminders.minimum reminders.repeat_days
reminders.max_repeats reminders.holidays reminders.send_between
statements.day statements.attach credit.watch_utilisation credit.stop_days letters.folder
mail.mode mail.server mail.security mail.user mail.password mail.from mail.archive
mail.imap.server mail.imap.user mail.imap.password mail.imap.folder
mail.ca_file mail.redirect_to mail.max_per_run mail.max_per_day mail.timeout mail.pause
google.credentials schedule.on schedule.at ledger
""".split()

# What each key is when nobody says anything.
DEFAULTS = """
book: receivables
timezone: Asia/Shanghai
language: en
currency: CNY
write: {columns: [status, days_overdue, bucket, credit_flag, last_reminder, next_action, problem],
        highlight: true, backups: 10}
aging: {edges: [30, 60, 90], due_soon_days: 7, tolerance: 0.01}
reminders:
  steps: [{name: courtesy, after: -3}, {name: first, after: 3}, {name: second, after: 14},
          {name: third, after: 30}, {name: final, after: 45, approve: true}]
  gap_days: 5
  max_per_week: 2
  minimum: 0
  repeat_days: null
  max_repeats: 3
  holidays: null
  send_between: "09:00-18:00"
statements: {day: 1, attach: [pdf, xlsx]}
credit: {watch_utilisation: 0.8, stop_days: 60}
mail: {mode: rehearse, security: tls, ca_file: null, redirect_to: null, max_per_run: 200,
       timeout: 30, pause: 0}
schedule: [{on: workdays, at: "09:00"}]
ledger: sqlite:///collector.db
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def load(folder: Path, text: str = "") -> Config:
    return load_config(written(folder, f"workbook: receivables.xlsx\n{text}"))


def mistakes(folder: Path, text: str, language: str = "en") -> list[str]:
    """Return the sentences about a file, without its folder."""
    path = written(folder, text)
    with pytest.raises(ConfigError) as caught:
        load_config(path, language)
    return [said.removeprefix(f"{folder}/") for said in caught.value.mistakes]


# ── keys and defaults ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("key", CONTRACT)
def test_every_public_key_is_known(key: str) -> None:
    assert key in {".".join(map(str, known)) for known in keys(Config)}


@pytest.mark.parametrize("key", sorted({str(known[-1]) for known in keys(Config)}))
def test_every_key_stands_in_the_example(key: str) -> None:
    assert f"{key}:" in EXAMPLE.read_text(encoding="utf-8")


def test_the_defaults_are_the_public_ones(tmp_path: Path) -> None:
    assert load(tmp_path) == load(tmp_path, DEFAULTS)


def test_the_defaults_of_the_policy_are_the_public_ones(tmp_path: Path) -> None:
    assert load(tmp_path).policy() == Policy(book="receivables")


def test_the_example_is_valid_and_spells_out_the_defaults(tmp_path: Path) -> None:
    example, plain = load_config(EXAMPLE), load(tmp_path, "currency: USD")
    assert example.policy() == plain.policy()
    sections = ("write", "aging", "reminders", "statements", "credit", "letters", "schedule")
    assert [getattr(example, s) for s in sections] == [getattr(plain, s) for s in sections]


def test_every_commented_line_of_the_example_is_valid_too(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for name in ("book", "date_order", "tabs", "google"):
        text = text.replace(f"\n# {name}:", f"\n{name}:")
    text = text.replace("\n#   ", "\n  ")
    config = load_config(written(tmp_path, text))
    assert config.date_order == "DMY"
    assert config.tabs.invoices is not None
    assert config.google.credentials == "file:service-account.json"


def test_keys_with_nothing_behind_them_have_their_defaults(tmp_path: Path) -> None:
    empty = "tabs:\nreminders:\n  gap_days:\nmail:\nbook:\nledger:\n"
    assert load(tmp_path, empty) == load(tmp_path)


def test_null_turns_off_what_may_be_off(tmp_path: Path) -> None:
    policy = load(tmp_path, "reminders: {send_between: null}\nstatements: {day: ~}").policy()
    assert (policy.send_between, policy.statement_day) == (None, None)


@pytest.mark.parametrize(
    ("workbook", "book"),
    [
        ("receivables.xlsx", "receivables"),
        ("~/Finance 2026/应收.台账.xlsx", "应收.台账"),
        (r"'D:\finance\ar.xlsm'", "ar"),
        ("https://docs.google.com/spreadsheets/d/1AbC-d_9/edit#gid=0", "1AbC-d_9"),
    ],
)
def test_a_book_is_called_like_its_workbook(tmp_path: Path, workbook: str, book: str) -> None:
    config = load_config(written(tmp_path, f"workbook: {workbook}"))
    assert config.policy().book == book


# ── values ───────────────────────────────────────────────────────────────────────────────────


def test_the_policy_has_what_was_written(tmp_path: Path) -> None:
    policy = load(
        tmp_path,
        """
book: north
currency: USD
date_order: MDY
tabs:
  invoices: {name: Open items, header_row: 4, columns: {due_date: Pay by}}
  receipts: {paid_column: adds}
write: {columns: [status, problem], headings: {status: Where it stands}, highlight: no}
aging: {edges: [15, 45], tolerance: 0.10}
reminders:
  steps: [{name: early, after: -5}, {name: only_one, after: 10, cc: boss@example.com}]
  minimum: 100.10
  holidays: NO
  send_between: 8:30-17:00
credit: {watch_utilisation: 0.75}
mail: {max_per_run: 5}
""",
    ).policy()
    assert policy == Policy(
        book="north",
        currency="USD",
        date_order="MDY",
        tabs={
            "invoices": TabHint("Open items", 4, {"due_date": "Pay by"}),
            "receipts": TabHint(paid_column="adds"),
        },
        columns=("status", "problem"),
        headings={"status": "Where it stands"},
        highlight=False,
        edges=(15, 45),
        tolerance=Decimal("0.10"),
        steps=(Step("early", -5), Step("only_one", 10, cc=("boss@example.com",))),
        minimum=Decimal("100.10"),
        holidays="NO",
        send_between=(time(8, 30), time(17)),
        watch_utilisation=Decimal("0.75"),
        max_per_run=5,
    )


def test_unquoted_times_and_weekdays_read_as_written(tmp_path: Path) -> None:
    slots = load(tmp_path, "schedule: [{on: Monday, at: 10:00}, {on: [daily], at: 9:05}]").schedule
    assert [(s.on, s.at) for s in slots] == [(("monday",), time(10)), (("daily",), time(9, 5))]


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("Accounts <ar@example.com>", "Accounts", "ar@example.com"),
        ("Acme, Inc. <ar@Example.COM>", "Acme, Inc.", "ar@example.com"),
        ("远山仪器 财务部 <ar@example.com>", "远山仪器 财务部", "ar@example.com"),
        ("ar@mail.acme.test", "", "ar@mail.acme.test"),
        ("'\"Acme\" <ar@example.com>'", "Acme", "ar@example.com"),
    ],
)
def test_the_sender_has_a_name_and_an_address(
    tmp_path: Path, text: str, name: str, address: str
) -> None:
    sender = load(tmp_path, f"mail:\n  from: {text}").sender()
    assert (sender.name, sender.address) == (name, address)


def test_the_sender_carries_who_else_gets_mail(tmp_path: Path) -> None:
    sender = load(
        tmp_path,
        """
letters: {company: Farhill Instruments Ltd}
mail:
  from: AR <ar@example.com>
  reply_to: li@example.com
  archive: archive@example.com
  redirect_to: me@example.com
""",
    ).sender()
    assert (sender.reply_to, sender.archive) == ("li@example.com", "archive@example.com")
    assert (sender.redirect_to, sender.company) == ("me@example.com", "Farhill Instruments Ltd")


def test_paths_are_relative_to_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    written(tmp_path, "workbook: a.xlsx\nletters: {folder: mine}\nmail: {ca_file: ca.pem}")
    config = load_config(Path("../config.yaml"))
    assert Path(config.workbook_address).resolve() == tmp_path / "a.xlsx"
    assert Path(config.ledger_url().removeprefix("sqlite:///")).resolve() == (
        tmp_path / "collector.db"
    )
    assert config.letters_folder is not None
    assert config.letters_folder.resolve() == tmp_path / "mine"
    assert config.ca_file is not None
    assert config.ca_file.resolve() == tmp_path / "ca.pem"


def test_absolute_paths_and_web_addresses_stay(tmp_path: Path) -> None:
    config = load_config(
        written(tmp_path, "workbook: /finance/a.xlsx\nledger: sqlite:////finance/l.db")
    )
    assert config.workbook_address == "/finance/a.xlsx"
    assert config.ledger_url() == "sqlite:////finance/l.db"
    web = "https://docs.google.com/spreadsheets/d/1AbC/edit"
    assert load_config(written(tmp_path, f"workbook: {web}")).workbook_address == web


# ── mistakes ─────────────────────────────────────────────────────────────────────────────────


def test_every_mistake_is_reported_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    said = mistakes(
        tmp_path,
        """workbok: receivables.xlsx
timezone: Asia/Shanghi
gap_days: 3
tabs:
  invoices: {header_row: 0, columns: {due_dat: Pay by}}
reminders:
  gap_days: five
  steps:
    - {name: first, after: 3}
    - {name: first, after: 2}
mail:
  mode: sned
  from: Accounts
write: {columns: [status, staus]}
""",
    )
    assert said == [
        "config.yaml:1: workbook: is missing",
        "config.yaml:1: workbok: is not a key that is known here; did you mean `workbook`?",
        'config.yaml:2: timezone: should be a time zone like Asia/Shanghai, not "Asia/Shanghi"; '
        "did you mean `Asia/Shanghai`?",
        "config.yaml:3: gap_days: is not a key that is known here; "
        "did you mean `reminders.gap_days`?",
        "config.yaml:5: tabs.invoices.header_row: should be 1 or more, not 0",
        'config.yaml:5: tabs.invoices.columns.due_dat: "due_dat" is not known here; '
        "did you mean `due_date`?",
        'config.yaml:7: reminders.gap_days: should be a whole number, not "five"',
        "config.yaml:10: reminders.steps[2].name: first is there twice",
        'config.yaml:12: mail.mode: "sned" is not known here; did you mean `send`?',
        'config.yaml:13: mail.from: should be an e-mail address, not "Accounts"',
        'config.yaml:14: write.columns[2]: "staus" is not known here; did you mean `status`?',
    ]


W = "workbook: a.xlsx\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "config.yaml:1: is empty"),
        ("# nothing yet\n", "config.yaml:1: is empty"),
        ("- workbook\n", "config.yaml:1: is no list of keys"),
        (W + "\tbook: x\n", "config.yaml:2: a tab stands"),
        (W + "book: [a\nledger: b\n", "config.yaml:3: is not understood here"),
        (W + "book: !x y\n", "config.yaml:2: book: a value may not start with `!`"),
        (W + "tabs: &t {invoices: *t}\n", "config.yaml:2: tabs.invoices: refers to another place"),
        (W + "book: a\nbook: b\n", "config.yaml:3: book: is here for the second time, first on l"),
        (W + "book: a/b\n", "config.yaml:2: book: a book's name has no `/`"),
        (W + "book: [a]\n", "config.yaml:2: book: should be text on one line, not […]"),
        (W + "mail: later\n", "config.yaml:2: mail: should be keys with values"),
        (W + "zzz: 1\n", "config.yaml:2: zzz: is not a key that is known here; known are workb"),
        (W + "language: fr\n", "config.yaml:2: language: should be one of en, zh"),
        (W + "currency: RMB\n", "config.yaml:2: currency: should be a currency by ISO 4217"),
        (W + "currency: usd\n", "config.yaml:2: currency: should be a currency by ISO 4217"),
        (W + "timezone: ../etc\n", "config.yaml:2: timezone: should be a time zone"),
        (W + "date_order: DYM\n", "config.yaml:2: date_order: "),
        (W + "write: {highlight: maybe}\n", "config.yaml:2: write.highlight: should be true or"),
        (W + "write: {headings: {status: A, problem: a}}\n", "write.headings.problem: a is there"),
        (W + "aging: {edges: [30, 30]}\n", "config.yaml:2: aging.edges[2]: 30 stands after 30"),
        (W + "aging: {edges: [0, 30]}\n", "config.yaml:2: aging.edges[1]: should be 1 or more"),
        (W + "aging: {edges: []}\n", "config.yaml:2: aging.edges: should be a list with somethi"),
        (W + "aging: {tolerance: NaN}\n", "config.yaml:2: aging.tolerance: should be a number"),
        (
            W + "reminders: {steps: [{name: a, after: 9},\n {name: b, after: 9}]}\n",
            "config.yaml:3: reminders.steps[2].after: 9 stands after 9",
        ),
        (W + "reminders: {steps: [{name: A b, after: 1}]}\n", "should be small letters, digits"),
        (W + "reminders: {steps: [{name: statement, after: 1}]}\n", "not `statement`"),
        (W + "reminders: {steps: [{after: 1}]}\n", "config.yaml:2: reminders.steps[1].name: is m"),
        (W + "reminders: {holidays: XX}\n", "config.yaml:2: reminders.holidays: should be a cou"),
        (W + "reminders: {send_between: 18:00-09:00}\n", "reminders.send_between: should be hours"),
        (W + "reminders: {send_between: 9-18}\n", "should be a time like"),
        (W + "statements: {day: 31}\n", "config.yaml:2: statements.day: should be 28 or less"),
        (W + "statements: {attach: [docx]}\n", "statements.attach[1]: should be one of pdf, xlsx"),
        (W + "credit: {stop_days: 1.5}\n", "config.yaml:2: credit.stop_days: should be a whole"),
        (W + "mail: {server: smtp.example.com}\n", "config.yaml:2: mail.server: should be host:p"),
        (W + "mail: {server: 'smtp.example.com:70000'}\n", "mail.server: should be host:port"),
        (W + "mail: {mode: send}\n", "config.yaml:2: mail.server: is missing; without it"),
        (W + "mail: {mode: send}\n", "config.yaml:2: mail.from: is missing; without it"),
        (W + "mail: {mode: approve}\n", "config.yaml:2: mail.from: is missing; without it"),
        (W + "mail: {user: me}\n", "config.yaml:2: mail.password: is missing: a user logs in"),
        (W + "mail: {archive: 'b @x.test'}\n", "config.yaml:2: mail.archive: should be an e-mail"),
        (W + "mail: {timeout: 0}\n", "config.yaml:2: mail.timeout: should be more than 0"),
        (W + "mail: {timeout: .inf}\n", "config.yaml:2: mail.timeout: should be a number"),
        (W + "mail: {server: 'a.example.com:25', security: none}\n", "`none` is only for a server"),
        (W + "schedule: [{on: mondy, at: '09:00'}]\n", 'schedule[1].on: "mondy" is not known here'),
        (W + "schedule: [{on: daily, at: '24:00'}]\n", "schedule[1].at: should be a time like"),
        (W + "ledger: collector.db\n", "config.yaml:2: ledger: should be sqlite:///"),
        (W + "ledger: 'sqlite:///:memory:'\n", "config.yaml:2: ledger: should be sqlite:///"),
    ],
)
def test_a_mistake_is_a_sentence_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    assert any(said in mistake for mistake in mistakes(tmp_path, text))


@pytest.mark.parametrize("server", ["localhost:25", "127.0.0.1:1025", "'[::1]:25'"])
def test_plain_mail_is_allowed_on_this_machine(tmp_path: Path, server: str) -> None:
    config = load(tmp_path, f"mail: {{server: {server}, security: none}}")
    assert config.mail.security == "none"


def test_mistakes_are_said_in_chinese(tmp_path: Path) -> None:
    said = mistakes(tmp_path, "workbook: a.xlsx\ngap_days: 3\n", "zh")
    assert said == ["config.yaml:2: gap_days: 不是可用的键；是否指 `reminders.gap_days`？"]


def test_a_file_that_is_not_there_or_not_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigMissingError, match=r"none\.yaml is not there"):
        load_config(tmp_path / "none.yaml")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path)
    path = tmp_path / "config.yaml"
    path.write_bytes(b"book: a\nworkbook: " + "应收.xlsx".encode("gbk"))
    with pytest.raises(ConfigError, match=r"config\.yaml:2: is not UTF-8 text"):
        load_config(path)
    path.write_bytes(b"\xef\xbb\xbfworkbook: a.xlsx\r\nbook: b\r\n")
    assert load_config(path).book == "b"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(ConfigError, match="is this the right file"):
        load_config(path)
    path.write_bytes(b"workbook: " + b"[" * 5000)
    with pytest.raises(ConfigError, match="nested too deep"):
        load_config(path)


@given(st.dictionaries(st.sampled_from(["workbook", "mail", "tabs", "reminders", "aging", "write",
                                        "schedule", "ledger", "statements", "google", "x"]),
                       st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9)
                                    | st.floats(),
                                    lambda inner: st.lists(inner, max_size=3)
                                    | st.dictionaries(st.sampled_from(
                                        ["name", "steps", "server", "columns", "invoices", "at"]),
                                        inner, max_size=3), max_leaves=6)))  # fmt: skip
def test_whatever_is_written_loads_or_is_a_config_error(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, object]
) -> None:
    path = written(tmp_path_factory.mktemp("any"), yaml.safe_dump(values, allow_unicode=True))
    said: tuple[str, ...] = ()
    try:
        load_config(path).policy()
    except ConfigError as error:
        said = error.mistakes
    assert all(mistake.startswith(f"{path}:") for mistake in said)


# ── secrets ──────────────────────────────────────────────────────────────────────────────────

SECRET = "hunter2secret"


@pytest.mark.parametrize(
    "text",
    [
        f"mail: {{user: me, password: {SECRET}}}",
        f"mail: {{password: 'env:{SECRET}!'}}",
        f"mail: {{password: *{SECRET}}}",
        f"mail: {{password: !{SECRET} x}}",
        f"mail: {{password: %{SECRET}}}",
        f'mail: {{password: "{SECRET}}}',
        f"mail: {{passwort: {SECRET}}}",
        f"mail: {{server: 'smtp://me:{SECRET}@example.com:465'}}",
        f"mail: {{imap: {{server: 'a.example.com:993', user: me, password: {SECRET}}}}}",
        f"google: {{credentials: {SECRET}}}",
        f"ledger: postgresql://me:{SECRET}@db/collector",
        f"ledger: postgresql://db/collector?user=me&password={SECRET}",
        f"ledger: mysql://me:{SECRET}@db/collector",
    ],
)
def test_a_secret_written_in_clear_is_refused_and_not_shown(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    error = caught.value
    shown = [str(error), repr(error), error.say("zh"), repr(error.__cause__), repr(error.args)]
    assert not any(SECRET in text for text in shown)


def test_secrets_are_found_where_the_file_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_SECRET", "from env\n")
    (tmp_path / "secret.txt").write_text("from file\r\n", encoding="utf-8")
    config = load(
        tmp_path,
        """
mail:
  user: me
  password: env:A_SECRET
  imap: {server: "imap.example.com:993", user: me, password: "file:secret.txt"}
google: {credentials: "env:A_SECRET"}
""",
    )
    assert config.mail_password() == "from env"
    assert config.imap_password() == "from file"
    assert config.google_credentials() == "from env"
    assert "from env" not in repr(config)


def test_no_user_means_no_secret(tmp_path: Path) -> None:
    config = load(tmp_path)
    assert config.mail_password() is None
    assert config.imap_password() is None
    assert config.google_credentials() is None


@pytest.mark.parametrize(
    "reference", ["env:NOT_SET_ANYWHERE", "env:SET_BUT_EMPTY", "file:none.txt", "file:.", "what"]
)
def test_a_missing_secret_names_its_key_and_where_it_should_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reference: str
) -> None:
    monkeypatch.setenv("SET_BUT_EMPTY", "\n")
    with pytest.raises(SecretMissingError, match=r"mail\.password: the secret") as caught:
        resolve_secret(reference, key="mail.password", folder=tmp_path)
    assert reference in str(caught.value)


def test_the_keyring_is_asked_for_the_users_entry(tmp_path: Path) -> None:
    import keyring
    from keyring.backends.fail import Keyring as NoKeyring
    from keyring.backends.null import Keyring as EmptyKeyring
    from keyring.credentials import SimpleCredential

    class OneEntry(EmptyKeyring):  # type: ignore[misc]
        def get_credential(self, service: str, username: str | None) -> SimpleCredential | None:
            found = (service, username) == ("collector", "me")
            return SimpleCredential("me", "from keyring") if found else None

    before = keyring.get_keyring()
    try:
        keyring.set_keyring(OneEntry())
        entry = {"key": "mail.password", "folder": tmp_path}
        assert resolve_secret("keyring:collector", user="me", **entry) == "from keyring"
        with pytest.raises(SecretMissingError):
            resolve_secret("keyring:collector", user="you", **entry)
        keyring.set_keyring(NoKeyring())
        with pytest.raises(SecretMissingError):
            resolve_secret("keyring:collector", user="me", **entry)
    finally:
        keyring.set_keyring(before)


def test_the_ledger_may_be_named_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = load(tmp_path, "ledger: env:A_LEDGER")
    with pytest.raises(SecretMissingError, match="ledger: the secret env:A_LEDGER"):
        config.ledger_url()
    monkeypatch.setenv("A_LEDGER", f"postgresql://me:{SECRET}@db/collector")
    assert config.ledger_url() == f"postgresql://me:{SECRET}@db/collector"
    assert SECRET not in repr(config)
    monkeypatch.setenv("A_LEDGER", f"mysql://{SECRET}")
    with pytest.raises(UsageError, match="ledger: should be sqlite") as caught:
        config.ledger_url()
    assert SECRET not in str(caught.value)


def test_a_ledger_without_a_password_may_stand_in_the_file(tmp_path: Path) -> None:
    url = "postgresql://collector@db.example.com/collector"
    assert load(tmp_path, f"ledger: {url}").ledger_url() == url


def test_every_column_of_ours_may_be_written_and_renamed(tmp_path: Path) -> None:
    columns = ", ".join(OWNED_HEADINGS)
    headings = ", ".join(f"{key}: Our {key}" for key in OWNED_HEADINGS)
    config = load(tmp_path, f"write: {{columns: [{columns}], headings: {{{headings}}}}}")
    assert config.policy().columns == tuple(OWNED_HEADINGS)
    assert config.policy().headings["status"] == "Our status"
