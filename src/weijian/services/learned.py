"""What was learned and comes with the program (resources/models; tools/train tells how)."""

from weijian import assets
from weijian.detection.trees import Trees


def open_trees() -> Trees:
    """Judge roofs that came where there is no archive."""
    return _trees("roofs.json")


def archive_trees() -> Trees:
    """Judge what came beside archived buildings."""
    return _trees("beside.json")


def _trees(name: str) -> Trees:
    return Trees.from_json(assets.resource("models", name).read_text(encoding="utf-8"))
