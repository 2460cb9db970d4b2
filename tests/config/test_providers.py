from __future__ import annotations

from pathlib import Path

import pytest

from collector.config import Config, load_config
from collector.config.providers import MAILBOXES, PRESETS
from collector.errors import ConfigError, SecretMissingError


def load(folder: Path, mail: str) -> Config:
    path = folder / "config.yaml"
    path.write_text(f"workbook: book.xlsx\nmail:\n{mail}", encoding="utf-8")
    return load_config(path)


def mistakes(folder: Path, mail: str) -> str:
    with pytest.raises(ConfigError) as raised:
        load(folder, mail)
    return str(raised.value)


@pytest.mark.parametrize("provider", PRESETS)
def test_a_provider_fills_in_what_is_not_said(tmp_path: Path, provider: str) -> None:
    config = load(
        tmp_path,
        f"  provider: {provider}\n  user: ar@x.example\n  password: env:P\n  mode: send\n"
        "  from: ar@x.example\n  imap: {user: ar@x.example, password: env:P}\n",
    )
    mail = config.mail
    assert mail.provider == provider
    assert (mail.server, mail.security) == (
        PRESETS[provider]["server"],
        PRESETS[provider]["security"],
    )
    assert mail.pause > 0
    assert mail.imap is not None
    assert mail.imap.server == MAILBOXES[provider]


def test_what_is_said_comes_before_the_provider(tmp_path: Path) -> None:
    mail = load(
        tmp_path,
        "  provider: gmail\n  server: relay.x.example:587\n  security: starttls\n  pause:\n",
    ).mail
    assert (mail.server, mail.security, mail.pause) == ("relay.x.example:587", "starttls", 1)


def test_a_provider_nobody_knows_is_said_with_its_line(tmp_path: Path) -> None:
    said = mistakes(tmp_path, "  mode: rehearse\n  provider: gmial\n")
    assert ':4: mail.provider: "gmial" is not known here; did you mean `gmail`?' in said


def test_a_token_takes_the_place_of_a_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = load(
        tmp_path,
        "  provider: microsoft365\n  user: ar@x.example\n  imap: {user: ar@x.example}\n"
        "  oauth: {client_id: me, refresh_token: env:REFRESH}\n",
    )
    with pytest.raises(SecretMissingError, match=r"mail\.oauth\.refresh_token"):
        config.oauth()
    monkeypatch.setenv("REFRESH", "r3fresh")
    found = config.oauth()
    assert found is not None
    assert found["url"] == "https://login.microsoftonline.com/common/oauth2/v2.0/token"
    assert "SMTP.Send" in found["scope"]
    assert found["refresh_token"] == "r3fresh"
    assert config.mail_password() is None
    assert "r3fresh" not in repr(config)


@pytest.mark.parametrize(
    ("oauth", "said"),
    [
        ("{}", "needs either"),
        ("{token_command: t, client_id: a, refresh_token: 'env:R'}", "needs either"),
        ("{client_id: a}", "needs either"),
        ("{client_id: a, refresh_token: hunter2}", "mail.oauth.refresh_token"),
        ("{client_id: a, refresh_token: 'env:R'}", "needs `token_url`"),
        ("{client_id: a, refresh_token: 'env:R', token_url: 'http://x.example'}", "https://"),
    ],
)
def test_a_way_to_a_token_that_is_none_is_said(tmp_path: Path, oauth: str, said: str) -> None:
    found = mistakes(tmp_path, f"  user: ar@x.example\n  oauth: {oauth}\n")
    assert said in found
    assert "hunter2" not in found


def test_an_archive_needs_a_password_or_the_token(tmp_path: Path) -> None:
    said = mistakes(tmp_path, "  imap:\n    server: imap.x.example:993\n    user: a\n")
    assert "mail.imap.password" in said


@pytest.mark.parametrize("domain", ["x y", "example", "a@b.example", "-x.example", ""])
def test_what_is_no_domain_is_said(tmp_path: Path, domain: str) -> None:
    assert "mail.deny_domains" in mistakes(tmp_path, f"  deny_domains: ['{domain}']\n")


@pytest.mark.parametrize(("provider", "most"), [("gmail", 500), ("workspace", 2000), ("qq", None)])
def test_a_provider_says_how_many_a_day_it_takes(
    tmp_path: Path, provider: str, most: int | None
) -> None:
    said = f"  provider: {provider}\n"
    assert load(tmp_path, said).policy().max_per_day == most
    assert load(tmp_path, said + "  max_per_day: 50\n").policy().max_per_day == 50
    assert load(tmp_path, said + "  max_per_day: null\n").policy().max_per_day is None
