"""The command line: ``tei COMMAND``.

Each command is one small module of this package, with a click command named ``command``. It is
imported only when it is used, and it imports the library only when it runs: ``tei --help`` costs
little more than click. The library raises; what the user reads is said here.

Exit status: 0 fine; 1 problems in the input; 2 wrong use; 130 interrupted; 141 the reader of the
output went away.
"""

from __future__ import annotations

import atexit
import errno
import gc
import importlib
import os
import sys
from keyword import iskeyword
from typing import Any, Final, cast

import click

from tei import __version__
from tei.errors import TeiError

COMMANDS: Final = {
    "encode": "Encode a text, or an edition, as TEI.",
    "validate": "Check TEI files against the schema and the rules.",
    "format": "Write TEI files in one canonical form.",
    "explain": "Tell what the code of a problem means.",
    "text": "Turn TEI back into plain text.",
    "diff": "Show what changed between two TEI files: text, markup, header.",
    "epub": "Make an EPUB 3.3 of a TEI file.",
    "import": "Make TEI of an EPUB; of one of ours the very TEI again.",
    "merge": "Carry changes made by hand back into the TEI file.",
    "names": "Propose a register of the people whom a text names.",
    "build": "Make and check all outputs of all editions.",
}
"""Each command with its line in ``tei --help``; a test holds these lines to what the commands say."""

PROBLEMS: Final = 1
INTERRUPTED: Final = 130
BROKEN_PIPE: Final = 141


class LazyGroup(click.Group):
    """A group that imports a command when it is called, and that turns errors into messages."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and return the command."""
        if cmd_name not in COMMANDS:
            return None
        # A word of Python's own cannot be the name of a module: import_.
        module = importlib.import_module(f"{__name__}.{cmd_name}{'_' * iskeyword(cmd_name)}")
        return cast("click.Command", module.command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; say what went wrong on standard error."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except TeiError as error:
            _complain(str(error))
            ctx.exit(PROBLEMS)
        except (KeyboardInterrupt, click.Abort):
            _complain("interrupted")
            ctx.exit(INTERRUPTED)
        except OSError as error:
            ctx.exit(_system_error(error))
        return result


def _system_error(error: OSError) -> int:
    """Say what the operating system refused, where that is of use; return the exit status."""
    if error.errno == errno.EPIPE:
        _drop_standard_output()
        return BROKEN_PIPE
    place = f"{error.filename}: " if error.filename else ""
    if not place and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EIO}:
        place = "standard output: "
        _drop_standard_output()
    _complain(f"{place}{(error.strerror or type(error).__name__).lower()}")
    return PROBLEMS


def _complain(message: str) -> None:
    click.echo(f"tei: {message}", err=True)


def _drop_standard_output() -> None:
    # What is still in the buffer must not raise once more when the interpreter closes the stream.
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # no real file behind it (a test)
        return


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tei")
def cli() -> None:
    """Plain text to TEI P5 and back, byte for byte.

    \b
    Example:
      tei encode speech.txt -o speech.xml
      tei text speech.xml
    """


def main() -> None:
    """Run the program (the console script ``tei``)."""
    # A text becomes hundreds of thousands of objects, all in use: to look for garbage among them costs
    # a tenth of the time and finds none, at the end of the program either.
    gc.set_threshold(1_000_000, 20, 50)
    atexit.register(gc.freeze)
    try:
        cli(prog_name="tei")
    # Outside of a command: while the arguments are read, or a help text is printed.
    except KeyboardInterrupt:
        _complain("interrupted")
        sys.exit(INTERRUPTED)
    except OSError as error:
        sys.exit(_system_error(error))
