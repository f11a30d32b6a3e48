import pytest
from tests.review.test_bringing_round_trip import *
@pytest.mark.django_db
def test_x():
    world = with_people(secret_case())
    before = read_case(world.case_id)
    written = exported(world.case_id, world)
    print(written)
    after = taken_into(world, written)
    for s in after.sections: print(s.ref, document_of(s.title), hidden_in(document_of(s.body)))
    assert 0
