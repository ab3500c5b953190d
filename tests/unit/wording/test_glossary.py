"""The glossary: its order, its shape, and the page that is written from it."""

import re
import runpy
from pathlib import Path

import pytest

from latentlab.wording import glossary

HOME = Path(__file__).resolve().parents[3]


def test_terms_are_unique_and_in_alphabetical_order():
    terms = [entry.term.lower() for entry in glossary.GLOSSARY]
    assert terms == sorted(set(terms))
    assert len(terms) > 40


@pytest.mark.parametrize("entry", glossary.GLOSSARY, ids=lambda entry: entry.term)
def test_an_entry_is_two_sentences_and_says_where(entry):
    assert len(re.findall(r"[.](?= [A-Z0-9]|$)", entry.text)) == 2
    assert entry.where
    assert entry.formula.count("{") == entry.formula.count("}")


def test_the_page_is_what_the_command_writes():
    written = runpy.run_path(str(HOME / "scripts" / "glossary.py"))["written"]()
    assert (HOME / "docs" / "glossary.md").read_text(encoding="utf-8") == written
    assert all(f"## {entry.term}\n" in written for entry in glossary.GLOSSARY)


def test_a_term_is_found_by_its_name_and_by_what_is_said_of_it():
    assert [entry.term for entry in glossary.matching("  SLERP ")] == ["Slerp"]
    assert "ROC curve" in [entry.term for entry in glossary.matching("true positive rate")]
    assert glossary.matching("no such term") == ()
