"""``python -m extract.reading``: collect from declared sources into a folder, without any orchestration.

Belongs here: arguments and messages. Does not belong here: collecting (``collect``).
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from extract.reading.collect import collect
from extract.reading.progress import bars
from extract.reading.sources import SourcesError, load_sources
from extract.reading.store import store_articles
from extract.reading.web.ledger import LedgerInUseError


@click.command()
@click.argument("sources", type=click.Path(path_type=Path))
@click.option("--state", type=click.Path(path_type=Path), required=True, help="Folder for archives and memory.")
@click.option("--into", type=click.Path(path_type=Path), required=True, help="Folder for the articles, by month.")
@click.option("--jobs", default=1, show_default=True, help="Processes that read HTML.")
def main(sources: Path, state: Path, into: Path, jobs: int) -> None:
    """Collect what is new in the sources that the YAML file SOURCES declares."""
    try:
        declared = load_sources(sources)
        with bars() as told:
            collection = collect(declared, state, jobs, told)
            for refused in store_articles(collection, into):
                click.echo(f"not taken: {refused.file}: {refused.field}: {refused.reason} ({refused.remedy})", err=True)
        collection.commit()
    except (SourcesError, LedgerInUseError) as error:
        raise click.ClickException(str(error)) from error
    for report in collection.crawls.values():
        click.echo(
            f"{report.source}: {report.found} found, {report.asked} asked, {report.kept} new or changed,"
            f" {report.unchanged} unchanged, {report.refused} refused, {report.failed} failed,"
            f" {report.requests} requests, {report.bytes_received / 2**20:.2f} MB"
        )
    months = ", ".join(f"{month}: {count}" for month, count in sorted(collection.months.items()))
    click.echo(f"{sum(collection.months.values())} articles in {into}" + (f" ({months})" if months else ""))
    click.echo(f"{len(declared.enabled)} sources, {declared.switched_off} switched off", err=True)


if __name__ == "__main__":
    sys.exit(main())
