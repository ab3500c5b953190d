"""Every picture of Pillow's own tests, through the reader, a folder and two pages of the app.

The pictures (about a thousand; broken ones, bombs and finds of fuzzing among them) are in Pillow's
source distribution, which pip fetches once. Each must become a right picture or one sentence. What
is right is worked out here once more from Pillow's own decoding, at the picture's own size and as
networks see it.
"""

from __future__ import annotations

import contextlib
import faulthandler
import io
import logging
import os
import subprocess
import sys
import tarfile
import tempfile
import time
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# Before torch: the pages' network needs one thread.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import PIL
from benchmarks.promises import Row, record
from PIL import Image, ImageOps
from scipy.optimize import linear_sum_assignment

from latentlab.errors import DataError, ImageError
from latentlab.image_files import FORMATS, MAX_PIXELS
from latentlab.images import read

HOME = Path(__file__).resolve().parents[2]
KEPT = HOME / "bench-results"
PAGES = ("neighbors", "restore")
TOO_LARGE = f"more than {MAX_PIXELS // 10**6} megapixels"
SECONDS = 2.0
MEGABYTES = 1024
# In levels of 0 to 255, on average. At its own size a picture is exact; a large one is reduced in
# whole steps before it is resized, and these begin at the border or at the cut.
ALIKE = 4.0
HANGS = 120  # seconds, after which a traceback is printed and everything ends

Size = tuple[int, int, int]
SIZES: tuple[Size | None, ...] = (None, (28, 28, 1), (64, 64, 3))


class NoPicturesError(Exception):
    """The pictures cannot be had; the message is one sentence."""


@dataclass
class Figures:
    """What came of the files; `problems` holds a line for each broken promise."""

    n: int = 0
    right: int = 0
    refused: int = 0
    seconds: float = 0.0
    megabytes: float = 0.0
    levels: float = 0.0
    problems: list[str] = field(default_factory=list)

    def said(self) -> str:
        """Say it in a line."""
        worst = f"; first: {self.problems[0]}" if self.problems else ""
        return (
            f"{self.n} files: {self.right} right, {self.refused} refused in one sentence, "
            f"{len(self.problems)} wrong{worst}"
        )


def pictures() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every file among Pillow's test images."""
    with tarfile.open(archive()) as packed:
        for member in packed:
            name = member.name.partition("/Tests/images/")[2]
            if name and member.isfile():
                content = packed.extractfile(member)
                assert content is not None
                yield name, content.read()


def archive() -> Path:
    """Return Pillow's source distribution, of the version installed; pip fetches it if need be."""
    found = KEPT / f"pillow-{PIL.__version__}.tar.gz"
    if not found.is_file():
        KEPT.mkdir(exist_ok=True)
        options = ["--no-deps", "--no-binary", "pillow", "--dest", str(KEPT)]
        command = [sys.executable, "-m", "pip", "download", *options, f"pillow=={PIL.__version__}"]
        done = subprocess.run(command, capture_output=True, text=True)
        if not found.is_file():
            why = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise NoPicturesError(
                "Pillow's test images are in its source distribution, which pip could not fetch "
                f"({why}): go online, or put {found.name} into {KEPT}."
            )
    return found


