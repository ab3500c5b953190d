"""A report: a folder with one page that shows everything offline, and every figure by itself.

It is written beside its place and moved in file by file, the page last: a report that is being read
is never half there, and whatever else a student keeps in the folder stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from latentlab.errors import LatentlabError
from latentlab.scratch import beside

INDEX = "index.html"

STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 1060px; padding: 32px 24px 64px; background: %(background)s;
  color: %(ink)s; font: 17px/1.5 "Source Sans", system-ui, sans-serif; }
h1 { margin: 0; font-size: 32px; line-height: 1.2; }
h2 { margin: 48px 0 4px; font-size: 23px; }
p { margin: 4px 0 12px; max-width: 72ch; }
.quiet, figcaption, footer { color: %(muted)s; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(230px, 1fr)); gap: 12px;
  margin: 24px 0 0; }
dl div { padding: 14px 16px; background: %(surface)s; border-radius: 10px; }
dt { color: %(muted)s; font-size: 15px; }
dd { margin: 0; font-size: 23px; font-variant-numeric: tabular-nums; }
dd + dd { font-size: 14px; line-height: 1.4; color: %(muted)s; }
figure { margin: 12px 0 0; }
figure img { max-width: 100%%; height: auto; image-rendering: auto; border-radius: 6px; }
.chart { min-height: 200px; }
.links { font-size: 14px; }
a { color: %(accent)s; }
footer { margin-top: 56px; font-size: 15px; border-top: 1px solid %(line)s; padding-top: 12px; }
.paper { display: none; }
@media print {
  body { padding: 0; max-width: none; background: white; }
  h2, figure { break-inside: avoid; break-after: avoid; }
  .chart, .links { display: none; }
  .paper { display: block; }
}
"""


@dataclass(frozen=True)
class Section:
    """One thing a report shows.

    Attributes
    ----------
    slug : str
        Of its files: letters, digits and dashes.
    title, caption, alt : str
        Plain text; `alt` says what the picture shows to those who cannot see it.
    png : bytes
        The picture; also what is printed.
    chart : str, optional
        The same as a piece of HTML that answers to the pointer, trusted as it is.
    page : str, optional
        The chart as a page of its own.
    """

    slug: str
    title: str
    caption: str
    alt: str
    png: bytes
    chart: str | None = None
    page: str | None = None


@dataclass(frozen=True)
class Report:
    """Everything a report says.

    Attributes
    ----------
    title, subtitle : str
    facts : sequence of (name, value, meaning)
        What was measured.
    sections : sequence of Section
    colors : mapping of str to str
        ``background``, ``surface``, ``ink``, ``muted``, ``line``, ``accent`` as ``#rrggbb``.
    footer : str
    script : str, optional
        Name of the file with the charts' JavaScript.
    links : mapping of str to str
        Words and addresses of further files, shown under the title.
    """

    title: str
    subtitle: str
    facts: Sequence[tuple[str, str, str]]
    sections: Sequence[Section]
    colors: Mapping[str, str]
    footer: str
    script: str | None = None
    links: Mapping[str, str] = field(default_factory=dict)


def files_of(report: Report, extra: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """Return every file of a report by name, the page last.

    Parameters
    ----------
    report : Report
    extra : mapping of str to bytes, optional
        Further files, such as the charts' JavaScript.

    Returns
    -------
    dict of str to bytes
        ``<slug>.png``, ``<slug>.html`` where there is one, `extra`, and ``INDEX``.
    """
    files = dict(extra or {})
    for section in report.sections:
        files[f"{section.slug}.png"] = section.png
        if section.page is not None:
            files[f"{section.slug}.html"] = section.page.encode()
    files[INDEX] = page_of(report).encode()
    return files


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files into a folder so that each is whole, in order.

    Parameters
    ----------
    folder : Path
        Made where missing; files of other names in it are left alone.
    files : mapping of str to bytes

    Returns
    -------
    list of Path

    Raises
    ------
    LatentlabError
        If the folder cannot be written to; nothing has been changed then, except where the disk
        filled up between two renames.
    """
    try:
        with beside(folder) as scratch:
            for name, content in files.items():
                (scratch / name).write_bytes(content)
            folder.mkdir(exist_ok=True)
            for name in files:
                (scratch / name).replace(folder / name)
    except OSError as error:
        raise LatentlabError(
            f"The folder {folder} cannot be written to ({error.strerror}); choose another."
        ) from None
    return [folder / name for name in files]


def page_of(report: Report) -> str:
    """Return the page; every text is escaped, only ``Section.chart`` is taken as it is.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str
        HTML.
    """
    script = f'<script src="{escape(report.script)}"></script>' if report.script else ""
    links = " · ".join(
        f'<a href="{escape(address)}">{escape(words)}</a>'
        for words, address in report.links.items()
    )
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(report.title)}</title>\n{script}\n"
        f"<style>{STYLE % dict(report.colors)}</style>\n</head>\n<body>\n<main>\n"
        f'<h1>{escape(report.title)}</h1>\n<p class="quiet">{escape(report.subtitle)}</p>',
        f"<p>{links}</p>" if links else "",
        "<dl>" if report.facts else "",
        *(
            f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd><dd>{escape(meaning)}</dd></div>"
            for name, value, meaning in report.facts
        ),
        "</dl>" if report.facts else "",
        *(_section(section) for section in report.sections),
        f"<footer>{escape(report.footer)}</footer>\n</main>\n</body>\n</html>\n",
    ]
    return "\n".join(part for part in parts if part)


def _section(section: Section) -> str:
    picture = f'<img src="{escape(section.slug)}.png" alt="{escape(section.alt)}">'
    links = [f'<a href="{escape(section.slug)}.png">picture</a>']
    if section.chart is None:
        shown = picture
    else:
        shown = f'<div class="chart">{section.chart}</div><div class="paper">{picture}</div>'
        if section.page is not None:
            links.insert(0, f'<a href="{escape(section.slug)}.html">chart by itself</a>')
    return (
        f'<section id="{escape(section.slug)}">\n<h2>{escape(section.title)}</h2>\n'
        f"<p>{escape(section.caption)}</p>\n<figure>{shown}</figure>\n"
        f'<p class="links">{" · ".join(links)}</p>\n</section>'
    )
