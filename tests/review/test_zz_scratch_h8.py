from collections import Counter
from hypothesis import given, settings
from tests.review.any_documents import bodies, lines
from review.bringing.markdown import blocks_out as bo
from review.bringing.markdown.blocks_out import body_out, one_line_out
from review.bringing.markdown.reading_back import body_of, line_of
from review.bringing.markdown.inline_out import line_out
from prose.nodes import Node
from prose.content import normalised
seen=Counter(); shown=[]
@settings(max_examples=300, database=None)
@given(bodies())
def test_b(d):
    out=body_out(d,2)
    assert body_of(out,2)==d
    seen["all"]+=len(d.content); n=out.count("```safetycase")+out.count("{.exactly}"); seen["exact"]+=n
    if n and len(shown)<14:
        for b in d.content:
            if "exactly" in bo._one(b,2) or "```safetycase" in bo._one(b,2): shown.append((bo._written(b,2), b, body_of(bo._written(b,2),2)))
@settings(max_examples=300, database=None)
@given(lines())
def test_l(d):
    out=one_line_out(d)
    assert line_of(out)==d
    seen["lines"]+=1; seen["lexact"]+=out.count("{.exactly}")
    if "{.exactly}" in out and len(shown)<24: shown.append((line_out(d.content,breaks=False),d,line_of(line_out(d.content,breaks=False))))
def test_z():
    print(seen)
    for s in shown: print("-----\n"+s[0][:700]); print(str(s[1])[:900]); print(str(s[2])[:900])
    assert 0
