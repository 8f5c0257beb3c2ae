"""The search for near-duplicates hashes raw texts, and finds in them what it would find in the bare ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhibao.repo.novelty import NoveltyIndex, _hashes, bare

FRONT = "---\ntitle: 一\n---\n"


@given(st.lists(st.text(st.characters(codec=None), max_size=60), max_size=4), st.booleans())
def test_what_is_kept_of_raw_texts_is_what_is_kept_of_bare_ones(texts: list[str], fronted: bool) -> None:
    raw = [FRONT + text for text in texts] if fronted else texts
    for ours, theirs in zip(_hashes(raw), _hashes([bare(text) for text in raw]), strict=True):
        assert ours.tolist() == theirs.tolist()


def test_more_texts_than_are_hashed_at_once_are_all_found() -> None:
    """A copy of each, laid out anew, resembles the one that it was copied from and no other."""
    numbers = range(1, 1_203, 400)
    texts = {
        f"a{n:05d}": f"{FRONT}第{n}村" + "、".join(f"{n}组{n * k}户" for k in range(40)) for n in range(1_203)
    }
    index = NoveltyIndex(
        [*texts.items(), *((f"b{n:05d}", texts[f"a{n:05d}"].replace("、", "，\n")) for n in numbers)]
    )
    for n in numbers:
        found = index.resemblances(f"b{n:05d}", texts[f"a{n:05d}"].replace("、", "，\n"))
        assert (found[0].id, found[0].share) == (f"a{n:05d}", 1.0)
    assert NoveltyIndex([]).resemblances("a", "字" * 40) == ()
