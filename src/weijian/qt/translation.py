"""The language of the window: texts are English in code and forms, translated when the window is Chinese."""

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from weijian.assets import resource
from weijian.domain.language import Language

LOG = logging.getLogger(__name__)


def install(application: QCoreApplication, language: Language) -> None:
    """Let the application speak a language, in place of the one before; Qt's own buttons too.

    Windows that are there already keep their texts.
    """
    for former in application.findChildren(QTranslator):
        application.removeTranslator(former)
        former.setParent(None)
    QLocale.setDefault(QLocale("zh_CN" if language == "zh" else "en_GB"))
    if language == "zh":
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, place in (("qtbase_zh_CN", folder), ("weijian_zh_CN", str(resource("translations")))):
            translator = QTranslator(application)
            if translator.load(name, place):
                application.installTranslator(translator)
            else:
                LOG.warning("no translation %s in %s", name, place)
                translator.setParent(None)
