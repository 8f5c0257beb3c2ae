"""`zhibao export`: an item as a document to be signed."""

from __future__ import annotations

from pathlib import Path

import click

from zhibao.cli.documents import write_document
from zhibao.cli.repository import county_at, within
from zhibao.cli.usage import Stop
from zhibao.model.county import Item
from zhibao.publish.edition import pictures_of
from zhibao.publish.item_document import item_document
from zhibao.repo.county_files import CountyReading


@click.command(
    "export",
    epilog="例：zhibao export 20261012-0931-daba    zhibao export 20261012-0931-daba --docx 送签.docx",
)
@click.argument("name", metavar="ID|PATH")
@click.option(
    "--docx",
    "document",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="存成哪个文件；默认是编号加 .docx。",
)
@click.pass_obj
def command(folder: Path, name: str, document: Path | None) -> int:
    """把一条信息存成 Word 文档，打印出来送核签、送分管领导签字。

    版式按公文格式（GB/T 9704），正文里的图片在原来的位置。这份文档再当草稿交上来时，签批栏不算正文。
    """
    reading = county_at(folder)
    item = _named(reading, name, folder)
    data = item_document(item, reading.county.registry, pictures_of(reading.root, item))
    click.echo(write_document(document or Path(f"{item.id}.docx"), data))
    return 0


def _named(reading: CountyReading, name: str, folder: Path) -> Item:
    item = reading.county.item(name)
    if item is None:
        path = within(reading.root, [name], folder)[0]
        item = next((one for one in reading.county.items if one.document.path == path), None)
    if item is None:
        raise Stop(f"{name} 不是一条读得懂的信息；先运行 zhibao check {name}")
    return item
