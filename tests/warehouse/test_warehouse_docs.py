"""The documentation of the warehouse is one page that needs nobody else."""

import json
import re

from orchestration.documenting import write_docs
from orchestration.folders import DataFolders


def test_the_page_tells_of_every_model_and_loads_nothing(builder, warehouse):
    page = write_docs(DataFolders(home=str(builder.home)))
    said = page.read_text(encoding="utf-8")
    assert "what it delivered, per year, read from local news" in said, "our overview, not dbt's"
    assert json.dumps("Chỉ tiêu so với kết quả").strip('"') in said
    for model in ("stg_statements", "int_choices", "fct_target_attainment", "rpt_conflicts", "meta"):
        assert f"model.sohuyen.{model}" in said
    assert re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=[\"']?https?://[^>]*", said) == []
    assert [path.name for path in page.parent.iterdir()] == [page.name]
