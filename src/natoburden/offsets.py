"""The room `natoburden.calculators.offsets` under its short name; written by scripts/write_facades.py."""

from natoburden._lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from natoburden.calculators.offsets import *  # noqa: F403 # for type checkers: what the room exports
else:
    import sys

    from natoburden.calculators import offsets

    sys.modules[__name__] = offsets
