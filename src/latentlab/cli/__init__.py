"""The terminal: ``latentlab --help``.

Each file here is a family of commands. Errors meant for the user end in one sentence and exit
code 1; everything else is a bug and shows itself. torch is imported by the commands that need it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

# Before torch loads: a waiting thread that spins slows training several times as soon as another
# program (a browser, say) wants the same core.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import typer

from latentlab.cli.checkpoints import evaluate, inspect, list_, verify
from latentlab.cli.compare import compare
from latentlab.cli.embed import embed, tb
from latentlab.cli.encode import encode
from latentlab.cli.export import export
from latentlab.cli.import_ import import_
from latentlab.cli.index import index
from latentlab.cli.output import plain_console, survive_narrow_encodings
from latentlab.cli.pipeline import clean, run
from latentlab.cli.query import query
from latentlab.cli.serve import serve
from latentlab.cli.sweep import sweep
from latentlab.cli.train import presets, train
from latentlab.cli.viz import viz
from latentlab.errors import LatentlabError

app = typer.Typer(
    name="latentlab",
    help="Show a class, live, what an autoencoder has learned.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(train)
app.command()(presets)
app.command("import")(import_)
app.command("list")(list_)
app.command()(inspect)
app.command()(evaluate)
app.command()(verify)
app.command()(index)
for step in (encode, viz, embed, query, tb, run, clean, sweep, compare):
    app.command()(step)
app.command("all", help="The same as run.")(run)
app.add_typer(export, name="export")
app.command("app", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(
    serve
)


def expanded(argument: str) -> str:
    """Put the home folder in the place of "~" in ``--option=~/folder``, as no shell does.

    Parameters
    ----------
    argument : str
        Of the command line.

    Returns
    -------
    str

    Examples
    --------
    >>> expanded("--checkpoints=/x/~"), expanded("~/x")
    ('--checkpoints=/x/~', '~/x')
    """
    option, sign, value = argument.partition("=")
    return f"{option}{sign}{Path(value).expanduser()}" if value[:1] == "~" else argument


def main() -> None:
    """Run a command; say what went wrong in one sentence."""
    # Processes that it starts, such as those that read pictures, import no socket.py of the folder.
    os.environ["PYTHONSAFEPATH"] = "1"
    survive_narrow_encodings()
    try:
        app(args=[expanded(argument) for argument in sys.argv[1:]])
    except LatentlabError as error:
        plain_console(stderr=True).print(str(error), style="red")
        sys.exit(1)
