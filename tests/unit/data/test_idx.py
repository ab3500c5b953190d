import gzip
import struct

import numpy as np
import pytest

from latentlab.data import idx
from latentlab.errors import DataError


def idx_bytes(array: np.ndarray, kind: int = 8) -> bytes:
    head = struct.pack(f">BBBB{array.ndim}I", 0, 0, kind, array.ndim, *array.shape)
    return head + array.tobytes()


@pytest.mark.parametrize("shape", [(7,), (3, 4, 5)])
@pytest.mark.parametrize("packed", [False, True])
def test_reading_what_was_written(tmp_path, shape, packed):
    array = np.random.default_rng(0).integers(0, 255, shape, dtype=np.uint8)
    path = tmp_path / ("file.gz" if packed else "file")
    path.write_bytes(gzip.compress(idx_bytes(array)) if packed else idx_bytes(array))
    assert idx.find(tmp_path, "file") == path
    read = idx.read_idx(path)
    np.testing.assert_array_equal(read, array)
    assert not read.flags.writeable


def test_find_prefers_the_unpacked_file(tmp_path):
    assert idx.find(tmp_path, "file") is None
    for name in ("file.gz", "file"):
        (tmp_path / name).write_bytes(b"")
    assert idx.find(tmp_path, "file") == tmp_path / "file"


ARRAY = np.zeros((3, 4, 5), dtype=np.uint8)


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\0\0",
        b"hello, I am no such file",
        idx_bytes(ARRAY)[:-1],
        idx_bytes(ARRAY) + b"x",
        idx_bytes(ARRAY, kind=13),
        struct.pack(">BBBB3I", 0, 0, 8, 3, 2**31, 2**31, 2**31),
        idx_bytes(ARRAY[None]),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_broken_file_is_named(tmp_path, broken, packed):
    path = tmp_path / ("file.gz" if packed else "file")
    path.write_bytes(gzip.compress(broken) if packed else broken)
    with pytest.raises(DataError, match="damaged"):
        idx.read_idx(path)


def test_a_broken_compression_is_named(tmp_path):
    path = tmp_path / "file.gz"
    packed = gzip.compress(np.random.default_rng(0).bytes(10_000))
    for broken in (b"not gzip", packed[:500], packed[:300] + b"xxxxxxxx" + packed[308:]):
        path.write_bytes(broken)
        with pytest.raises(DataError, match="damaged"):
            idx.read_idx(path)


def test_unpack_leaves_only_the_unpacked_file(tmp_path):
    (tmp_path / "file.gz").write_bytes(gzip.compress(idx_bytes(ARRAY)))
    idx.unpack(tmp_path / "file.gz")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    np.testing.assert_array_equal(idx.read_idx(tmp_path / "file"), ARRAY)


@pytest.mark.parametrize("content", [gzip.compress(bytes(200))[:-12], b"no archive"])
def test_a_download_that_was_cut_off_is_called_damaged_and_stays(tmp_path, content):
    (tmp_path / "file.gz").write_bytes(content)
    with pytest.raises(DataError, match="is damaged; delete it"):
        idx.unpack(tmp_path / "file.gz")
    assert [path.name for path in tmp_path.iterdir()] == ["file.gz"]
