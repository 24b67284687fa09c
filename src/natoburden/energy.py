"""The module `natoburden.calculators.energy` under a shorter name; written by scripts/write_facades.py."""

from natoburden._lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from natoburden.calculators.energy import *  # noqa: F403 # for type checkers: what the module exports
else:
    import sys

    from natoburden.calculators import energy

    sys.modules[__name__] = energy
