"""Sorting by person, start, service and provider: in one word when it fits, in two when it does not."""

from __future__ import annotations

import numpy as np
import pytest

from handrail.analysis.acutecare.order import order_of


def drawn(size: int, most: int) -> tuple[np.ndarray, ...]:
    dice = np.random.default_rng(7)
    return tuple(dice.integers(-most, most, size) for _ in range(4))


@pytest.mark.parametrize("size", [0, 1, 2, 5000])
@pytest.mark.parametrize(("word_bits", "how"), [(64, "one word"), (-1, "two words")])
def test_the_order_is_that_of_a_plain_sort_and_stable(size: int, word_bits: int, how: str) -> None:
    keys = drawn(size, 50)
    order, found_how = order_of(*keys, word_bits=word_bits)
    assert found_how == how
    assert list(order) == list(np.lexsort(keys[::-1]))


def test_keys_too_wide_for_one_word_are_sorted_in_two_and_it_is_said() -> None:
    keys = drawn(1000, 2**30)
    order, how = order_of(*keys)
    assert how == "two words"
    assert list(order) == list(np.lexsort(keys[::-1]))


def test_keys_too_wide_for_two_words_are_refused_rather_than_sorted_wrongly() -> None:
    with pytest.raises(OverflowError, match="64 bits"):
        order_of(*drawn(10, 2**40))
