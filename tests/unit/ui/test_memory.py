"""Threads that each free a large block must not each keep it."""

import platform
import subprocess
import sys

import pytest

from latentlab.ui import memory

# Thirty-two threads at once take a large block and free it, twice: after the first time, glibc has
# learned that such blocks come and go. Printed is what its heaps then hold.
MANY = """
import ctypes, re, tempfile, threading
{before}
libc = ctypes.CDLL(None)
libc.malloc.restype = libc.fdopen.restype = ctypes.c_void_p
libc.free.argtypes = libc.fflush.argtypes = [ctypes.c_void_p]
libc.malloc_info.argtypes = [ctypes.c_int, ctypes.c_void_p]
together = threading.Barrier(32)
def work():
    for _ in range(2):
        together.wait()
        block = libc.malloc(12_000_000)
        together.wait()
        libc.free(block)
threads = [threading.Thread(target=work) for _ in range(32)]
for thread in threads: thread.start()
for thread in threads: thread.join()
with tempfile.TemporaryFile() as file:
    stream = libc.fdopen(file.fileno(), b"w")
    libc.malloc_info(0, stream)
    libc.fflush(stream)
    file.seek(0)
    heaps = re.findall(rb'<system type="current" size="(\\d+)"', file.read())
    print(sum(map(int, heaps[:-1])))  # the last is the sum
"""
GLIBC = sys.platform == "linux" and platform.libc_ver()[0] == "glibc"


def kept(before: str = "") -> int:
    command = [sys.executable, "-c", MANY.replace("{before}", before)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.skipif(not GLIBC, reason="only glibc has many heaps")
def test_no_thread_leaves_a_large_block_behind():
    told = "from latentlab.ui import memory; assert memory.give_back()"
    assert kept("from latentlab.ui import memory") > kept(told) + 9_000_000


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_elsewhere_nothing_is_told(system: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", system)
    assert not memory.give_back()


def test_without_mallopt_nothing_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(memory.ctypes, "CDLL", lambda _: object())
    assert not memory.give_back()
