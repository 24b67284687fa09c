"""The module `natoburden.calculators.purchases` under a shorter name.

`scripts/write_facades.py` writes this file.
"""

from natoburden._lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from natoburden.calculators.purchases import *  # noqa: F403 # for type checkers: what the module exports
else:
    import sys

    from natoburden.calculators import purchases

    sys.modules[__name__] = purchases
