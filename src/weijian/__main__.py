"""``python -m weijian``, and what the installed ``weijian`` runs: the command line as a process of its own."""

from weijian import terminal
from weijian.cli import main


def run() -> None:
    """Run the command line and end the process at once.

    To take every library apart in an orderly way at the end takes longer than some commands do, and nothing waits for
    it: what a command writes is written, and files and databases are closed, when the command returns.
    """
    try:
        main()
    except SystemExit as stop:
        if stop.code is None or isinstance(stop.code, int):
            terminal.leave(stop.code or 0)
        raise


if __name__ == "__main__":
    run()
