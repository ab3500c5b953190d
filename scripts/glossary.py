"""Write the glossary of the app to ``docs/glossary.md``."""

from __future__ import annotations

from pathlib import Path

from latentlab.wording import glossary

PAGE = Path(__file__).resolve().parents[1] / "docs" / "glossary.md"


def written() -> str:
    """Return the page."""
    return f"""# Glossary

The terms on the screen, as behind "?" on every page of the app. Written from
`latentlab.wording.glossary` by `python scripts/glossary.py`.

{glossary.as_markdown()}
"""


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
