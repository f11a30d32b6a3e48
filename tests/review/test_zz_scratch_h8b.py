import json, pytest
from pathlib import Path
from tests.world import import_raw
from review.snapshot import read_case
from review.bringing.markdown.case_out import Writer
from review.loaders.figures import figures_in
from prose.inside import document_of
@pytest.mark.django_db
@pytest.mark.parametrize("n",["worked-example","public-facts"])
def test_x(n):
    c=import_raw(json.loads(Path(f"examples/{n}/case.json").read_text()))
    import time; t=time.time()
    out=Writer(read_case(c), document_of, figures_in(c)).whole()
    print(time.time()-t, len(out), out.count("```safetycase"), out.count(".exactly"))
    Path(f"/tmp/h8_{n}.md").write_text(out)
    assert 0
