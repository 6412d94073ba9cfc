"""What SMTP_URL may say, and how we behave towards a server that encrypts or wants a password."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from clearinghouse.errors import BadSettingError
from clearinghouse.mail import server as mail_server
from clearinghouse.mail.letter import Outgoing
from clearinghouse.mail.server import MailServerError, Server, connected, server_of
from clearinghouse.settings import settings


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://relay.example", Server("relay.example", 25)),
        ("smtp://relay.example:2525/", Server("relay.example", 2525)),
        ("smtp://ann:p%40ss%3A@relay.example", Server("relay.example", 587, "ann", "p@ss:")),
        ("smtps://ann@relay.example", Server("relay.example", 465, "ann", None, tls=True)),
        ("smtp://[::1]:1025", Server("::1", 1025)),
    ],
)
def test_an_address_is_read(url: str, server: Server) -> None:
    assert server_of(url) == server


@pytest.mark.parametrize(
    "url",
    ["", "relay.example", "http://relay.example", "smtp://", "smtp://x:hunter2/@relay", "smtp://x:2#hunter2@relay"],
)
def test_another_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(BadSettingError, match="SMTP_URL: must be smtp://user:password@host:port") as refused:
        server_of(url)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://ann:hunter2@relay",
        "smtp://ann:hunter2/@relay",
        "smtp://ann:2/hunter2@relay",
        "smtp://ann:2#hunter2@relay",
        "smtp://ann:hunter2@",
    ],
)
def test_the_settings_refuse_it_too(monkeypatch, url: str) -> None:
    monkeypatch.setenv("CLEARINGHOUSE_SMTP_URL", url)
    settings.cache_clear()
    with pytest.raises(BadSettingError, match="CLEARINGHOUSE_SMTP_URL: must be") as refused:
        settings()
    assert "hunter2" not in str(refused.value)
    settings.cache_clear()


def test_no_server_at_all_is_no_mistake(monkeypatch) -> None:
    monkeypatch.setenv("CLEARINGHOUSE_SMTP_URL", "")
    settings.cache_clear()
    assert settings().smtp_url is None
    settings.cache_clear()


def test_a_server_does_not_show_its_password() -> None:
    assert "hunter2" not in repr(server_of("smtp://ann:hunter2@relay.example"))


class Encrypted:
    """Takes mail over TLS alone, from who knows the password."""

    def __init__(self, certificate: Path) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.taken: list[Any] = []
        self.controller = Controller(
            self, hostname="127.0.0.1", port=free_port(), tls_context=context, require_starttls=True,
            auth_required=True, authenticator=self.knows,
        )  # fmt: skip

    def knows(self, server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword) -> AuthResult:
        known = (data.login, data.password) == (b"ann", b"hunter2")
        return AuthResult(success=known, handled=known)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.taken.append((session.ssl is not None, envelope.rcpt_tos))
        return "250 taken"


def certificate(path: Path) -> Path:
    """A key, and a certificate for it by itself alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    made = made.not_valid_after(dt.datetime(2120, 1, 1, tzinfo=dt.UTC))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    return path


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def encrypted(tmp_path: Path) -> Iterator[Encrypted]:
    made = Encrypted(certificate(tmp_path / "key.pem"))
    made.controller.start()
    yield made
    made.controller.stop()


def hello() -> Outgoing:
    made_at = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    return Outgoing("ann@example.org", "Hello", "Hello", "<a1@clearinghouse>", made_at, "desk@clearinghouse.example")


def test_encryption_is_used_where_it_is_offered_and_the_password_is_given(encrypted) -> None:
    url = f"smtp://ann:hunter2@127.0.0.1:{encrypted.controller.port}"
    with connected(server_of(url), "localhost") as connection:
        connection.send(hello())
    assert encrypted.taken == [(True, ["ann@example.org"])]


def test_a_wrong_password_is_the_servers_trouble_and_is_not_shown(encrypted) -> None:
    url = f"smtp://ann:wrongest@127.0.0.1:{encrypted.controller.port}"
    with pytest.raises(MailServerError, match="535") as refused, connected(server_of(url), "localhost"):
        pass
    assert "wrongest" not in str(refused.value)


def test_a_certificate_that_nobody_vouches_for_is_refused_from_afar(encrypted, monkeypatch) -> None:
    monkeypatch.setattr(mail_server, "is_loopback", lambda _: False)
    url = f"smtp://ann:hunter2@127.0.0.1:{encrypted.controller.port}"
    with pytest.raises(MailServerError, match="certificate"), connected(server_of(url), "localhost"):
        pass


def test_a_password_never_goes_unencrypted(server, monkeypatch) -> None:
    monkeypatch.setattr(mail_server, "is_loopback", lambda _: False)
    far = Server("127.0.0.1", server.controller.port, "ann", "hunter2")
    with pytest.raises(MailServerError, match="offers no encryption"), connected(far, "localhost"):
        pass
