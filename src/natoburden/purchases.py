"""The module `natoburden.calculators.purchases` under a shorter name; written by scripts/write_facades.py."""

from natoburden._lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from natoburden.calculators.purchases import *  # noqa: F403 # for type checkers: what the module exports
else:
    import sys

    from natoburden.calculators import purchases

    sys.modules[__name__] = purchases
