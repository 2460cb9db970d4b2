"""The keys below ``mail``: how mail goes out, and where its archive is."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationInfo, field_validator, model_validator

from collector.config.mistakes import wrong
from collector.config.providers import TOKENS, filled_in
from collector.config.section import Count, Section
from collector.config.source import EMPTY
from collector.config.values import (
    LISTED,
    Domain,
    EmailAddress,
    Secret,
    SenderText,
    Server,
    Text,
    loopback,
)

Provider = Literal["gmail", "workspace", "microsoft365", "qq", "163", "exmail", "aliyun"]


def _plain_here(security: str, others: ValidationInfo) -> str:
    server = others.data.get("server")
    if security == "none" and server and not loopback(server):
        raise wrong("config_plain_mail")
    return security


class Imap(Section):
    """The mailbox where messages in doubt are looked up."""

    server: Server
    security: Literal["tls", "starttls", "none"] = "tls"
    user: Text
    password: Secret | None = None
    folder: Text = "INBOX"

    @field_validator("security")
    @classmethod
    def _plain_only_here(cls, security: str, others: ValidationInfo) -> str:
        return _plain_here(security, others)


class Oauth(Section):
    """How to log in without a password; the secrets are references, like every other."""

    token_command: Text | None = None
    client_id: Text | None = None
    client_secret: Secret | None = None
    refresh_token: Secret | None = None
    token_url: Text | None = None
    scope: Text | None = None

    @field_validator("token_url")
    @classmethod
    def _over_tls(cls, url: str | None) -> str | None:
        parts = urlsplit(url or "")
        if url and parts.scheme != "https" and not loopback(f"{parts.hostname}:0"):
            raise wrong("config_oauth_https")
        return url

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.token_command) == bool(self.client_id and self.refresh_token):
            raise wrong("config_oauth")
        return self


class Mail(Section):
    """The mail server, who the letters are from, and how careful to be."""

    provider: Provider | None = None
    mode: Literal["rehearse", "approve", "send"] = "rehearse"
    server: Annotated[Server | None, Field(validate_default=True)] = None
    security: Literal["tls", "starttls", "none"] = "tls"
    user: Text | None = None
    oauth: Oauth | None = None
    password: Annotated[Secret | None, Field(validate_default=True)] = None
    from_: Annotated[SenderText | None, Field(alias="from", validate_default=True)] = None
    reply_to: EmailAddress | None = None
    archive: EmailAddress | None = None
    imap: Imap | None = None
    ca_file: Text | None = None
    redirect_to: EmailAddress | None = None
    max_per_run: Count = 200
    max_per_day: Count | None = None
    allow_domains: Annotated[tuple[Domain, ...], LISTED] = ()
    deny_domains: Annotated[tuple[Domain, ...], LISTED] = ()
    timeout: Annotated[float, Field(gt=0, le=600, allow_inf_nan=False)] = 30
    pause: Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False)] = 0

    @field_validator("server")
    @classmethod
    def _server_to_send(cls, server: str | None, others: ValidationInfo) -> str | None:
        if server is None and others.data.get("mode") == "send":
            raise wrong("config_send_needs")
        return server

    @field_validator("from_")
    @classmethod
    def _from_to_send(cls, sender: str | None, others: ValidationInfo) -> str | None:
        # `approve` too: what is approved later is sent as it was built.
        if sender is None and others.data.get("mode") in ("send", "approve"):
            raise wrong("config_send_needs")
        return sender

    @field_validator("security")
    @classmethod
    def _plain_only_here(cls, security: str, others: ValidationInfo) -> str:
        return _plain_here(security, others)

    @field_validator("password")
    @classmethod
    def _password_of_user(cls, password: str | None, others: ValidationInfo) -> str | None:
        if password is None and others.data.get("user") and not others.data.get("oauth"):
            raise wrong("config_user_needs_password")
        return password

    @field_validator("oauth")
    @classmethod
    def _token_address(cls, oauth: Oauth | None, others: ValidationInfo) -> Oauth | None:
        known = others.data.get("provider") in TOKENS
        if oauth and oauth.refresh_token and not (oauth.token_url or known):
            raise wrong("config_oauth_url")
        return oauth

    @field_validator("imap")
    @classmethod
    def _password_of_archive(cls, imap: Imap | None, others: ValidationInfo) -> Imap | None:
        if imap and imap.password is None and not others.data.get("oauth"):
            raise wrong("config_user_needs_password", "password")
        return imap

    @model_validator(mode="before")
    @classmethod
    def _as_the_provider_needs(cls, values: Any) -> Any:
        return filled_in(values, EMPTY) if isinstance(values, dict) else values
