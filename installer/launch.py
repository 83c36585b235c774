"""Where the built program starts."""

import multiprocessing
import sys

from weijian.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
