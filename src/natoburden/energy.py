"""The room `natoburden.calculators.energy` under its short name; written by scripts/write_facades.py."""

from natoburden._lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from natoburden.calculators.energy import *  # noqa: F403 # for type checkers: what the room exports
else:
    import sys

    from natoburden.calculators import energy

    sys.modules[__name__] = energy
