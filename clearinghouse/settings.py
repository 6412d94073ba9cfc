"""Every setting of the installation: environment variables with the prefix CLEARINGHOUSE_ (design §8)."""

from __future__ import annotations

import ipaddress
import re
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from clearinghouse import __version__
from clearinghouse.errors import BadSettingError

PREFIX = "CLEARINGHOUSE_"
EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+", re.ASCII)  # it stands in headers of mail and of the crawlers
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
NOTIFY_KEY = re.compile(rf"(?:.+-)?{UUID}-{UUID}")
HIDDEN = ("_KEY", "SMTP_URL")  # endings of the names whose values hold a secret


class Settings(BaseSettings):
    """The settings as the environment gives them, checked. The environment always wins."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True)

    database_url: str = Field(default="sqlite:///var/clearinghouse.sqlite3", description="SQLAlchemy URL of the store")
    index_dir: Path = Field(
        default=Path("var/index"), description="Where this machine keeps its copy of the search index"
    )
    sources_dir: Path | None = Field(default=None, description="A folder of the operator's own source files")
    secret_key: str | None = Field(default=None, description="Signs cookies and links: 32 characters or more")
    data_key: str | None = Field(
        default=None, description="Encrypts client data: base64 of 32 bytes, several by commas"
    )
    public_url: str = Field(default="http://127.0.0.1:8000", description="The site's address as its users type it")
    area: str = Field(default="nottinghamshire", description="The area that this clearing house serves")
    contact_email: str = Field(
        default="contact@clearinghouse.example", description="Where people and webmasters can write"
    )
    smtp_url: str | None = Field(default=None, description="smtp://user:password@host:port of the mail server")
    notify_api_key: str | None = Field(default=None, description="GOV.UK Notify's key, instead of a mail server")
    notify_email_template: str | None = Field(default=None, description="The id of the template for mails there")
    notify_text_template: str | None = Field(default=None, description="The id of the template for text messages")
    notify_url: str = Field(default="https://api.notifications.service.gov.uk", description="Where its API is")
    texts_a_month: int = Field(default=0, ge=0, description="Text messages that may be sent in a month; 0 = none")
    trusted_proxies: str = Field(
        default="", description="Addresses of the proxies whose forwarding headers count, by commas"
    )
    https_proxy: str | None = Field(default=None, description="The proxy through which the crawlers go out")
    log_format: Literal["text", "json"] = Field(default="text", description="How logs look: text or json")
    demo_seed: int = Field(default=2010, description="The seed of the simulated partners")
    demo: bool = Field(default=False, description="Set by `run --demo` for its child processes")

    @field_validator("public_url", "notify_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an address such as https://jobs.example.org")
        if parts.scheme == "http" and not is_loopback(parts.hostname):
            raise ValueError("must be https, unless its host is this machine")
        return value.rstrip("/")

    @field_validator("contact_email")
    @classmethod
    def _is_an_email_address(cls, value: str) -> str:
        if not EMAIL.fullmatch(value):
            raise ValueError("must be an e-mail address such as jobs@example.org")
        return value

    @field_validator("secret_key")
    @classmethod
    def _is_long(cls, value: str | None) -> str | None:
        if value is not None and len(value) < 32:
            raise ValueError("must have 32 characters or more")
        return value

    @field_validator("smtp_url")
    @classmethod
    def _is_a_server(cls, value: str | None) -> str | None:
        if not value:
            return None
        parts = urlsplit(value)
        with suppress(ValueError):  # of a bad port: its own words could show a part of the password
            beside = parts.path.strip("/") or parts.query or parts.fragment  # of a password with odd characters
            if parts.scheme in ("smtp", "smtps") and parts.hostname and parts.port != 0 and not beside:
                return value
        raise ValueError("must be smtp://user:password@host:port, or smtps://…; other characters as in %40")

    @field_validator("notify_api_key")
    @classmethod
    def _is_a_key(cls, value: str | None) -> str | None:
        if value and not NOTIFY_KEY.fullmatch(value):
            raise ValueError("must be a key of GOV.UK Notify: its name, then two ids of 36 characters, with dashes")
        return value or None

    @field_validator("notify_email_template", "notify_text_template")
    @classmethod
    def _is_a_template(cls, value: str | None) -> str | None:
        if value and not re.fullmatch(UUID, value):
            raise ValueError("must be the id of a template at GOV.UK Notify, of 36 characters")
        return value or None

    @model_validator(mode="after")
    def _mail_goes_one_way(self) -> Settings:
        if self.smtp_url and self.notify_api_key:
            raise ValueError("SMTP_URL and NOTIFY_API_KEY are both set: mail can go only one way, so set one of them")
        return self

    @model_validator(mode="after")
    def _demo_stays_at_home(self) -> Settings:
        if self.demo and not is_loopback(urlsplit(self.public_url).hostname or ""):
            raise ValueError(f"PUBLIC_URL: the demo runs on this machine only, not at {self.public_url}")
        return self

    @property
    def user_agent(self) -> str:
        """How the crawlers name themselves to every partner."""
        return f"ClearingHouse/{__version__} (+{self.public_url}/contact; {self.contact_email})"

    @property
    def sends_mail(self) -> bool:
        """True when there is a way for mail."""
        return bool(self.smtp_url or (self.notify_api_key and self.notify_email_template))

    @property
    def sends_texts(self) -> bool:
        """True when text messages are on."""
        return bool(self.notify_api_key and self.notify_text_template and self.texts_a_month)

    @property
    def site_name(self) -> str:
        """What the site calls itself: Nottinghamshire public jobs."""
        return f"{area_name(self.area)} public jobs"


def area_name(area: str) -> str:
    """The area's name from the setting: `east-midlands` is East Midlands."""
    return area.replace("-", " ").replace("_", " ").title()


def is_loopback(host: str) -> bool:
    """True when `host` names this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@cache
def settings() -> Settings:
    """The settings of this process, read once. Raises BadSettingError that names the variable and its value."""
    try:
        return Settings()
    except ValidationError as error:
        raise BadSettingError("; ".join(_sentence(dict(problem)) for problem in error.errors())) from error


def _sentence(problem: dict[str, object]) -> str:
    location = problem["loc"]
    name = PREFIX + str(location[0]).upper() if isinstance(location, tuple) and location else "settings"
    value = problem.get("input")
    shown = "" if name == "settings" or name.endswith(HIDDEN) else f" {value!r}"
    return f"{name}{shown}: {str(problem['msg']).removeprefix('Value error, ')}"
