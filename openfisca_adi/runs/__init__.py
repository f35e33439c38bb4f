"""Entire populations: from files to files, in pieces that any number of processes compute.

The way of the data is one: the files of a table (``files``) -> pieces of whole households (``layout``) -> one
function that reads, checks, computes and writes a piece (``piece``), called here, by local processes or by a
cluster (``engines``) -> the account of the run (``account``). :func:`run` puts them together.
"""

from openfisca_adi.runs.account import Account
from openfisca_adi.runs.run import InterruptedRunError, run

__all__ = ["Account", "InterruptedRunError", "run"]
