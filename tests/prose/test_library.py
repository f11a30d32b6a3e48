"""What the ProseMirror library must do for us, and did not."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref

from prose.authority import advance
from prose.guard import parsed_steps
from prose.schema import TextSchema, schema_for
from tests.prose.hostile_steps import document, marking, p, put


def test_document_is_forgotten_once_its_batch_is_done():
    """Else every batch would leave a whole text in the memory of the server."""
    from prosemirror.model import Node

    before = Node.from_json(schema_for(TextSchema.BODY), document())
    steps = parsed_steps([put(p()), marking("em", 1, 3)], TextSchema.BODY)
    gone = [weakref.ref(before), weakref.ref(advance(before, steps, frozenset()).document)]
    del before
    gc.collect()
    assert [one() for one in gone] == [None, None]


AT_ONCE = """
import sys, threading
sys.setswitchinterval(1e-6)
from prose.schema import TextSchema, schema_for, shown_schema_for
found, begin = [], threading.Barrier(8)
def ask():
    begin.wait()
    found.append((schema_for(TextSchema.BODY), shown_schema_for(TextSchema.BODY)))
threads = [threading.Thread(target=ask) for _ in range(8)]
for one in threads: one.start()
for one in threads: one.join()
print(len(found), len({id(one) for one, _ in found}), len({id(one) for _, one in found}))
"""


def test_threads_that_begin_together_have_one_schema():
    """The nodes of one schema do not fit the documents of another."""
    said = subprocess.run([sys.executable, "-c", AT_ONCE], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["8", "1", "1"]
