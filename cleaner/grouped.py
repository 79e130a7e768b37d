"""Options in groups: a command takes a group as one parameter, and typer reads its fields as options."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, wraps
from inspect import Parameter, Signature
from typing import Any, get_type_hints


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """A command of which each parameter that is a NamedTuple is taken for a group: its fields are the options.

    typer reads options from a function's parameters, so the one that it is given has a parameter for each field, in
    order. Groups may hold groups. No two fields may have one name.

    >>> from typing import NamedTuple
    >>> class Where(NamedTuple):
    ...     url: str
    ...     source: str = ""
    >>> @grouped
    ... def show(name: str, where: Where) -> None:
    ...     print(name, where)
    >>> list(Signature.from_callable(show).parameters)
    ['name', 'url', 'source']
    >>> show(name="Zoë", url="https://example.org/a", source="example.org")
    Zoë Where(url='https://example.org/a', source='example.org')
    """
    parameters = Signature.from_callable(command, eval_str=True).parameters.values()
    options = [option for each in parameters for option in _options(each.name, each.annotation, each.default)]

    @wraps(command)
    def flat(**given: Any) -> None:
        command(**{each.name: _value(each.name, each.annotation, given) for each in parameters})

    flat.__annotations__ = {option.name: option.annotation for option in options}
    vars(flat)["__signature__"] = Signature(options)
    return flat


@cache
def _fields(group: Any) -> dict[str, Any]:
    return get_type_hints(group, include_extras=True)


def _is_group(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_field_defaults")


def _options(name: str, kind: Any, default: Any) -> Iterator[Parameter]:
    """The parameter, or those that the fields of a group are."""
    if not _is_group(kind):
        yield Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        return
    for field, hint in _fields(kind).items():
        yield from _options(field, hint, kind._field_defaults.get(field, Parameter.empty))


def _value(name: str, kind: Any, given: dict[str, Any]) -> Any:
    """The value that was given for a parameter, or the group of those given for its fields."""
    if not _is_group(kind):
        return given[name]
    return kind(**{field: _value(field, hint, given) for field, hint in _fields(kind).items()})
