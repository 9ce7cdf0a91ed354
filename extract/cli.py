"""The command line of reading: ``extract`` and ``preview``. Commands that need the warehouse live in ``orchestration``.

Belongs here: arguments, files in and out, messages. Does not belong here: reading itself.
"""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

import click


@click.group(help="sohuyen: what each district promised and what it delivered, read from local news.")
def cli() -> None:
    """The root group; ``orchestration.cli`` adds its commands to it."""


@cli.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--rows", "rows_path", type=click.Path(path_type=Path), required=True, help="JSON Lines file for the rows."
)
@click.option(
    "--documents", "documents_path", type=click.Path(path_type=Path), help="JSON Lines file, one line an article."
)
@click.option("--jobs", default=1, show_default=True, help="Worker processes.")
def extract(source: Path, rows_path: Path, documents_path: Path | None, jobs: int) -> None:
    """Read articles from SOURCE (a JSON Lines file, a Parquet file, or a folder of text and HTML) into rows."""
    from extract.batch import document_row, read_many
    from extract.reading import Quarantined, read_any

    refused: list[Quarantined] = []
    articles = statements = 0
    with ExitStack() as files:
        rows = files.enter_context(_writable(rows_path))
        documents = files.enter_context(_writable(documents_path)) if documents_path else None
        for article, extraction in read_many(read_any(source, refused.append), jobs):
            articles += 1
            for row in extraction.rows:
                line = {"doc_id": article.article_id, **row._asdict()}
                rows.write(json.dumps(line, ensure_ascii=False) + "\n")
                statements += 1
            if documents is not None:
                line = {"doc_id": article.article_id, **document_row(article, extraction)}
                documents.write(json.dumps(line, ensure_ascii=False) + "\n")
    for item in refused:
        click.echo(f"not read: {item.file}: {item.field}: {item.reason} ({item.remedy})", err=True)
    click.echo(
        f"{articles} articles, {statements} rows in {rows_path}" + (f"; {len(refused)} not read" if refused else "")
    )
    if not articles:
        if not refused:
            raise click.ClickException(f"{source} holds no article")
        sys.exit(1)


@cli.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The HTML page to write.")
@click.option("--id", "article_id", help="Which article, where SOURCE holds several (default: the first).")
def preview(source: Path, output: Path, article_id: str | None) -> None:
    """Write a page that shows an article with each figure highlighted and its row beside it."""
    from extract.preview import render
    from extract.reader import read_article
    from extract.reading import read_any

    for article in read_any(source):
        if article_id is None or article.article_id == article_id:
            with _writable(output) as page:
                page.write(render(article, read_article(article)))
            click.echo(f"{output}: {article.title}")
            return
    raise click.ClickException(f"{source} holds no article{f' with the id {article_id}' if article_id else ''}")


def _writable(path: Path) -> TextIO:
    """``path`` opened for writing; ClickException where it cannot be."""
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise click.ClickException(
            f"cannot write {path}: {error.strerror}; name a file in a folder that exists"
        ) from error
