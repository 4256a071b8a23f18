"""`luruskan users`: who may sign in at the desk."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from indices.runtime import Runtime

_ROLES = ("penelaah", "redaktur", "juru_bicara", "admin")


@click.group()
def users() -> None:
    """Accounts of the desk: add, list, reset a password, disable.

    \b
    Example:
      luruskan users add sari@diskominfo.example --role redaktur
    """


@users.command()
@click.argument("email")
@click.option(
    "--role",
    "roles",
    type=click.Choice(_ROLES),
    multiple=True,
    required=True,
    help="May be given twice.",
)
@click.option("--name", default="", help="How colleagues know them.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.pass_obj
def add(
    runtime: Runtime, email: str, roles: tuple[str, ...], name: str, password_stdin: bool
) -> None:
    """Add an account; without --password-stdin a password is made and printed once.

    \b
    Example:
      luruskan users add sari@diskominfo.example --role redaktur --name "Sari"
    """
    from review_ui.desk.database import desk_session
    from review_ui.desk.passwords import build_password
    from review_ui.desk.users import NewUser, add_user
    from review_ui.desk.vocabulary import RoleName

    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else build_password()
    new = NewUser(
        email=email, name=name, password=password, roles=tuple(RoleName(role) for role in roles)
    )
    with desk_session(runtime.settings) as session:
        user = add_user(session, runtime.settings, new, datetime.now(UTC))
        click.echo(f"{user.email} added as {', '.join(roles)}")
    if not password_stdin:
        click.echo(f"password: {password}")


@users.command(name="list")
@click.pass_obj
def list_command(runtime: Runtime) -> None:
    """List the accounts, one a line: address, roles, active or disabled.

    \b
    Example:
      luruskan users list
    """
    from review_ui.desk.database import desk_session
    from review_ui.desk.users import list_users

    with desk_session(runtime.settings) as session:
        for user in list_users(session):
            state = "active" if user.active else "disabled"
            click.echo(f"{user.email}\t{','.join(sorted(user.role_names))}\t{state}")


@users.command()
@click.argument("email")
@click.pass_obj
def reset(runtime: Runtime, email: str) -> None:
    """Give somebody a new password, printed once; their open sessions end.

    \b
    Example:
      luruskan users reset sari@diskominfo.example
    """
    from review_ui.desk.database import desk_session
    from review_ui.desk.passwords import build_password
    from review_ui.desk.users import get_user, reset_password_from_outside

    password = build_password()
    now = datetime.now(UTC)
    with desk_session(runtime.settings) as session:
        user = get_user(session, email)
        reset_password_from_outside(session, runtime.settings, user, password, now)
    click.echo(f"password: {password}")


@users.command()
@click.argument("email")
@click.pass_obj
def disable(runtime: Runtime, email: str) -> None:
    """Disable an account; its open sessions end at once.

    \b
    Example:
      luruskan users disable sari@diskominfo.example
    """
    from review_ui.desk.database import desk_session
    from review_ui.desk.users import disable_from_outside, get_user

    with desk_session(runtime.settings) as session:
        disable_from_outside(session, get_user(session, email), datetime.now(UTC))
    click.echo(f"{email} disabled")
