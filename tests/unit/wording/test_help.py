"""Terms of the glossary carry what they mean where they stand as a heading or a metric's name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from latentlab.ui.bottleneck import board, uses
from latentlab.ui.explore import messages as explore
from latentlab.ui.neighbors import board as neighbors
from latentlab.ui.network import gallery, messages
from latentlab.ui.restore import board as restore
from latentlab.ui.training import page as training
from latentlab.wording import glossary
from latentlab.wording.metrics import Metric

HOME = Path(__file__).parents[3]
HEADINGS = {"header", "subheader", "metric"}


def headings() -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls that draw a heading or a metric with a written label, and where they are."""
    for path in sorted((HOME / "src" / "latentlab" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr in HEADINGS and node.args and isinstance(node.args[0], ast.Constant):
                yield f"{path.relative_to(HOME)}:{node.lineno}", node


def test_headings_and_metrics_with_a_term_carry_help():
    found = [
        (where, str(node.args[0].value), {keyword.arg for keyword in node.keywords})
        for where, node in headings()
        if isinstance(node.args[0], ast.Constant)
    ]
    assert any(glossary.help_for(label) for _, label, _ in found)
    bare = [
        f"{where} {label!r} has no help: glossary.help_for(...)"
        for where, label, given in found
        if glossary.help_for(label) and "help" not in given
    ]
    assert not bare


def test_a_metrics_card_says_what_its_name_means(monkeypatch):
    written: list[str] = []
    monkeypatch.setattr(gallery.st, "html", written.append)
    gallery.cards([Metric("Trustworthiness", "1", "All."), Metric("Age", "2", "Days.")])
    assert f'title="{glossary.meaning("Trustworthiness")}"' in written[0]
    assert '<div class="name">Age<' in written[0]


def test_help_is_that_of_the_longest_term():
    assert glossary.help_for("Reconstruction error (MSE)") == glossary.meaning(
        "Reconstruction error"
    )
    assert glossary.help_for("Active dimensions") == glossary.meaning("Active dimension")
    assert glossary.help_for("Footsteps") is None


def test_explore_is_sent_what_it_explains():
    """Each term that the canvas names is in what it is sent."""
    sources = [*(HOME / "web" / "explore").glob("*.ts"), *(HOME / "web" / "latent").rglob("*.ts")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    asked = {entry.term for entry in glossary.GLOSSARY if f"'{entry.term}'" in text}
    assert asked
    assert asked <= set(glossary.meanings(*explore.TERMS))


# What Python sends the meaning of, by the folder of the component that shows it.
EXPLAINED = {"network": messages.TERMS, "training": training.TERMS}
# How a component writes a label that is explained: `term`, a legend, a caption, a field of a form.
LABELS = (
    r"\bterm\('([^']+)'",
    r"\bline\([^'\n]*(?:'bar'|'curve'|`[^`]*`[^']*), '([^']+)'",
    r"\.say\('(Recon[^']+)'",
    r"this\.row\('(?!images|model)\w+', '([^']+)'",
    r"name: '\w+', title: '([^']+)'",
)


@pytest.mark.parametrize("folder", EXPLAINED)
def test_a_component_is_sent_every_term_that_it_explains(folder):
    paths = (HOME / "web" / folder).glob("*.ts")
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    labels = {label for pattern in LABELS for label in re.findall(pattern, text)}
    assert labels
    assert labels <= set(EXPLAINED[folder])
    assert all(f"'{label}'" in text for label in EXPLAINED[folder])
    assert all(glossary.helps(*EXPLAINED[folder]).values())


def test_no_term_of_a_component_hides_its_meaning_in_a_title():
    """A `title` shows nothing on a touch screen and to keys; `explain` and `term` do."""
    hidden = re.compile(
        r"\btitle: [^;,'\n]*(?:meaning\(|help)[^,\n]*|\.title = [^\n]*(?:meaning|help).*"
    )
    found = {
        f"{path.relative_to(HOME)}: {line}"
        for path in (HOME / "web").glob("*/**/*.ts")
        if "node_modules" not in path.parts
        for line in hidden.findall(path.read_text(encoding="utf-8"))
    }
    assert found == {
        # A button cannot hold another one; the heading of the tool that it opens explains it.
        "web/explore/controls.ts: title: helpOf(tool",
    }


@pytest.mark.parametrize("terms", [neighbors.TERMS, restore.METHODS, explore.TERMS])
def test_boards_explain_terms_of_the_glossary(terms):
    assert all(glossary.helps(*terms).values())


def test_the_rows_of_the_bottleneck_board_are_explained():
    assert all(glossary.helps("Latent dimensions", *board.TERMS).values())


def test_a_label_without_a_term_is_an_error():
    with pytest.raises(KeyError, match="no term for 'Weather'"):
        glossary.helps("Beta", "Weather")


def test_every_chart_of_the_bottleneck_page_explains_its_heading():
    titles = {name: title.title for name, title in uses.TITLES.items() if name != "restoration"}
    assert all(glossary.help_for(uses.HELP.get(name, title)) for name, title in titles.items())
