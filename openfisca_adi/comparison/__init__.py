"""A reform against the law: what it costs, who gains, who loses, what it does to poverty and inequality.

The way of the data is one: two simulations (``outcomes``; what the reform cannot change is computed once,
``touched``) -> households by ``groups``, with their weights (``sampling``) and their ``take_up`` ->
``indicators`` -> the tables of a :class:`Comparison` (``compare``) -> ``text``, ``report`` or files.
"""

from openfisca_adi.comparison.compare import Comparison, compare
from openfisca_adi.comparison.outcomes import REQUIREMENTS
from openfisca_adi.comparison.take_up import TakeUp

__all__ = ["REQUIREMENTS", "Comparison", "TakeUp", "compare"]
