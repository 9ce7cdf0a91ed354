"""Word and PDF documents: text, tables as rows, dates; and those that hold no text."""

import io
import zipfile

import docx
import pytest
from pypdf import PdfWriter

from extract.reading.office import read_office
from extract.reading.records import Page, Quarantined


def word(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("Nơi nhận: như trên.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf(text: str) -> bytes:
    """A one-page PDF with ASCII text, written by hand."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(body),
    )


def test_word_document_with_a_table() -> None:
    data = word(
        "UBND HUYỆN MẪU SƠN", "Mẫu Sơn, ngày 15 tháng 12 năm 2023", "Thu ngân sách ước đạt 23,5 tỷ đồng.",
        rows=(("Chỉ tiêu", "ĐVT", "KH 2024"), ("Thu ngân sách", "tỷ đồng", "25")),
    )  # fmt: skip
    page = read_office("bc.docx", data, "docx")
    assert isinstance(page, Page)
    assert page.title == "UBND HUYỆN MẪU SƠN"
    assert page.date is not None
    assert (page.date.iso(), page.date.source) == ("2023-12-15", "dateline")
    assert page.text.endswith("\nChỉ tiêu | ĐVT | KH 2024\nThu ngân sách | tỷ đồng | 25\nNơi nhận: như trên.")


def test_word_table_with_merged_cells() -> None:
    rows = (("Chỉ tiêu", "ĐVT", "", ""), ("", "", "KH", "TH"), ("Thu ngân sách", "tỷ đồng", "22,4", "23,5"))
    document = docx.Document(io.BytesIO(word("UBND HUYỆN MẪU SƠN", rows=rows)))
    [table] = document.tables
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(1, 1))
    table.cell(0, 2).merge(table.cell(0, 3)).text = "Năm 2023"
    buffer = io.BytesIO()
    document.save(buffer)
    page = read_office("bc.docx", buffer.getvalue(), "docx")
    assert isinstance(page, Page)
    assert "\nChỉ tiêu | ĐVT | Năm 2023 KH | Năm 2023 TH\nThu ngân sách | tỷ đồng | 22,4 | 23,5\n" in page.text


def test_word_document_in_old_letters() -> None:
    page = read_office(
        "bc.docx", word("HuyÖn MÉu S¬n ®¹t chØ tiªu, thu ng©n s¸ch 23,5 tû ®ång vµ c¸c x· ®· hoµn thµnh."), "docx"
    )
    assert isinstance(page, Page)
    assert page.text == "Huyện Mẫu Sơn đạt chỉ tiêu, thu ngân sách 23,5 tỷ đồng và các xã đã hoàn thành."


def test_pdf_text() -> None:
    page = read_office("bc.pdf", pdf("Thu ngan sach 23,5 ty dong"), "pdf", known={"published_on": "2024-01-02"})
    assert isinstance(page, Page)
    assert page.text == "Thu ngan sach 23,5 ty dong"
    assert page.date is not None
    assert page.date.iso() == "2024-01-02"


def _empty_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b"0" * (201 * 2**20))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (b"PK\x03\x04 and nothing more", "docx", "not a whole .docx"), (b"%PDF-1.7 torn", "pdf", "not a readable PDF"),
        (_empty_pdf(), "pdf", "pictures only"), (_bomb(), "docx", "200 MB"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(data: bytes, kind: str, words: str) -> None:
    refused = read_office("x", data, kind)
    assert isinstance(refused, Quarantined)
    assert words in refused.reason
    assert refused.remedy
