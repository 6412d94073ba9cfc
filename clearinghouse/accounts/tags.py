"""What the audit trail knows: `noun:part:verb`, each recorded where it happens."""

from __future__ import annotations

import enum


class Tag(enum.StrEnum):
    """One kind of event. Alphabetical."""

    ACCOUNT_CODES_OFF = "account:codes:off"
    ACCOUNT_CODES_SET = "account:codes:set"
    ACCOUNT_LINK_SENT = "account:link:sent"
    ACCOUNT_LINK_USED = "account:link:used"
    ACCOUNT_PASSWORD_SET = "account:password:set"  # noqa: S105 - the name of an event
    ACCOUNT_RECOVERY_RENEWED = "account:recovery:renewed"
    ACCOUNT_RECOVERY_USED = "account:recovery:used"
    ACCOUNT_SESSION_ENDED = "account:session:ended"
    ACCOUNT_SESSION_STARTED = "account:session:started"
    ACCOUNT_SIGN_IN_FAILED = "account:sign_in:failed"
    AUDIT_TRAIL_READ = "audit:trail:read"
    MAIL_SENDING_LEFT = "mail:sending:left"
    MAIL_SENDING_RETRIED = "mail:sending:retried"
    MEMBER_AGREEMENT_SET = "member:agreement:set"
    MEMBER_CONTACT_SET = "member:contact:set"
    MEMBER_LINKS_SET = "member:links:set"
    MEMBER_TERMS_SET = "member:terms:set"
    REPORT_ADVERT_CLOSED = "report:advert:closed"
    SOURCE_CRAWL_ASKED = "source:crawl:asked"
    SOURCE_COUNT_ACCEPTED = "source:count:accepted"
    SOURCE_PAUSE_OFF = "source:pause:off"
    SOURCE_PAUSE_ON = "source:pause:on"
    SOURCE_ROW_ADDED = "source:row:added"
    SOURCE_ROW_REMOVED = "source:row:removed"
    SOURCE_SETTING_CHANGED = "source:setting:changed"
    SOURCE_TRIAL_ASKED = "source:trial:asked"
    SOURCE_VERIFIED_OFF = "source:verified:off"
    SOURCE_VERIFIED_ON = "source:verified:on"
    USER_ACCOUNT_ADDED = "user:account:added"
    USER_ACCOUNT_DISABLED = "user:account:disabled"
    USER_ACCOUNT_ENABLED = "user:account:enabled"
    USER_ACCOUNT_RENAMED = "user:account:renamed"
    USER_ROLE_GIVEN = "user:role:given"
    USER_ROLE_TAKEN = "user:role:taken"
    VACANCY_HIDDEN_OFF = "vacancy:hidden:off"
    VACANCY_HIDDEN_ON = "vacancy:hidden:on"
    VACANCY_NOTICE_LEFT = "vacancy:notice:left"
    VACANCY_READING_CORRECTED = "vacancy:reading:corrected"
    VACANCY_READING_RESTORED = "vacancy:reading:restored"
