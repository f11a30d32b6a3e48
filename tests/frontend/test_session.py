"""What an open text does when answers are lost, late, doubled or a no: the scenes of frontend/test/session.mjs."""

from __future__ import annotations

import pytest

from tests.frontend.conftest import RunInNode


def test_nothing_acknowledged_is_lost_and_nothing_typed_goes_in_silence(in_node: RunInNode) -> None:
    told = in_node("session")
    assert len(told) >= 25
    assert {scene: why for scene, why in told.items() if why} == {}


@pytest.mark.parametrize("fault", ["new-name-on-retry", "keeps-sending-what-was-refused", "forgets-the-connection"])
def test_the_scenes_catch_a_fault(fault: str, in_node: RunInNode) -> None:
    assert any(in_node("session", fault=fault).values())
