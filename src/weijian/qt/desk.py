"""What a panel gets to work with: the open workspace, the workers, the messages."""

from dataclasses import dataclass
from pathlib import Path

from pyproj import CRS

from weijian.bootstrap import Program
from weijian.domain.language import Language
from weijian.qt.jobs import Jobs
from weijian.qt.messages import Messages
from weijian.qt.selection import Selection
from weijian.qt.undoing import Undoing
from weijian.qt.user_settings import UserSettings


@dataclass(frozen=True)
class Desk:
    """Everything panels and operations share while one workspace is open.

    ``crs`` is the workspace's: projected, in metres; all coordinates that panels exchange are in it (easting,
    northing). ``jobs.changed`` tells what actions have changed, ``undoing`` takes verbs back.
    """

    folder: Path
    name: str
    crs: CRS
    program: Program
    language: Language
    jobs: Jobs
    messages: Messages
    selection: Selection
    settings: UserSettings
    undoing: Undoing
