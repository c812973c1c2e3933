import pytest

from service.domain.checklist import BLOCKING, Check, Weight, checklist


def test_what_was_not_found_is_in_order() -> None:
    listed = checklist({})
    assert [item.check for item in listed.items] == list(Check)
    assert (listed.ready, listed.by_weight) == (
        True,
        {Weight.DONE: len(Check), Weight.WARNS: 0, Weight.BLOCKS: 0},
    )


@pytest.mark.parametrize("check", Check)
def test_only_what_the_assembling_refuses_blocks(check: Check) -> None:
    listed = checklist({check: 2})
    item = next(item for item in listed.items if item.check is check)
    assert item.weight is (Weight.BLOCKS if check in BLOCKING else Weight.WARNS)
    assert listed.ready is (check not in BLOCKING)
