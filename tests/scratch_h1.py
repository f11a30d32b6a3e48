import time, uuid, json, cProfile, pstats
import pytest
from django.db import connection, transaction
from prose.actions import *
from prose.models import *
from prose.marked import *
from tests.prose.test_marking import content_of, node, p, words, BODY
from tests.prose.test_writing_log import insert
from random import Random

def two_pages(marks=True):
    dice=Random(1); blocks=[]
    for i in range(24):
        leaves=[words(" ".join(dice.choice(["alpha","beta","gamma","delta"]) for _ in range(50))+" ")]
        if marks and i%4==0: leaves+= [words("hidden words here","R-AAAA"), words(" and some more after them.")]
        blocks.append(p(*leaves))
    return node("doc",*blocks)

@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("marks",[True,False])
def test_speed(marks):
    text=create_text(scope_id=uuid.uuid4(), kind=BODY, content=two_pages(marks))
    by=uuid.uuid4(); v=0
    def one():
        nonlocal v
        with transaction.atomic():
            accept_steps(scope_id=text.scope_id,key=text.key,version=v,operation_id=uuid.uuid4(),steps=[insert(700,"a"),insert(701,"b"),insert(702,"c")],by_id=by,known=frozenset({"R-AAAA"}))
        v+=1
    for _ in range(20): one()
    print("size",len(content_to_json(Text.objects.get().content)))
    def bare():
        with transaction.atomic(), connection.cursor() as c:
            c.execute("update prose_text set version=version, content=%s where id=%s",[raw,text.pk]); c.execute("select pg_notify(%s,%s)",["safetycase","x"])
    raw=content_to_json(Text.objects.get().content)
    for _ in range(3):
        t=time.perf_counter(); c0=time.process_time()
        for _ in range(200): one()
        d=time.perf_counter()-t; c1=time.process_time()-c0
        t=time.perf_counter()
        for _ in range(200): bare()
        b=time.perf_counter()-t
        print(marks, "batches/s",200/d,"cpu ms",c1*5,"bare ms",b*5,"ratio",d/b)
    pr=cProfile.Profile(time.process_time); pr.enable()
    for _ in range(200): one()
    pr.disable(); s=pstats.Stats(pr); s.sort_stats("cumtime").print_stats(70)
