"""Who acts, for the audit."""

import getpass


def current_actor() -> str:
    """The account the program runs under; ``unknown`` where the system names none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no account entry; Windows without USERNAME raises ImportError
        return "unknown"
