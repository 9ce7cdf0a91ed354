"""Sentences that say an indicator with a plausible figure, to ask the reader which code it takes them for.

Belongs here: the sentence. Does not belong here: the ways of saying (``codes.yaml``).
"""

from __future__ import annotations

from typing import Any

from extract.article import Article
from extract.extraction import DocumentPlace
from extract.places.gazetteer import gazetteer
from extract.reader import read_article

DAY = "2023-12-20"
UNITS = {
    "money": "tỷ đồng", "pct": "%", "area": "ha", "mass": "tấn", "massper": "kg/người/năm", "yield": "tạ/ha",
    "usd": "triệu USD", "per10k": "bác sĩ/1 vạn dân", "any": "tấn", "count:enterprise": "doanh nghiệp",
    "count:cooperative": "hợp tác xã", "count:household": "hộ", "count:project": "dự án", "count:product": "sản phẩm",
    "count:head": "con", "count:tree": "cây", "count:code": "mã số", "count:visit": "lượt khách",
    "count:commune": "xã", "count:criterion": "tiêu chí", "count:village": "thôn", "count:house": "nhà",
    "count:person": "người", "count:school": "trường", "count:worker": "lao động", "count:target": "chỉ tiêu",
    "count:member": "đảng viên", "count:party_org": "tổ chức đảng", "count:case": "vụ",
}  # fmt: skip


def sentence(indicator: dict[str, Any], name: str) -> str:
    """``name`` with a figure inside the plausible range of ``indicator`` and its usual unit."""
    low, high = (max(0.0, float(bound)) for bound in indicator["range"])
    family = indicator["units"][0]
    value = min(97.0, low + 0.4 * (high - low)) if family == "pct" else (max(low, 1.0) * high) ** 0.5
    unit = "triệu đồng" if indicator["unit"] == "mn_vnd" else UNITS[family]
    figure = f"{round(value):,}".replace(",", ".")
    return f"Năm 2023, trên địa bàn huyện, {name} đạt {figure} {unit}."


def codes_read(text: str) -> list[str]:
    """The codes that the reader takes ``text`` for, in order."""
    unit = gazetteer().unit_on("066", DAY)
    place = DocumentPlace("district", "066", unit.unit_id, unit.province_code, "given")
    article = Article("saying", "Tình hình kinh tế - xã hội huyện", text, published_on=DAY)
    return [row.indicator for row in read_article(article, place).rows if row.indicator is not None]
