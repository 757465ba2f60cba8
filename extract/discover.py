"""The loader of plug-in folders: one addition is one file, and nothing has to be registered."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def discover(package: ModuleType, name: str, kind: type[T]) -> Iterator[T]:
    """Yield ``module.<name>`` for each public module of a package, in name order.

    Raises ``TypeError`` for a module that does not define ``name`` as a ``kind``: a wrong file fails at
    start-up, not in the night.
    """
    for info in sorted(iter_modules(package.__path__), key=lambda found: found.name):
        if info.name.startswith("_"):
            continue
        thing = getattr(import_module(f"{package.__name__}.{info.name}"), name, None)
        if not isinstance(thing, kind):
            raise TypeError(f"{package.__name__}.{info.name}.{name} is not a {kind.__name__}")
        yield thing
