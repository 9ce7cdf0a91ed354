"""The command line ``sohuyen``.

Belongs here: commands, options, and how results and errors are told to a person. Does not belong here: the work; heavy
parts are imported by the command that needs them, so that ``--help`` is instant.
"""

import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

    from orchestration.facts import Language
    from orchestration.folders import DataFolders
    from orchestration.running import Outcome

_READING = {"extract", "preview"}  # commands of the reading library, which stands on its own


class _WithReading(click.Group):
    """Our commands, and those of ``extract.cli``, loaded only when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_READING})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _READING:
            from extract.cli import cli

            return cli.get_command(ctx, cmd_name)
        return super().get_command(ctx, cmd_name)


@click.group(cls=_WithReading, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home", type=click.Path(file_okay=False, path_type=Path), help="Data root (default: $SOHUYEN_HOME or data/)."
)
def main(home: Path | None) -> None:
    """The district ledger: what districts promised and what they delivered, read from local news."""
    if home:
        from orchestration.folders import HOME_VARIABLE

        os.environ[HOME_VARIABLE] = str(home.resolve())


@main.command()
def demo() -> None:
    """Run the whole line on the bundled articles and show the facts."""
    from orchestration.arrivals import Arrivals
    from orchestration.folders import PROJECT_ROOT

    folders = _folders()
    if not folders.bundled.exists():
        _copy(PROJECT_ROOT / "data" / "articles", folders.bundled)
    with Arrivals(folders.lake / "none").scan([folders.bundled]) as arrivals:
        months = arrivals.index()["month"]
    click.echo(f"Reading {len(months)} bundled articles of {months[0]} to {months[-1]} ...")
    _run(folders, months[0], months[-1])
    _show_demo(folders)


@main.command()
def collect() -> None:
    """Look into the declared sources (and large files of the inbox) now, read what is new, and publish."""
    from extract.reading.progress import bars
    from extract.reading.sources import SourcesError
    from orchestration.assets.collected import all_sources
    from orchestration.progress import CrawlProgress
    from orchestration.running import collect_and_publish

    folders = _folders()
    try:
        sources = all_sources(folders)
    except SourcesError as error:
        raise click.ClickException(str(error)) from error
    if not sources.enabled:
        raise click.ClickException(
            f"no source is switched on; write your address behind contact: and enabled: true at a source of"
            f" {folders.sources_file} ({sources.switched_off} are switched off)"
        )
    runs = 0
    with bars(_console(sys.stderr)) as told:
        for outcome in collect_and_publish(folders, CrawlProgress(told)):
            _tell(outcome)
            runs += 1
    click.echo(f"published: {folders.published}" if runs > 1 else "nothing new in the sources")


@main.command()
@click.option("--from", "first", required=True, metavar="YYYY-MM", help="First month.")
@click.option("--to", "last", required=True, metavar="YYYY-MM", help="Last month.")
@click.option("--rows-only", is_flag=True, help="Read articles and rows, do not build the warehouse.")
def backfill(first: str, last: str, rows_only: bool) -> None:
    """Read a range of months again, in one run, and publish."""
    folders = _folders()
    _run(folders, first, last, "read_months" if rows_only else "whole_line")
    click.echo("done" if rows_only else f"published: {folders.published}")


@main.command()
@click.option("--district", required=True, help="Name (with accents) or three-digit GSO code.")
@click.option("--year", type=int, help="Only this year.")
@click.option("--kind", type=click.Choice(["target", "outcome"]), help="Only targets, or only outcomes.")
@click.option(
    "--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True, help="Of names and figures."
)
def facts(district: str, year: int | None, kind: str | None, language: "Language") -> None:
    """Show the facts of a district from the published warehouse."""
    from orchestration.facts import NoFactsError, facts_table, find_district

    published = _folders().published
    try:
        _console().print(facts_table(published, find_district(published, district), year, kind, language))
    except NoFactsError as error:
        raise click.ClickException(str(error)) from error


@main.command()
@click.option("--bom/--no-bom", default=True, help="Start each CSV with a byte order mark, which Excel needs.")
def release(bom: bool) -> None:
    """Write the published tables as Parquet and CSV, and what changed since the last release."""
    folders = _folders()
    if not folders.published.exists():
        raise click.ClickException(f"{folders.published} is not there yet; run `sohuyen demo` first")
    from orchestration.releasing import earlier_releases
    from orchestration.running import run_job

    config = {"ops": {"release": {"config": {"byte_order_mark": bom}}}}
    _tell(run_job(folders, "make_release", config=config))
    click.echo(f"release: {earlier_releases(folders.releases)[-1]}")


@main.command()
def docs() -> None:
    """Write the documentation of the warehouse as one page: models, columns, tests, lineage."""
    from orchestration.documenting import NothingToDocumentError, write_docs
    from orchestration.manifest import DbtProjectError

    try:
        page = write_docs(_folders())
    except (NothingToDocumentError, DbtProjectError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"docs: {page} (open it in a browser; it needs no server)")


@main.command()
@click.option("--port", default=3000, show_default=True, help="Port on this machine.")
def dev(port: int) -> None:
    """Open the Dagster interface on this machine, with schedules and sensors running."""
    from dagster import DagsterInstance

    from orchestration.folders import PROJECT_ROOT
    from orchestration.instance import end_orphans, set_up
    from orchestration.manifest import prepared_manifest

    folders = _folders()
    set_up(folders)
    with DagsterInstance.get() as instance:
        end_orphans(instance)
    folders.inbox.mkdir(parents=True, exist_ok=True)
    prepared_manifest()  # once here, rather than at the same time in each process that Dagster starts
    click.echo(f"Dagster: http://127.0.0.1:{port}   articles to drop: {folders.inbox}   stop: Ctrl+C")
    os.environ.setdefault("PYTHONWARNINGS", "ignore:Function `dev_command` is superseded")
    dagster = str(Path(sys.executable).with_name("dagster"))
    workspace = str(PROJECT_ROOT / "workspace.yaml")
    os.execv(dagster, [dagster, "dev", "-w", workspace, "-h", "127.0.0.1", "-p", str(port), "--log-level", "warning"])


def _console(file: IO[str] | None = None) -> "Console":
    """The terminal; wide enough for a sentence where the output goes to a file or a pipe."""
    from rich.console import Console

    out = file or sys.stdout
    return Console(file=out, width=None if out.isatty() else 160)


def _folders() -> "DataFolders":
    from orchestration.folders import DataFolders

    return DataFolders.from_environment()


def _copy(bundled: Path, folder: Path) -> None:
    """Bundled articles go into a data root that is not the project's own."""
    import shutil

    folder.mkdir(parents=True)
    for path in sorted(bundled.glob("*.md")):
        shutil.copy(path, folder)


