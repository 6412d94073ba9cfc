"""One-time codes: time-based ones (RFC 6238) of any authenticator, on a desktop too, and ten to recover with."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
import secrets

import pyotp
import sqlalchemy as sa
from sqlalchemy.orm import Session

from clearinghouse.accounts import audit
from clearinghouse.accounts.actor import Actor
from clearinghouse.accounts.models import RecoveryCode, User
from clearinghouse.accounts.tags import Tag
from clearinghouse.errors import BadFormError

STEP = 30  # seconds
AROUND = 1  # steps that a clock may be off, either way
RECOVERY = 10  # codes at a time
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: nothing that looks like something else
LOOKS_LIKE = str.maketrans("oil", "011")
GROUPS, GROUP = 4, 4  # 16 letters of 5 bits: 80 bits a recovery code
ISSUER = "Jobs clearing house"


def new_secret() -> str:
    """A secret for an authenticator, 160 bits in base 32; nothing is kept until `set_up` confirms it."""
    return pyotp.random_base32()


def address(secret: str, email: str) -> str:
    """The otpauth:// address of a secret, for a QR code or a link."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def set_up(
    session: Session, user_id: int, secret: str, code: str, by: Actor | str, now: dt.datetime
) -> tuple[str, ...]:
    """Keep a secret that a first code has confirmed; the recovery codes, to be shown this once.

    A form sent twice gets the same answer twice. Raises BadFormError for `code`.
    """
    user = session.get_one(User, user_id, with_for_update=True)
    step = _step_of(secret, _digits(code), now)
    if step is None:
        raise BadFormError({"code": "This code is not right. Enter the code that your authenticator shows now"})
    recovery = _recovery_of(secret)
    if user.code_secret == secret:
        return recovery
    user.code_secret, user.code_step = secret, step
    _keep_recovery(session, user_id, recovery)
    audit.record(session, Tag.ACCOUNT_CODES_SET, by, user.email, now)
    return recovery


def renew_recovery(session: Session, user_id: int, by: Actor | str, now: dt.datetime) -> tuple[str, ...]:
    """Ten new recovery codes in place of the old ones. Raises BadFormError for `codes` when there are none to renew."""
    user = session.get_one(User, user_id, with_for_update=True)
    if not are_set(session, user_id):
        raise BadFormError({"codes": "One-time codes are not set up on this account"})
    recovery = tuple(_grouped("".join(secrets.choice(LETTERS) for _ in range(GROUPS * GROUP))) for _ in range(RECOVERY))
    _keep_recovery(session, user_id, recovery)
    audit.record(session, Tag.ACCOUNT_RECOVERY_RENEWED, by, user.email, now)
    return recovery


def take_away(session: Session, user_id: int, by: Actor | str, now: dt.datetime, reason: str) -> None:
    """Let somebody in by password alone until they set codes up again; nothing happens when they have none.

    Raises BadFormError for `reason` when none is given.
    """
    user = session.get_one(User, user_id, with_for_update=True)
    if not reason.strip():
        raise BadFormError({"reason": "Say why the codes are taken away"})
    if not are_set(session, user_id):
        return
    user.code_secret = user.code_step = None
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    audit.record(session, Tag.ACCOUNT_CODES_OFF, by, user.email, now, reason=" ".join(reason.split())[:500])


def are_set(session: Session, user_id: int) -> bool:
    """True when the account needs a code after its password."""
    return bool(session.scalar(sa.select(User.code_secret.is_not(None)).where(User.id == user_id)))


def recovery_left(session: Session, user_id: int) -> int:
    """How many recovery codes are unused."""
    unused = sa.select(sa.func.count()).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return session.scalar(unused) or 0


def use_code(session: Session, user_id: int, typed: str, now: dt.datetime) -> bool:
    """True once for the code of a step, one step either side of now; a step at or before the last used never counts."""
    secret = session.scalar(sa.select(User.code_secret).where(User.id == user_id))
    step = _step_of(secret, _digits(typed), now) if secret else None
    if step is None:
        return False
    newer = sa.or_(User.code_step.is_(None), User.code_step < step)
    used = session.execute(
        sa.update(User).where(User.id == user_id, newer).values(code_step=step).returning(User.id),
        execution_options={"synchronize_session": False},
    )
    return used.one_or_none() is not None


def use_recovery_code(session: Session, user_id: int, typed: str, now: dt.datetime) -> bool:
    """True once for each recovery code, however it is typed."""
    used = session.execute(
        sa.update(RecoveryCode)
        .where(
            RecoveryCode.digest == _digest(user_id, typed), RecoveryCode.user_id == user_id,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCode.digest)
    )  # fmt: skip
    return used.one_or_none() is not None


def is_time_based(typed: str) -> bool:
    """True for what looks like a code of an authenticator; everything else is tried as a recovery code."""
    return len(_digits(typed)) == 6


def _step_of(secret: str, code: str, now: dt.datetime) -> int | None:
    """The step whose code this is; None when it is none of those around now."""
    totp = pyotp.TOTP(secret, interval=STEP)
    current = int(now.timestamp()) // STEP
    steps = range(current - AROUND, current + AROUND + 1)
    matching = [step for step in steps if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode())]
    return matching[-1] if matching else None


def _digits(typed: str) -> str:
    """Six digits, without the spaces that authenticators show in their middle; "" for everything else."""
    plain = re.sub(r"[\s-]", "", typed[:100])
    return plain if re.fullmatch(r"[0-9]{6}", plain) else ""


def _keep_recovery(session: Session, user_id: int, codes: tuple[str, ...]) -> None:
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    session.add_all(RecoveryCode(digest=_digest(user_id, code), user_id=user_id) for code in codes)


def _recovery_of(secret: str) -> tuple[str, ...]:
    """The first recovery codes follow from the secret, so that the same form brings the same ones."""
    keys = (hmac.new(secret.encode(), f"recovery {number}".encode(), "sha256").digest() for number in range(RECOVERY))
    return tuple(_grouped("".join(LETTERS[byte % 32] for byte in key[: GROUPS * GROUP])) for key in keys)


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + GROUP] for start in range(0, GROUPS * GROUP, GROUP))


def _digest(user_id: int, typed: str) -> str:
    plain = re.sub(r"[\s-]", "", typed[:100]).lower().translate(LOOKS_LIKE)
    return hashlib.sha256(f"{user_id} {plain}".encode("utf-8", "surrogatepass")).hexdigest()
