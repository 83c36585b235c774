"""Runs first in the built program: what the machine says of other programs' GDAL, PROJ and Qt is not for this one.

Surveying software and database servers often set these for the whole machine, and a PROJ database of another version
makes every coordinate transformation fail.
"""

import os

for variable in (
    "GDAL_DATA",
    "GDAL_DRIVER_PATH",
    "OGR_DRIVER_PATH",
    "PROJ_DATA",
    "PROJ_LIB",
    "QT_PLUGIN_PATH",
    "QT_QPA_PLATFORM_PLUGIN_PATH",
):
    os.environ.pop(variable, None)
