"""The scorer of tools/, for tests."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType


def scorer() -> ModuleType:
    """Load tools/score.py, which is a script and no part of the package."""
    path = Path(__file__).parents[2] / "tools" / "score.py"
    specification = importlib.util.spec_from_file_location("score_tool", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["score_tool"] = module
    specification.loader.exec_module(module)
    return module
