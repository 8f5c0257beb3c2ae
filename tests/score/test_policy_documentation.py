"""docs/policy.md: every example is read as the program reads it, and no term of the language is left unnamed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter

from zhibao.model.adjustments import Adjustment, CheckedAdjustment
from zhibao.model.policy.earning import CountBy, Counting, JointPolicy, Per, Resubmitted
from zhibao.model.policy.formulas import AdoptionRate, Completion, QualityOf, RankedBy
from zhibao.model.policy.terms import Media, Span
from zhibao.model.rules import Rules
from zhibao.model.understand import understand
from zhibao.repo.front_matter import yaml_document

PAGE = Path(__file__).parents[2] / "docs" / "policy.md"
TEXT = PAGE.read_text("utf-8")
BLOCKS = re.findall(r"^```(yaml[^\n]*)\n(.*?)^```$", TEXT, re.M | re.S)
HEAD = "from: 2026-01-01\ntitle: 试验\nadoption: {县: 3}\n"


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_an_example_is_what_the_program_reads(number: int) -> None:
    kind, text = BLOCKS[number]
    whole = text if "adjustments" in kind or text.startswith("from:") else HEAD + text
    adapter: TypeAdapter[Any] = TypeAdapter(CheckedAdjustment if "adjustments" in kind else Rules)
    document = yaml_document("example.yml", whole.encode())
    assert document.problems == ()
    value, problems = understand(document, adapter)
    assert problems == ()
    assert value is not None


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from models(field.annotation)
    for inner in get_args(annotation):
        yield from models(inner)


@pytest.mark.parametrize("model", [Rules, Adjustment])
def test_every_term_is_named(model: type[BaseModel]) -> None:
    keys = {field.alias or name for one in models(model) for name, field in one.model_fields.items()}
    unnamed = [key for key in sorted(keys) if not re.search(rf"\b{key}\b", TEXT)]
    assert unnamed == []


@pytest.mark.parametrize(
    "words",
    [
        Counting,
        CountBy,
        JointPolicy,
        Per,
        Resubmitted,
        Completion,
        AdoptionRate,
        QualityOf,
        RankedBy,
        Media,
        Span,
    ],
)
def test_every_choice_is_named(words: Any) -> None:
    assert [word.value for word in words if not re.search(rf"\b{word.value}\b", TEXT)] == []


def test_the_examples_together_are_most_of_the_language() -> None:
    used = {key for _, text in BLOCKS for key in re.findall(r"^(\w+):", text, re.M)}
    own = {field.alias or name for name, field in Rules.model_fields.items()}
    assert own - used <= {"completion", "adoption_rate", "quality_of", "ranked", "ranked_by", "joint"}