@contextmanager
def hang_ends_everything() -> Iterator[None]:
    """End the process with a traceback if the block hangs; a reader in C cannot be interrupted.

    The clock is stopped whatever happens: left running it would end, silently, whatever comes next.
    """
    faulthandler.dump_traceback_later(HANGS, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def read_all(files: Iterable[tuple[str, bytes]]) -> Figures:
    """Read each file at its own size and at those of two networks; compare with Pillow's."""
    figures = Figures()
    for name, content in files:
        figures.n += 1
        with hang_ends_everything():
            found = [_read(content, size, figures) for size in SIZES]
        problem = next(filter(None, map(_problem, found)), "")
        if not problem and len({isinstance(one[1], str) for one in found}) > 1:
            problem = "is read at one size and refused at another"
        if problem:
            figures.problems.append(f"{name} {problem}")
        elif isinstance(found[0][1], str):
            figures.refused += 1
        else:
            figures.right += 1
            figures.levels = max(figures.levels, *(float(one[2] or 0) for one in found))
    return figures


Outcome = tuple[Size | None, "np.ndarray | str", "float | None"]


def _read(content: bytes, size: Size | None, figures: Figures) -> Outcome:
    """Return the size, what was read (or the sentence), and how far it is from what is wanted."""
    began = time.perf_counter()
    before = reset_peak()
    try:
        if size is None:
            found: np.ndarray | str = read(content)
        else:
            found = read(content, size=size[:2], channels=1 if size[2] == 1 else 3)
    except ImageError as error:
        found = str(error)
    figures.megabytes = max(figures.megabytes, peak_megabytes() - before)
    figures.seconds = max(figures.seconds, time.perf_counter() - began)
    if isinstance(found, str) and TOO_LARGE in found:
        return size, found, None if n_pixels(content) > MAX_PIXELS else np.inf
    expected = wanted(content, size)
    if expected is None or isinstance(found, str):
        return size, found, None if (expected is None) == isinstance(found, str) else np.inf
    same_shape = expected.shape == found.shape
    return size, found, float(np.abs(expected - found).mean()) if same_shape else np.inf


def _problem(outcome: Outcome) -> str:
    size, found, off = outcome
    if isinstance(found, str) and not is_sentence(found):
        return f"is told in no sentence: {found!r}"
    if off is not None and off > (ALIKE if size else 0):
        return f"is {off:.1f} levels from Pillow's picture at {size or 'its own size'}"
    return ""


def wanted(content: bytes, size: Size | None) -> np.ndarray | None:
    """Return a picture as it should be read, float (h, w, c); None where Pillow cannot decode it.

    The steps are those that ``images.read`` documents: a JPEG is decoded at a fraction of its size
    that is at least twice what is wanted; upright, over white, cut in the middle, resized.
    """
    height, width, channels = size or (0, 0, 3)
    mode = "L" if channels == 1 else "RGB"
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if size:
                picture.draft(mode, (2 * max(height, width),) * 2)
            picture.load()
            upright: Image.Image = picture
            with contextlib.suppress(Exception):  # broken EXIF beside a sound picture
                upright = ImageOps.exif_transpose(picture)
            clean = _over_white(upright).convert(mode)
    except Exception:
        return None
    if size:
        clean = ImageOps.fit(clean, (width, height), Image.Resampling.BICUBIC)
    return np.asarray(clean, float).reshape(clean.height, clean.width, channels)


def _over_white(picture: Image.Image) -> Image.Image:
    if picture.mode[0] in "IF":
        values = np.asarray(picture, np.float64)
        usual = (65535.0,) if picture.mode.startswith("I;16") else (255.0, 65535.0)
        usual = (1.0, *usual) if picture.mode == "F" else usual
        white = next((limit for limit in usual if values.max() <= limit), values.max())
        grey = np.rint(np.clip(values / white, 0, 1) * 255).astype(np.uint8)
        grey[values == picture.info.get("transparency")] = 255
        return Image.fromarray(grey).convert("RGB")
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
    return picture.convert("RGB")


def is_sentence(text: str) -> bool:
    """Say whether a message is one line that ends as a sentence does, and no traceback."""
    return text.endswith(".") and "\n" not in text and "Traceback" not in text and len(text) < 300


def reset_peak() -> float:
    """Forget the peak of this process's memory; return what it holds now, in megabytes."""
    with contextlib.suppress(OSError):  # only Linux tells
        Path("/proc/self/clear_refs").write_text("5")
        return _status("VmRSS")
    return 0.0


def peak_megabytes() -> float:
    """Return the most memory this process held since `reset_peak`, in megabytes; 0 if unknown."""
    return _status("VmHWM")


def _status(key: str) -> float:
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith(key):
                return int(line.split()[1]) / 1024
    return 0.0


def open_page(name: str) -> Any:
    """Open a page of the app by its own address, ready for an upload."""
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_file(str(HOME / "pages" / f"{name}.py"), default_timeout=HANGS).run()
    app.segmented_control(key=f"{name}-way").set_value("Upload").run()
    assert not app.exception
    return app


def upload_all(page: str, files: Iterable[tuple[str, bytes]]) -> Figures:
    """Upload each file on a page: the network must be asked about the picture that is read.

    A file of another kind is called ``.png``, as somebody would who tries.
    """
    figures = Figures()
    app = open_page(page)
    for name, content in files:
        figures.n += 1
        before, began = reset_peak(), time.perf_counter()
        with hang_ends_everything():
            problem = upload(app, page, shown_as(name), content)
        figures.seconds = max(figures.seconds, time.perf_counter() - began)
        figures.megabytes = max(figures.megabytes, peak_megabytes() - before)
        if problem:
            figures.problems.append(f"{name} {problem}")
        else:
            figures.right += not app.error
            figures.refused += bool(app.error)
    return figures


def shown_as(name: str) -> str:
    """Return the name under which a file is uploaded: browsers let only pictures through."""
    from latentlab.ui.input.upload import KINDS

    flat = name.replace("/", "-")
    return flat if Path(flat).suffix.lower().removeprefix(".") in KINDS else f"{flat}.png"


def upload(app: Any, page: str, name: str, content: bytes) -> str:
    """Upload one file; return what is wrong with the answer, or nothing."""

    app.file_uploader[0].upload(name, content).run()
    if app.exception:
        return f"is a traceback: {app.exception[0].value}"
    if app.error:
        said = [str(element.value) for element in app.error]
        if len(said) > 1 or not is_sentence(said[0]):
            return f"is told in no sentence: {said}"
        return "is refused, and Pillow decodes it" if _is_good(content) else ""
    if not _is_good(content):
        return "is taken, and Pillow cannot decode it"
    return _shown_wrongly(app, page, content)


def _shown_wrongly(app: Any, page: str, content: bytes) -> str:
    """Compare what the page asks the network about with what should be seen of a picture."""
    from latentlab.export.message import unpack

    for toggle in app.toggle:
        if toggle.key.endswith("-cut") and toggle.value:  # a figure that was cut out lies elsewhere
            toggle.set_value(False).run()
    component = f"latentlab_{page}"
    protos = [element.proto for element in app.get("bidi_component")]
    header, arrays = unpack(next(p.bytes for p in protos if p.component_name == component))
    if page == "neighbors":
        source, seen = header["source"], arrays["query"]
    else:
        source, seen = header["panels"][0]["about"], arrays["images"][0]
    if not source.lower().startswith("your image"):
        return f"is not what is shown, but {source!r}"
    switches = {toggle.key.rpartition("-")[2]: toggle.value for toggle in app.toggle}
    expected = wanted(content, seen.shape)
    if expected is None:
        return "is shown, and Pillow cannot decode it"
    expected = 255 - expected if switches.get("invert") else expected
    off = float(np.abs(expected - seen).mean())
    return "" if off <= ALIKE else f"is shown {off:.1f} levels from Pillow's picture"


def _is_good(content: bytes) -> bool:
    return 0 < n_pixels(content) <= MAX_PIXELS and wanted(content, (28, 28, 1)) is not None


def n_pixels(content: bytes) -> int:
    """Return how many pixels a picture says it has; 0 where Pillow cannot tell."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            return picture.width * picture.height
    except Image.DecompressionBombError:  # Pillow's own limit, above ours
        return 2 * (Image.MAX_IMAGE_PIXELS or 0)
    except Exception:
        return 0


def read_folder(files: Iterable[tuple[str, bytes]]) -> Figures:
    """Load all files as a folder of one's own images: each is in the set, or listed with why."""
    from latentlab import data

    figures = Figures()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "root" / "pillow"
        root.mkdir(parents=True)
        written = {}
        for name, content in files:
            figures.n += 1
            written[shown_as(f"{figures.n}-{name}")] = content
        for name, content in written.items():
            (root / name).write_bytes(content)
        began = time.perf_counter()
        try:
            sets = [
                data.load("folder:pillow", split, data_dir=Path(scratch), data_root=root.parent)
                for split in data.SPLITS
            ]
        except DataError as error:
            figures.problems.append(str(error))
            return figures
        figures.seconds = time.perf_counter() - began
    skipped = sets[0].skipped
    figures.right = sum(len(one.images) for one in sets)
    figures.refused = len(skipped)
    figures.problems += [f"{name}: {why!r}" for name, why in skipped if not is_sentence(why)]
    if figures.right + figures.refused != figures.n:
        figures.problems.append(f"{figures.right} and {figures.refused} are not {figures.n}")
    for name, _ in skipped:
        if _is_good(written[name]):
            figures.problems.append(f"{name} is skipped, and Pillow decodes it")
        del written[name]
    figures.problems += _not_in_the_set([image for one in sets for image in one.images], written)
    return figures


def _not_in_the_set(images: Sequence[np.ndarray], files: Mapping[str, bytes]) -> list[str]:
    """Pair the images of a set, whatever their order, with those that should be in it."""
    expected = {name: wanted(content, images[0].shape) for name, content in files.items()}
    problems = [
        f"{n} is in it, and Pillow cannot decode it" for n, e in expected.items() if e is None
    ]
    names = [name for name, one in expected.items() if one is not None]
    levels = np.array([[np.abs(image - expected[n]).mean() for image in images] for n in names])
    pairs = zip(*linear_sum_assignment(levels), strict=True)
    off = {names[row]: levels[row, column] for row, column in pairs}
    return problems + [f"{n} is {e:.1f} levels from any left" for n, e in off.items() if e > ALIKE]


def tiny_root(folder: Path) -> Path:
    """Write the two small checkpoints that the pages need."""
    from tiny import write_tiny

    write_tiny(folder, "digits-vae-z2")
    write_tiny(folder, "digits-denoise", model="ae", task="denoise", latent_dim=4)
    return folder


def main() -> int:
    """Run everything over every file, and record what came of it."""
    quiet()
    try:
        archive()
    except NoPicturesError as error:
        print(error)
        return 1
    rows = [_row("read, at three sizes", found := read_all(pictures()))]
    rows.append(
        Row(
            "greatest mean difference from Pillow",
            f"{ALIKE:g} of 255 levels, 0 at its own size",
            f"{found.levels:.2f}",
            found.levels <= ALIKE,
        )
    )
    folder = read_folder(pictures())
    whole = f"{folder.said()}; {folder.seconds:.1f} s in all"
    rows.append(Row("as a folder of one's own images", "0 wrong", whole, not folder.problems))
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["LATENTLAB_CHECKPOINTS"] = str(tiny_root(Path(scratch)))
        for page in PAGES:
            rows.append(_row(f"uploaded on the page {page}", upload_all(page, pictures())))
    note = (
        f"All files below Tests/images of Pillow {PIL.__version__}. The time is that of a file at "
        "its slowest, the memory the most that one file added."
    )
    return record("Bad images", "python tests/torture images", rows, note)


def quiet() -> None:
    """Keep what Pillow and Streamlit say about broken files off the screen."""
    warnings.simplefilter("ignore")
    for name in ("PIL", "streamlit"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _row(promise: str, found: Figures) -> Row:
    kept = not found.problems and found.seconds < SECONDS and found.megabytes < MEGABYTES
    for problem in found.problems:
        print(f"  {problem}")
    measured = f"{found.said()}; at most {found.seconds:.2f} s and {found.megabytes:.0f} MB"
    return Row(promise, f"0 wrong, < {SECONDS:g} s, < {MEGABYTES} MB", measured, kept)


if __name__ == "__main__":
    sys.exit(main())
