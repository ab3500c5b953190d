"""One flag for each field of the run config, drawn from the config itself."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any, get_args, get_origin

import typer
from pydantic.fields import FieldInfo

from latentlab.config import RunConfig


def with_config_flags(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command one option per field of ``RunConfig``; it receives them as ``asked``.

    Values arrive as the text that was typed: the run config alone decides what is valid, so the
    terminal and a ``--config`` file get the same sentence for the same mistake.

    Parameters
    ----------
    command : callable
        Has a keyword parameter ``asked`` (dict of field to text), which typer does not see.

    Returns
    -------
    callable
        For ``typer.Typer.command``.
    """

    def wrapper(**values: Any) -> None:
        asked = {
            name: values.pop(name)
            for name in RunConfig.model_fields
            if values.get(name) is not None or values.pop(name, None)
        }
        command(asked=asked, **values)

    own = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for name, parameter in inspect.signature(command, eval_str=True).parameters.items()
        if name != "asked"
    ]
    flags = [_flag(name, info) for name, info in RunConfig.model_fields.items()]
    wrapper.__signature__ = inspect.Signature([*own, *flags])  # type: ignore[attr-defined]
    wrapper.__doc__ = command.__doc__
    wrapper.__name__ = command.__name__
    return wrapper


def takes_list(annotation: Any) -> bool:
    """Say whether a field holds a tuple, so that commas belong to one value."""
    return get_origin(annotation) is tuple or any(map(takes_list, get_args(annotation)))


def _flag(name: str, info: FieldInfo) -> inspect.Parameter:
    default = info.default
    shown = ",".join(map(str, default)) if isinstance(default, tuple) else default
    note = "" if default is None else f" [{shown}, unless the image set has its own]"
    option = typer.Option(
        f"--{name.replace('_', '-')}",
        help=f"{info.description}{note}",
        metavar=_metavar(info.annotation),
        rich_help_panel="Run config",
        show_default=False,
    )
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[str | None, option],
    )


def _metavar(annotation: Any) -> str:
    if takes_list(annotation):
        return "A,B,..."
    arguments = [a for a in get_args(annotation) if a is not type(None)]
    if arguments and all(isinstance(a, str) for a in arguments):
        return "|".join(arguments)
    kind = arguments[0] if arguments else annotation
    return {int: "INTEGER", float: "NUMBER", str: "NAME"}.get(kind, "TEXT")
