"""The module `natoburden.presentation.charts` under a shorter name.

`scripts/write_facades.py` writes this file.
"""

from natoburden._lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from natoburden.presentation.charts import *  # noqa: F403 # for type checkers: what the module exports
else:
    import sys

    from natoburden.presentation import charts

    sys.modules[__name__] = charts
