"""OpenFisca country package for the Italian *Assegno di Inclusione* (DL 48/2023).

The law is in the folders ``parameters/``, ``variables/`` and ``reforms/``; this package is the engine
that assembles them. The folders stand beside this file in an installed package and one level higher in
a checkout, where the root joins ``__path__`` so that ``openfisca_adi.reforms`` imports in both.
"""

import locale
import sys
from pathlib import Path

# OpenFisca-Core opens YAML files in the encoding of the locale; the law is written in UTF-8.
if locale.getencoding().lower().replace("-", "") != "utf8":
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        locale.setlocale(locale.LC_CTYPE, "")

PACKAGE = Path(__file__).parent
LAW = PACKAGE if (PACKAGE / "parameters").is_dir() else PACKAGE.parent
if LAW != PACKAGE:
    __path__.append(str(LAW))

from openfisca_adi.reform_names import ReformFileFinder  # noqa: E402
from openfisca_adi.system import CountryTaxBenefitSystem  # noqa: E402

sys.meta_path.append(ReformFileFinder)

__all__ = ["LAW", "PACKAGE", "CountryTaxBenefitSystem"]
