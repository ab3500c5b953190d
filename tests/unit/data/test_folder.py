"""A user's own images, from folders made here with every kind of mishap in them."""

import io
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from latentlab import data
from latentlab.data import folder, folder_cache, folder_chunks, folder_files
from latentlab.data.image_set import pixel_sum, split_sum
from latentlab.errors import DataError
from latentlab.images import open_picture
from latentlab.scratch import beside

# What Pillow remarks about broken files is no news here.
pytestmark = pytest.mark.filterwarnings("ignore:::PIL")


def picture(number: int, size: int = 40) -> Image.Image:
    rng = np.random.default_rng(number)
    return Image.fromarray(rng.integers(0, 255, (size, size, 3), dtype=np.uint8))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A data root with the folder ``pets``: three classes with twenty pictures each."""
    for k, kind in enumerate(("cat", "dog", "emu")):
        where = tmp_path / "root" / "pets" / kind
        where.mkdir(parents=True)
        for number in range(20):
            picture(100 * k + number).save(where / f"{number}.png")
    return tmp_path / "root"


def load(root: Path, split: str = "train", name: str = "pets", **options) -> data.ImageSet:
    return data.load(
        f"folder:{name}", split, data_dir=root.parent / "data", data_root=root, **options
    )


def whole(root: Path, name: str = "pets", **options) -> dict[str, data.ImageSet]:
    return {split: load(root, split, name, **options) for split in data.SPLITS}


def contents(images: data.ImageSet) -> set[bytes]:
    return {image.tobytes() for image in images.images}


def test_subfolders_are_classes(root):
    sets = whole(root, size=40)
    assert sum(map(len, sets.values())) == 60
    assert all(one.class_names == ("cat", "dog", "emu") for one in sets.values())
    assert all(one.images.shape[1:] == (40, 40, 3) for one in sets.values())
    by_content = {
        image.tobytes(): label
        for one in sets.values()
        for image, label in zip(one.images, one.labels, strict=True)
    }
    assert len(by_content) == 60
    for number in range(60):
        expected = np.asarray(picture(100 * (number // 20) + number % 20)).tobytes()
        assert by_content[expected] == number // 20


def test_a_flat_folder_is_one_class(tmp_path):
    flat = tmp_path / "root" / "holiday"
    flat.mkdir(parents=True)
    for number in range(12):
        picture(number).save(flat / f"{number}.jpg")
    sets = whole(tmp_path / "root", "holiday")
    assert all(len(one) > 0 for one in sets.values())
    assert all(one.class_names == ("holiday",) for one in sets.values())
    assert sets["train"].images.shape[1:] == (32, 32, 3)


def test_deep_folders_belong_to_the_first(tmp_path):
    deep = tmp_path / "root" / "pets" / "cat" / "indoors" / "asleep"
    deep.mkdir(parents=True)
    for number in range(5):
        picture(number).save(deep / f"{number}.png")
    assert load(tmp_path / "root").class_names == ("cat",)


def test_published_splits_are_kept(tmp_path):
    pets = tmp_path / "root" / "pets"
    for split, first in (("train", 0), ("test", 1000)):
        for kind in ("cat", "dog"):
            (pets / split / kind).mkdir(parents=True)
            for number in range(30):
                path = pets / split / kind / f"{number}.png"
                picture(first + number + 500 * (kind == "dog")).save(path)
    picture(7).save(pets / "loose.png")
    sets = whole(tmp_path / "root", size=40)
    assert len(sets["test"]) == 60
    assert len(sets["train"]) + len(sets["validation"]) == 60
    assert 1 <= len(sets["validation"]) <= 16
    expected = {
        np.asarray(picture(1000 + n + 500 * k)).tobytes() for n in range(30) for k in (0, 1)
    }
    assert contents(sets["test"]) == expected
    assert sets["test"].class_names == ("cat", "dog")
    assert sets["test"].skipped == (("loose.png", "lies outside train and test"),)


@pytest.mark.parametrize("spelling", ["validation", "val", "valid"])
def test_a_published_validation_split_is_kept(tmp_path, spelling):
    pets = tmp_path / "root" / "pets"
    for k, split in enumerate(("train", "test", spelling)):
        (pets / split).mkdir(parents=True)
        for number in range(20):
            picture(100 * k + number).save(pets / split / f"{number}.png")
    assert [len(one) for one in whole(tmp_path / "root").values()] == [20, 20, 20]


def test_new_files_move_no_others(root):
    before = {split: contents(one) for split, one in whole(root).items()}
    for number in range(30):
        picture(5000 + number).save(root / "pets" / "dog" / f"new{number}.png")
    after = {split: contents(one) for split, one in whole(root).items()}
    assert sum(map(len, after.values())) == 90
    for split in data.SPLITS:
        assert before[split] <= after[split]


def test_copies_never_land_in_different_splits(root):
    for path in list((root / "pets" / "cat").iterdir()):
        (root / "pets" / "dog" / f"copy-of-{path.name}").write_bytes(path.read_bytes())
    sets = whole(root)
    assert sum(map(len, sets.values())) == 80
    everything = [contents(one) for one in sets.values()]
    assert sum(map(len, everything)) == len(set.union(*everything)) == 60


def test_the_shares_are_eighty_ten_ten(tmp_path):
    flat = tmp_path / "root" / "many"
    flat.mkdir(parents=True)
    for number in range(600):
        picture(number, size=3).save(flat / f"{number}.bmp")
    sizes = np.array([len(one) for one in whole(tmp_path / "root", "many", size=16).values()])
    np.testing.assert_allclose(sizes / 600, [0.8, 0.1, 0.1], atol=0.04)


def test_grey_pictures_give_one_channel(tmp_path):
    flat = tmp_path / "root" / "grey"
    flat.mkdir(parents=True)
    for number in range(9):
        picture(number).convert("L").save(flat / f"{number}.png")
    grey = whole(tmp_path / "root", "grey")
    assert {one.images.shape[1:] for one in grey.values()} == {(32, 32, 1)}
    picture(99).save(flat / "color.png")
    color = whole(tmp_path / "root", "grey")
    assert {one.images.shape[1:] for one in color.values()} == {(32, 32, 3)}


def spoil(pets: Path) -> dict[str, str]:
    """Put what cannot be read beside the pictures; return what should be said of each."""
    buffer = io.BytesIO()
    picture(0).save(buffer, "PNG")
    (pets / "cut.png").write_bytes(buffer.getvalue()[:1000])
    (pets / "empty.jpg").write_bytes(b"")
    (pets / "text.png").write_text("I am a text")
    (pets / "notes.txt").write_text("feed the emu")
    (pets / ".DS_Store").write_bytes(b"hidden")
    Image.new("1", (13_000, 13_000)).save(pets / "bomb.png")
    (pets / "link.png").symlink_to(pets / "cat" / "0.png")
    (pets / "loop").symlink_to(pets)
    os.mkfifo(pets / "pipe.png")
    return {
        "cut.png": "damaged",
        "empty.jpg": "is not a PNG",
        "text.png": "is not a PNG",
        "notes.txt": "not named",
        "bomb.png": "megapixels",
        "link.png": "link",
        "loop": "link",
        "pipe.png": "plain file",
    }


def test_what_cannot_be_read_is_skipped_and_listed(root, caplog):
    expected = spoil(root / "pets")
    with caplog.at_level(logging.WARNING, logger="latentlab"):
        sets = whole(root)
    assert sum(map(len, sets.values())) == 60
    skipped = dict(sets["train"].skipped)
    assert set(skipped) == set(expected)
    for path, why in expected.items():
        assert why in skipped[path]
    assert sets["train"].class_names == ("cat", "dog", "emu")
    assert len(caplog.records) == 1
    assert "8 files of 'pets' were skipped" in caplog.text
    (listed,) = root.parent.glob("data/cache/folders/*/skipped.txt")
    assert all(path in listed.read_text() for path in expected)


def test_names_from_a_stranger_do_no_harm(root):
    where = root / "pets" / "<script>alert(1)"
    where.mkdir()
    picture(1).save(where / "new\nline.png")
    (where / "bad\x1b[31m.png").write_text("no")
    found = load(root)
    assert "<script>alert(1)" in found.class_names
    assert all(name.isprintable() for name in found.class_names)
    (listed,) = root.parent.glob("data/cache/folders/*/skipped.txt")
    assert listed.read_text().count("\n") == 1
    assert "\x1b" not in listed.read_text()


# --- the cache --------------------------------------------------------------------------------


def forbid_reading(monkeypatch) -> None:
    def fail(*args, **kwargs):
        raise AssertionError("a picture was read again")

    monkeypatch.setattr(folder_chunks, "open_picture", fail)


def test_pictures_are_read_once(root, monkeypatch):
    first = whole(root)
    forbid_reading(monkeypatch)
    again = whole(root)
    for split in data.SPLITS:
        np.testing.assert_array_equal(first[split].images, again[split].images)
        np.testing.assert_array_equal(first[split].labels, again[split].labels)


def test_images_are_mapped_and_cannot_be_written(root):
    images = load(root).images
    base: object = images
    while isinstance(base, np.ndarray) and not isinstance(base, np.memmap):
        base = base.base
    assert isinstance(base, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        images[0, 0, 0, 0] = 1


def test_the_cache_follows_the_folder(root):
    assert sum(map(len, whole(root).values())) == 60
    (root / "pets" / "cat" / "3.png").unlink()
    assert sum(map(len, whole(root).values())) == 59
    changed = root / "pets" / "cat" / "4.png"
    picture(4444).save(changed)
    os.utime(changed, ns=(1, 1))
    everything = set.union(*map(contents, whole(root, size=40).values()))
    assert np.asarray(picture(4444)).tobytes() in everything


def test_outgrown_caches_are_removed_and_other_sizes_kept(root):
    load(root, size=16)
    load(root, size=20)
    picture(77).save(root / "pets" / "cat" / "new.png")
    load(root, size=16)
    caches = sorted(path.name for path in (root.parent / "data/cache/folders").iterdir())
    assert [name.split("-")[1] for name in caches] == ["16", "20"]


@pytest.mark.parametrize("file", ["images.npy", "labels.npy", "manifest.json"])
@pytest.mark.parametrize("harm", ["missing", "cut", "foreign"])
def test_a_damaged_cache_is_made_anew(root, file, harm):
    first = whole(root)
    expected = {split: one.images.copy() for split, one in first.items()}
    (path,) = root.parent.glob(f"data/cache/folders/*/{file}")
    content = path.read_bytes()
    del first
    path.unlink()
    if harm != "missing":
        path.write_bytes(content[: len(content) // 2] if harm == "cut" else b"[1, 2]")
    for split in data.SPLITS:
        np.testing.assert_array_equal(load(root, split).images, expected[split])


def begun(root: Path) -> list[Path]:
    return list((root.parent / "data/cache/folders").iterdir())


@pytest.mark.parametrize("at", ["reading images", "putting images in order"])
def test_a_scan_that_filled_the_disk_leaves_nothing(root, at):
    def interrupt(what: str, done: int, total: int) -> None:
        if what == at:
            raise OSError(28, "No space left on device")

    with pytest.raises(DataError, match="No space left"):
        load(root, progress=interrupt)
    assert begun(root) == []
    assert sum(map(len, whole(root).values())) == 60


def interrupted(root: Path, *, after: int) -> None:
    """Begin to read the folder, and stop when so many pictures were read."""

    def interrupt(what: str, done: int, total: int) -> None:
        if what == "reading images" and done >= after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(root, progress=interrupt)


def test_an_interrupted_scan_is_taken_up_again(root, monkeypatch):
    expected = {split: one.images.copy() for split, one in whole(root).items()}
    shutil.rmtree(root.parent / "data")
    monkeypatch.setattr(folder_chunks, "_THREADS", 1)
    interrupted(root, after=32)
    (part,) = begun(root)
    n_done = 16 * len(list(part.glob("*.json")))
    assert n_done >= 32
    opened = []
    monkeypatch.setattr(
        folder_chunks,
        "open_picture",
        lambda file, **options: opened.append(file) or open_picture(file, **options),
    )
    for split in data.SPLITS:
        np.testing.assert_array_equal(load(root, split).images, expected[split])
    assert len(opened) == max(0, 60 - n_done)
    assert [path.suffix for path in begun(root)] == [""]


def test_what_an_interrupted_scan_left_is_read_again_where_it_is_not_whole(root):
    expected = {split: one.images.copy() for split, one in whole(root).items()}
    shutil.rmtree(root.parent / "data")
    interrupted(root, after=60)
    (part,) = begun(root)
    first, second, *_ = sorted(part.glob("*.json"))
    first.write_text(first.read_text()[:100])
    second.write_text("[1, 2]")
    with (part / "pixels.raw").open("r+b") as raw:
        raw.seek(40 * 32 * 32 * 3)
        raw.write(b"lost in a power cut")
    for split in data.SPLITS:
        np.testing.assert_array_equal(load(root, split).images, expected[split])


def test_what_an_interrupted_scan_left_goes_when_the_folder_changes(root):
    interrupted(root, after=16)
    (root / "pets" / "cat" / "3.png").unlink()
    assert sum(map(len, whole(root).values())) == 59
    assert [path.suffix for path in begun(root)] == [""]


def test_many_pictures_are_read_by_processes_and_give_the_same_cache(root, monkeypatch):
    spoil(root / "pets")
    expected = whole(root)
    images = {split: one.images.copy() for split, one in expected.items()}
    shutil.rmtree(root.parent / "data")
    monkeypatch.setattr(folder_chunks, "_MANY", 10)
    monkeypatch.setattr(folder_chunks, "_PROCESSES", 2)
    forbid_reading(monkeypatch)  # in this process
    for split, one in whole(root).items():
        np.testing.assert_array_equal(one.images, images[split])
        assert one.skipped == expected[split].skipped


KILLED = """
import os, signal, sys
from pathlib import Path
from latentlab import data
from latentlab.data import folder_scan
folder_scan._MANY, folder_scan._PROCESSES = 10, 2
def progress(what, done, total):
    if what == "reading images" and done:
        print("dying", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
if __name__ == "__main__":
    root = Path(sys.argv[1])
    data.load("folder:pets", "train", data_dir=root.parent / "data", data_root=root,
              progress=progress)
"""


@pytest.mark.skipif(os.name != "posix", reason="no signals there")
def test_a_killed_scan_leaves_no_process_behind_and_is_taken_up_again(root, tmp_path):
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    done = subprocess.run(
        [sys.executable, script, root], stdout=subprocess.PIPE, text=True, timeout=60
    )  # its output ends only when the last process that could write to it has ended
    assert done.returncode == -signal.SIGKILL
    assert done.stdout == "dying\n"
    (part,) = begun(root)
    assert part.suffix == ".part"
    assert list(part.glob("*.json"))
    assert sum(map(len, whole(root).values())) == 60


def test_splits_loaded_together_look_at_the_folder_once(root, monkeypatch):
    load(root)
    looked = []
    known = folder_files._look
    monkeypatch.setattr(folder_files, "_look", lambda *a: looked.append(a) or known(*a))
    with data.looked_at_once():
        whole(root)
    assert len(looked) == 1
    whole(root)
    assert len(looked) == 4


class Clock:
    """A clock that is set by hand and knows who has read it."""

    def __init__(self) -> None:
        self.now, self.read = 0.0, []

    def monotonic(self) -> float:
        self.read.append(1)
        return self.now


def test_who_asks_while_somebody_looks_is_told_the_same(tmp_path, monkeypatch):
    clock, looked, may_end = Clock(), [], threading.Event()

    def look(*given):
        looked.append(given)
        assert may_end.wait(60)
        clock.now += 0.5
        return "found"

    monkeypatch.setattr(folder_files, "time", clock)
    monkeypatch.setattr(folder_files, "_look", look)
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(folder_files.fingerprint, tmp_path, print) for _ in range(4)]
        while len(clock.read) < 5:  # all have asked, and one of them has begun
            time.sleep(0.01)
        may_end.set()
        assert [each.result() for each in asked] == ["found"] * 4
    assert len(looked) == 1
    folder_files.fingerprint(tmp_path, print)
    assert len(looked) == 2


def test_what_takes_long_to_look_at_is_good_for_ten_times_as_long(tmp_path, monkeypatch):
    clock, looked = Clock(), []

    def look(*given):
        looked.append(given)
        clock.now += 4
        return str(len(looked))

    monkeypatch.setattr(folder_files, "time", clock)
    monkeypatch.setattr(folder_files, "_look", look)
    found = []
    for clock.now in (0.0, 5.0, 43.9, 44.0):
        found.append(folder_files.fingerprint(tmp_path, print))
    assert found == ["1", "1", "1", "2"]


def test_what_a_killed_scan_left_is_swept_away(root):
    where = root.parent / "data/cache/folders"
    (where / ".writing-left").mkdir(parents=True)
    with beside(where / "running") as running:
        load(root)
        assert running.is_dir()
    assert not (where / ".writing-left").exists()


def test_a_full_disk_is_noticed_beforehand(root, monkeypatch):
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr(folder_cache.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(DataError, match="GB"):
        load(root)


def test_a_data_folder_that_cannot_be_written_is_named(root):
    (root.parent / "data").write_text("in the way")
    with pytest.raises(DataError, match="cannot be written"):
        load(root)


def test_progress_is_told(root):
    told = []
    load(root, progress=lambda *args: told.append(args))
    assert ("reading images", 60, 60) in told
    assert ("putting images in order", 60, 60) in told


# --- names and small folders ------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../pets", "a/b", "/etc", "c:\\x", ".hidden", "x" * 101, "a\0b", "a\nb"]
)
def test_names_that_could_escape_are_refused(root, name):
    with pytest.raises(DataError):
        data.dataset(f"folder:{name}")
    with pytest.raises(DataError):
        load(root, name=name)


@settings(deadline=None)
@given(st.text(max_size=120))
def test_any_accepted_name_is_one_step_below_the_root(name):
    try:
        own = folder.folder_name(f"folder:{name}")
    except DataError:
        return
    assert own not in ("", ".", "..")
    assert Path("/root", own).parent == Path("/root")
    assert (Path("/root") / own).name == own


def test_a_missing_folder_says_where_it_was_looked_for(root):
    assert not data.available("folder:birds", data_root=root)
    with pytest.raises(DataError, match=r"'birds' in .*root"):
        load(root, name="birds")


def test_a_link_to_a_folder_is_not_followed(root, tmp_path):
    (root / "sly").symlink_to(root / "pets")
    assert not data.available("folder:sly", data_root=root)
    with pytest.raises(DataError, match="link"):
        load(root, name="sly")


def save(picture: Image.Image, *parts: str | Path) -> None:
    path = Path(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path)


def test_where_only_validation_is_published_test_is_cut_from_train(tmp_path):
    pets = tmp_path / "root" / "pets"
    for k, split in enumerate(("train", "val")):
        for number in range(30):
            save(picture(100 * k + number), pets, split, "ants", f"{number}.png")
            save(picture(1000 + 100 * k + number), pets, split, "bees", f"{number}.png")
    sets = whole(tmp_path / "root", size=40)
    assert sets["train"].class_names == ("ants", "bees")
    assert len(sets["validation"]) == 60
    assert len(sets["train"]) + len(sets["test"]) == 60
    assert 1 <= len(sets["test"]) <= 16
    assert any("test is a tenth cut out of train" in note for note in sets["test"].notes)


def test_unlabeled_test_pictures_stay_unlabeled(tmp_path):
    pets = tmp_path / "root" / "pets"
    for number in range(20):
        save(picture(number), pets, "train", "cat", f"{number}.png")
        save(picture(100 + number), pets, "train", "dog", f"{number}.png")
        save(picture(200 + number), pets, "test", f"{number}.png")
    test = load(tmp_path / "root", "test")
    assert test.class_names == ("cat", "dog", "unlabeled")
    assert len(test) == 20
    assert set(test.labels.tolist()) == {2}


def test_a_class_is_one_whichever_form_of_unicode_its_folders_have(tmp_path):
    pets = tmp_path / "root" / "pets"
    for k, (split, form) in enumerate((("train", "NFC"), ("test", "NFD"))):
        for number in range(20):
            name = unicodedata.normalize(form, "\u00e9p\u00e9e")
            save(picture(100 * k + number), pets, split, name, f"{number}.png")
    assert load(tmp_path / "root").class_names == ("\u00e9p\u00e9e",)


def test_a_folder_is_found_whichever_form_of_unicode_its_name_has(tmp_path):
    for number in range(9):
        save(picture(number), tmp_path / "root", "u\u0308ber", f"{number}.png")
    assert data.available("folder:\u00fcber", data_root=tmp_path / "root")
    assert load(tmp_path / "root", name="\u00fcber").class_names == ("\u00fcber",)


def deep(number: int, brightest: int) -> Image.Image:
    levels = np.random.default_rng(number).integers(0, brightest + 1, (20, 20))
    levels[0, 0] = brightest
    return Image.fromarray(levels.astype(np.uint16))


def test_twelve_bits_in_files_of_sixteen_use_the_set_s_own_range(tmp_path):
    for number in range(20):
        save(deep(number, 4000 if number == 7 else 500), tmp_path / "root", "deep", f"{number}.png")
    sets = whole(tmp_path / "root", "deep", size=20)
    every = np.concatenate([one.images for one in sets.values()])
    assert sorted(every.max(axis=(1, 2, 3)).tolist()) == [31] * 19 + [249]
    assert any("4,000, so 4,095 was taken" in note for note in sets["train"].notes)


def test_sixteen_bits_are_said_nothing_of(tmp_path):
    for number in range(9):
        save(deep(number, 60_000), tmp_path / "root", "deep", f"{number}.png")
    found = load(tmp_path / "root", name="deep", size=20)
    assert not any("white" in note for note in found.notes)
    assert found.images.max() == 233


def test_the_reason_is_named_where_no_picture_can_be_read(tmp_path):
    for number in range(5):
        spoilt = np.full((20, 20), np.nan, np.float32)
        save(Image.fromarray(spoilt), tmp_path / "root", "nan", f"{number}.tif")
    with pytest.raises(DataError, match=r"the first being 0\.tif: .*not numbers"):
        load(tmp_path / "root", name="nan")


def test_every_row_is_part_of_the_sum(root):
    sums = {split: split_sum(one) for split, one in whole(root).items()}
    for split, one in whole(root).items():
        assert sums[split] == pixel_sum(np.array(one.images))
        changed = np.array(one.images)
        changed[len(one) // 2, 3, 3, 0] ^= 1
        assert pixel_sum(changed) != sums[split]
        assert pixel_sum(one.images[::-1]) != sums[split]
    few = load(root, n_images=5)
    assert split_sum(few) == pixel_sum(few.images) != sums["train"]


@pytest.mark.parametrize("n", [0, 1, 2])
def test_too_few_pictures_are_refused(tmp_path, n):
    few = tmp_path / "root" / "few"
    few.mkdir(parents=True)
    for number in range(n):
        picture(number).save(few / f"{number}.png")
    (few / "bad.png").write_text("no")
    with pytest.raises(
        DataError, match=rf"{n} different images .* 1 were skipped, the first being bad.png: "
    ):
        load(tmp_path / "root", name="few")


@pytest.mark.parametrize("n", range(3, 12))
def test_no_split_of_a_tiny_folder_is_empty(tmp_path, n):
    tiny = tmp_path / "root" / "tiny"
    tiny.mkdir(parents=True)
    for number in range(n):
        picture(number + 50 * n).save(tiny / f"{number}.png")
    sets = whole(tmp_path / "root", "tiny")
    assert all(len(one) > 0 for one in sets.values())
    assert len(set.union(*map(contents, sets.values()))) == n


def test_the_first_images_do_not_depend_on_how_many(root):
    np.testing.assert_array_equal(load(root, n_images=5).images, load(root).images[:5])


def test_the_data_root_defaults_to_images_below_the_data_folder(root, monkeypatch):
    monkeypatch.setenv("LATENTLAB_DATA", str(root.parent / "data"))
    assert not data.available("folder:pets")
    (root.parent / "data").mkdir()
    root.rename(root.parent / "data" / "images")
    assert data.available("folder:pets")
    monkeypatch.setenv("LATENTLAB_DATA_ROOT", str(root))
    assert not data.available("folder:pets")
