"""Where the built program starts."""

import multiprocessing

from weijian.__main__ import run

if __name__ == "__main__":
    multiprocessing.freeze_support()
    run()
