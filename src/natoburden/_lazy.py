"""Packages that load a module when one of its names is used: each public name is written once, with its module."""

from collections.abc import Callable, Mapping

TYPE_CHECKING = False

__all__ = ["TYPE_CHECKING", "facade"]


def facade(
    package: str, homes: Mapping[str, str]
) -> tuple[Callable[[str], object], Callable[[], list[str]], tuple[str, ...]]:
    """Return the `__getattr__`, `__dir__` and `__all__` of a package with names that load when they are first used.

    `homes` maps each module below `package` to the public names that it holds, separated by spaces. A dot stands for
    the module itself.
    """
    listed = [(home, name) for home, names in homes.items() for name in names.split()]
    modules = {home.rpartition(".")[2]: f"{package}.{home}" for home, name in listed if name == "."}
    holders = {name: f"{package}.{home}" for home, name in listed if name != "."}
    public = tuple(sorted({*modules, *holders}, key=lambda name: (not name.isupper(), not name[0].isupper(), name)))

    def look_up(name: str) -> object:
        import sys
        from importlib import import_module

        if name in holders:
            value: object = getattr(import_module(holders[name]), name)
        elif name in modules:
            value = import_module(modules[name])
        else:
            raise AttributeError(f"module {package!r} has no attribute {name!r}", name=name, obj=sys.modules[package])
        setattr(sys.modules[package], name, value)
        return value

    return look_up, lambda: list(public), public
