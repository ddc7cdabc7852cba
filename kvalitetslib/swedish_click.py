"""click in Swedish: the help's headings and the messages about how a command was written."""

from collections.abc import Callable
from typing import Any

import click

HELP = "Visa den här hjälpen."


class Command(click.Command):
    """A command whose help and faults are Swedish."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"options_metavar": "[VAL]", "add_help_option": False}
        super().__init__(*args, **kwargs)
        self.params.append(_help_option())
        self.allow_extra_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if ctx.args:
            raise click.UsageError(
                f"{ctx.args[0]} hör inte hit. Flera värden ges ett i taget: --kommun A --kommun B.",
                ctx,
            )
        return rest

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_options(self, ctx, formatter)


class Group(click.Group):
    """A group of commands whose help and faults are Swedish."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"options_metavar": "[VAL]", "subcommand_metavar": "KOMMANDO"}
        kwargs |= {"add_help_option": False}
        super().__init__(*args, **kwargs)
        self.params.append(_help_option())

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_options(self, ctx, formatter)
        names = self.list_commands(ctx)
        commands = [(name, self.commands[name].get_short_help_str(90)) for name in names]
        with formatter.section("Kommandon"):
            formatter.write_dl(commands)


class Number(click.ParamType[int]):
    """A whole number, 1 or more."""

    name = "antal"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        if str(value).isdecimal() and int(value) >= 1:
            return int(value)
        self.fail(f"{value} är inget antal. Godtas: ett heltal, 1 eller större.", param, ctx)


def explained(error: click.ClickException) -> str:
    """What was wrong with how the command was written, in Swedish."""
    if isinstance(error, click.NoSuchOption):
        return f"Valet {error.option_name} finns inte.{_listed(error, _options)}"
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"Kommandot {error.command_name} finns inte.{_listed(error, _commands)}"
    if isinstance(error, click.BadOptionUsage):
        return f"Valet {error.option_name} används fel: det saknar värde eller har ett för mycket."
    return error.message


def _listed(error: click.UsageError, known: Callable[[click.Command], list[str]]) -> str:
    return f" Godtas: {', '.join(known(error.ctx.command))}." if error.ctx else ""


def _options(command: click.Command) -> list[str]:
    return [each.opts[0] for each in command.params]


def _commands(command: click.Command) -> list[str]:
    return sorted(command.commands) if isinstance(command, click.Group) else []


def _help_option() -> click.Option:
    def show(ctx: click.Context, _: click.Parameter, is_asked: bool) -> None:
        if is_asked:
            click.echo(ctx.get_help())
            ctx.exit()

    return click.Option(
        ["--hjalp", "--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=HELP,
    )


def _write_usage(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix="Användning: ")


def _write_options(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    records = [each.get_help_record(ctx) for each in command.params]
    with formatter.section("Val"):
        formatter.write_dl([each for each in records if each])
