"""The compiled loops: their numbers mean what the words mean, and they run where nothing can be kept."""

from __future__ import annotations

import numba
import numpy as np
import pytest

from handrail.analysis.acutecare import columns, kernel
from handrail.domain.words import SetAside


def test_the_numbers_compiled_in_mean_what_the_words_mean() -> None:
    assert kernel.why_not_these_numbers() == []


def test_a_word_that_moves_is_noticed_before_an_old_compilation_can_mislead(monkeypatch) -> None:
    monkeypatch.setattr(columns, "RULES", tuple(reversed(columns.RULES)))
    assert "UNKNOWN_SERVICE" in kernel.why_not_these_numbers()
    assert len(kernel.why_not_these_numbers()) == len(SetAside)


def test_where_compiled_code_cannot_be_kept_it_is_compiled_for_the_run(monkeypatch) -> None:
    kept: list[bool] = []

    def njit(function=None, *, cache: bool = False):
        kept.append(cache)
        if function is None:
            raise RuntimeError("cannot cache function: no locator available")
        return function

    monkeypatch.setattr(numba, "njit", njit)
    assert kernel.compiled(lambda number: number + 1)(1) == 2
    assert kept == [True, False]


@pytest.mark.parametrize("width", [1, 13, 14, 40, 63])
def test_words_of_any_width_are_sorted_and_equals_stay_in_order(width: int) -> None:
    words = np.random.default_rng(3).integers(0, 2**width, 3000, dtype=np.uint64)
    order = kernel.sort_by_word(words, np.arange(3000, dtype=np.int32), width)
    assert list(order) == list(np.argsort(words, kind="stable"))
