"""Accuracy of detection beside plain methods, and its speed beside the time it takes just to decode the files.

python benchmarks/detection.py [the arguments of accuracy.py]
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import accuracy

if __name__ == "__main__":
    accuracy.main()
