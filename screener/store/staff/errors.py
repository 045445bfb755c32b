"""What a member of staff cannot do, in the words of the pages that must say so."""


class NoSuchAccount(LookupError):
    """There is no account like this."""


class EmailTaken(ValueError):
    """Another account has this e-mail address."""


class LastAdmin(ValueError):
    """Nobody else could look after the accounts: at least one admin must stay."""


class LastFactor(ValueError):
    """Nothing would be left to sign in with: one second factor must stay."""
