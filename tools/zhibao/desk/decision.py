"""A decision put into an item's text: the review block is written anew, everything else stays as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhibao.model.document import Document
from zhibao.model.office import Office
from zhibao.model.submission import Adoption, Decision, Instruction, Reason, Review, Withdrawn
from zhibao.model.understand import submission
from zhibao.repo.front_matter import item_document
from zhibao.repo.front_matter_text import flow, scalar, with_block
from zhibao.review.branch import RefusedError, understood


@dataclass(frozen=True, slots=True)
class Word:
    """An editor's word on one item, as a command or a comment gives it. `day` is the day of the decision."""

    decision: Decision
    by: str
    day: date
    reason: Reason | None = None
    form: str | None = None
    publication: str | None = None


def decided(document: Document, word: Word, office: Office) -> str:
    """The item's text with the decision; the same text where that decision is written already. Raises RefusedError.

    Adopting without form and publication says no more than who and when; with them, the county's own adoption is written out.
    """
    item = understood(document)
    review = item.review
    settled = (review.decision, review.by is not None, review.reason) == (word.decision, True, word.reason)
    if settled and not word.form and not word.publication:
        return document.text
    changed = review.model_copy(
        update={"decision": word.decision, "by": word.by, "date": word.day, "reason": word.reason}
    )
    if word.decision is Decision.ADOPTED and (word.form or word.publication):
        adoption = Adoption(
            level=office.level,
            date=word.day,
            form=word.form or office.default.form,
            publication=word.publication or office.default.publication,
        )
        others = [one for one in review.adoptions if one.level != office.level]
        changed = changed.model_copy(update={"adoptions": _sorted([*others, adoption], office)})
    return with_review(document, changed)


def with_adoption(document: Document, adoption: Adoption, office: Office) -> str:
    """The item's text with one more adoption in its place; the same text where it is recorded already. Raises RefusedError."""
    review = understood(document).review
    if adoption in review.adoptions:
        return document.text
    known_adoption(adoption, office)
    kept = [*review.adoptions, adoption]
    return with_review(document, review.model_copy(update={"adoptions": _sorted(kept, office)}))


def with_instruction(document: Document, instruction: Instruction, office: Office, today: date) -> str:
    """The item's text with one more instruction; the same text where it is recorded already. Raises RefusedError."""
    review = understood(document).review
    if instruction in review.instructions:
        return document.text
    if instruction.date > today:
        raise RefusedError(f"批示日期 {instruction.date} 还没有到（今天 {today}）")
    _known(instruction.level, office.levels, "层级")
    kept = sorted(
        [*review.instructions, instruction], key=lambda one: (one.date, office.level_rank(one.level), one.by)
    )
    return with_review(document, review.model_copy(update={"instructions": tuple(kept)}))


def known_adoption(adoption: Adoption, office: Office) -> None:
    """Refuse an adoption in terms that office.yml does not know. Raises RefusedError with those that it does."""
    _known(adoption.level, office.levels, "层级")
    _known(adoption.form, office.forms, "采用形式")
    names = [one.name for one in office.publications if one.level == adoption.level]
    publication = office.publication(adoption.publication)
    if publication is None or publication.level != adoption.level:
        raise RefusedError(
            f"{adoption.level}级没有“{adoption.publication}”这个刊物；有：{'、'.join(names)}，后面可写“ 第45期”"
        )


def _known(word: str, words: Sequence[str], what: str) -> None:
    if word not in words:
        raise RefusedError(f"没有“{word}”这个{what}；有：{'、'.join(words)}")


def with_withdrawal(document: Document, day: date, reason: str) -> str:
    """The item's text, taken back on that day; the same text where it is withdrawn already. Raises RefusedError."""
    review = understood(document).review
    if review.withdrawn is not None:
        return document.text
    return with_review(document, review.model_copy(update={"withdrawn": Withdrawn(date=day, reason=reason)}))


def with_review(document: Document, review: Review) -> str:
    """The item's text with this review block as its last key. Raises RefusedError where reading it back gives anything else."""
    text = with_block(document, "review", list(block(review)))
    again = submission(item_document(document.path, text.encode("utf-8")))[0]
    if again != understood(document).model_copy(update={"review": review}):
        raise RefusedError(f"{document.stem} 的抬头写法特别，改不了；请手工在 review 里写")
    return text


def block(review: Review) -> Iterator[str]:
    """The lines of a review block, keys in the model's order; none for a review that says nothing."""
    values = review.model_dump(mode="python", exclude_defaults=True)
    if not values:
        return
    yield "review:"
    for key, value in values.items():
        yield from _lines(key, value)


def _lines(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield f"  {key}: {flow(value)}"
    elif isinstance(value, list | tuple):
        yield f"  {key}:"
        yield from (f"    - {flow(one)}" for one in value)
    else:
        yield f"  {key}: {scalar(value.value if isinstance(value, Decision) else value)}"


def _sorted(found: list[Adoption], office: Office) -> tuple[Adoption, ...]:
    return tuple(
        sorted(found, key=lambda one: (one.date, office.level_rank(one.level), one.publication, one.form))
    )
