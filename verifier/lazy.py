"""Packages whose names are imported on first use, so that importing them loads nothing heavy."""

from collections.abc import Callable, Mapping
from importlib import import_module


def lazy(
    package: str, home: Mapping[str, str]
) -> tuple[Callable[[str], object], Callable[[], list[str]], list[str]]:
    """`__getattr__`, `__dir__` and `__all__` of a package: each module, and the names it gives.

    >>> find, listed, names = lazy("verifier", {"verdicts": "Verdict Result", "errors": ""})
    >>> names
    ['Verdict', 'Result']
    >>> find("Verdict").PROVED
    <Verdict.PROVED: 'proved'>
    """
    modules = {name: module for module, names in home.items() for name in names.split()}

    def find(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{modules[name]}"), name)

    def listed() -> list[str]:
        return sorted({*vars(import_module(package)), *modules})

    return find, listed, list(modules)