def _run(folders: "DataFolders", first: str, last: str, job: str = "whole_line") -> None:
    """Run a range of months and tell."""
    from orchestration.running import run_months

    try:
        outcome = run_months(folders, first, last, job)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    _tell(outcome)


def _tell(outcome: "Outcome") -> None:
    """Tell failed checks; a failure ends the command with what failed, why, and where the whole log is."""
    for name, why in outcome.failed_checks:
        click.secho(f"check: {name}: {why}", fg="yellow", err=True)
    if not outcome.success:
        reasons = "\n".join(f"  {step}: {why}" for step, why in outcome.failed_steps)
        raise click.ClickException(
            f"the run failed; the published warehouse is as it was.\n{reasons}\n  log: {outcome.log}"
        )


def _show_demo(folders: "DataFolders") -> None:
    from orchestration.facts import attainment_table, overview_table

    console = _console()
    console.print(overview_table(folders.published))
    console.print(attainment_table(folders.published, 25))
    console.print(
        f"\nwarehouse  {folders.published}\n"
        '           sohuyen facts --district "Pác Nặm" --year 2023\n'
        f"           duckdb -readonly {folders.published}\n"
        "interface  make dev, then http://127.0.0.1:3000\n"
        "BI         open that file read-only (README, Connect); Superset: "
        f"duckdb:///{folders.published}, read_only true",
        soft_wrap=True, highlight=False,
    )  # fmt: skip
