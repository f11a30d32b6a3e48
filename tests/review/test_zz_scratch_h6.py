import time, random, pytest, json
from prose.models import Text
from prose.marked import MarkedContent
from review.loaders.history.text import *
from review.loaders.history.authors import text_authors
from review.loaders.history.case import case_changes, Wanted
from review.loaders.history.replacing import replacing
from review.loaders.history.restoring import restoring
from review.history.replacing import Sought
from tests.review.history_world import *
from tests.world import *
from tests.case_builder import CaseBuilder
from pathlib import Path
pytestmark = pytest.mark.django_db
def test_z():
    case_raw=json.loads(Path("examples/worked-example/case.json").read_text())
    users=people(); w=World(import_raw(case_raw),users); grant_all(w.case_id,users)
    texts=sorted(Text.objects.filter(scope_id=w.case_id,kind="body"), key=lambda t:-len(words_of(t,w)))
    text=texts[0]; print("longest", len(words_of(text,w)))
    r=random.Random(1)
    t=time.time()
    for n in range(500):
        with minutes_ago(20000-20*n):
            words=words_of(text,w); at=r.randrange(len(words)-60)
            piece=words[at:at+40].split("\n")[0].split()
            if len(piece)<3: continue
            try: type_over(w,("Ada","Jun")[n%2],text,piece[1]+" ", "new ")
            except Exception: pass
    print("500 writes",time.time()-t, text.version)
    A=w.actor("Ada")
    def m(name,f):
        best=1e9
        for _ in range(3):
            t=time.process_time(); f(); best=min(best,time.process_time()-t)
        print(name, round(best*1000),"ms cpu")
    m("history page",lambda: text_history(A,w.case_id,text.key,Asked(),"../"))
    m("history 0..now",lambda: text_history(A,w.case_id,text.key,Asked(start=0,end=text.version),"../"))
    m("authors",lambda: text_authors(A,w.case_id,text.key,"../"))
    m("restore 0",lambda: restoring(A,w.case_id,text.key,0,"../"))
    for x in texts[1:150]:
        try: type_over(w,"Ada",x,"","More ")
        except Exception as e: print(e)
    m("changes 30d",lambda: case_changes(A,w.case_id,Wanted("30d"),"../"))
    m("replace 'the'",lambda: replacing(A,w.case_id,Sought("the"),"THAT","../"))
    print(Text.objects.filter(scope_id=w.case_id).count())
    assert 0
