"""Errors that a user can cause.  Each message states the cause and the remedy."""


class VerifierError(Exception):
    """The base of every error that this package raises on purpose.

    >>> str(VerifierError("no such file: a.toml", "check the path"))
    'no such file: a.toml (check the path)'
    """

    def __init__(self, cause: str, remedy: str = "") -> None:
        self.cause = cause
        self.remedy = remedy
        super().__init__(f"{cause} ({remedy})" if remedy else cause)


class StatementError(VerifierError):
    """The text or object is not a statement of the language."""


class ClaimsFileError(VerifierError):
    """A claims file cannot be read or does not follow the format."""


class TheoremError(VerifierError):
    """A theorem file cannot be loaded, or is not built as a theorem."""


class NotationError(VerifierError):
    """Symbols cannot be printed under the names that an author gives them."""


class LinkError(TheoremError):
    """A link of a theorem is not built as a link; the message says in which line."""
