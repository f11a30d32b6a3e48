"""What the ProseMirror library must do for us, and did not."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref

from prosemirror.model import Node

from prose.authority import advance
from prose.guard import parsed_steps
from prose.schema import TextSchema, schema_for
from tests.prose.hostile_steps import document, marking, p, put


def test_document_is_forgotten_once_its_batch_is_done():
    """Else every batch would leave a whole text in the memory of the server."""
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


def test_words_move_into_the_part_of_a_block_that_a_slice_brings_as_in_the_editor():
    """The rest of that block comes from the text; only then can be told what may stand in it."""
    words = {one: {"type": "text", "text": one} for one in ("d", "xy", "abcd", "abdxy")}
    code = {"type": "code_block", "content": [words["d"]]}
    item = {"type": "list_item", "content": [p(words["xy"])]}
    before = {"type": "doc", "content": [p(words["abcd"]), {"type": "bullet_list", "content": [item, item]}]}
    part = {"content": [code, {"type": "bullet_list"}], "openStart": 1, "openEnd": 1}
    where = {"from": 3, "gapFrom": 9, "gapTo": 11, "to": 13, "insert": 1}
    steps = parsed_steps([{"stepType": "replaceAround", **where, "slice": part}], TextSchema.BODY)
    body = schema_for(TextSchema.BODY)
    after = advance(Node.from_json(body, before), steps, frozenset()).document
    assert after.to_json() == {
        "type": "doc",
        "content": [p(words["abdxy"]), {"type": "bullet_list", "content": [item]}],
    }
