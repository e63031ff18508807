"""What can go wrong in toeleiding; each message is Dutch and says what to do."""

from koempel.errors import KoempelError


class ReferralError(KoempelError):
    """Something that cannot be done with a referral."""


class NotNowError(ReferralError):
    """A step that is not open from the state in which the referral is by now."""


class NoRightError(ReferralError):
    """Somebody without the right that a vacancy asks (art. 60, maatwerk, and others)."""


class TooLateError(ReferralError):
    """The term in which a step can be taken back is over."""
