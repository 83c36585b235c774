"""``python -m weijian`` is the command line."""

from weijian.cli import main

if __name__ == "__main__":
    main()
