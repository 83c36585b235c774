"""Runs first in the built program: what the machine says of other programs' GDAL, PROJ and Qt is not for this one."""

import os

from weijian.surroundings import forget_other_software, keep_to_own_threads

forget_other_software(os.environ)
keep_to_own_threads(os.environ)
