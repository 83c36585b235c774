"""Loading the window's libraries."""

import gc


def load_window() -> None:
    """Load all that the window needs, so that ``weijian.qt.app`` is there at once.

    Loading libraries makes some hundred thousand objects that stay. The garbage collector would look through all of
    them again and again meanwhile, which is a fifth of the time to start, and later whenever it looks for garbage.
    """
    gc.disable()
    try:
        import weijian.qt.app  # noqa: F401 - loaded, not used

        gc.freeze()
    finally:
        gc.enable()
