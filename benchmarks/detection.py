"""Detection in one run: its accuracy beside plain methods, then its speed beside Orfeo ToolBox and mere decoding.

python benchmarks/detection.py [the arguments of accuracy.py]

How honest its uncertainties and confidences are is told by ``trust.py``.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import accuracy
import speed

if __name__ == "__main__":
    accuracy.main()
    print()
    speed.main([])
