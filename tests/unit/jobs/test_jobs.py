"""A job in a process of its own: accepted once, steered, killed, found again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from tiny import write_tiny

from latentlab.jobs import JobError, launch, manager, maps
from latentlab.jobs import folder as folders
from latentlab.jobs.folder import Job, Status, write_status
from latentlab.jobs.map_request import Asked
from latentlab.jobs.table import JOBS, kind

ASKED = Asked("tsne", perplexity=5)


@pytest.fixture(autouse=True)
def _no_workers_left():
    yield
    manager.shut_down()


@pytest.fixture
def checkpoint(tmp_path: Path):
    return write_tiny(tmp_path / "checkpoints", latent_dim=5)


@pytest.mark.parametrize("name", JOBS)
def test_every_kind_says_what_is_busy(name):
    assert kind(name).busy.endswith(".")


def test_a_job_leaves_its_result_and_its_status(checkpoint):
    job = maps.start(checkpoint, ASKED)
    assert job.wait(110) == Status("done", 3, 3, "done", started=job.status().started)
    assert list(maps.finished(checkpoint)) == [ASKED.name]
    assert maps.asked_for(job) == ASKED


def test_limits_that_the_server_set_for_itself_are_not_its_workers(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    assert launch._environment()["OMP_NUM_THREADS"] == "1"
    monkeypatch.setenv(launch.LIMITS_SET, "OMP_NUM_THREADS,MKL_NUM_THREADS")
    assert "OMP_NUM_THREADS" not in launch._environment()


def test_a_module_of_the_folder_where_the_app_runs_is_not_imported(checkpoint, monkeypatch):
    folder = checkpoint.path.parent
    (folder / "random.py").write_text("raise SystemExit('the student's own')\n")
    monkeypatch.chdir(folder)
    assert maps.start(checkpoint, ASKED).wait(110).state == "done"


def test_a_killed_worker_is_found_interrupted_and_makes_room(checkpoint):
    job = maps.start(checkpoint, ASKED)
    manager._WORKERS[job.folder.parent].kill()
    assert Job(job.folder).status().state == "interrupted"
    assert maps.start(checkpoint, ASKED).wait(110).state == "done"
    assert not job.folder.exists(), "Of maps, only the newest job keeps its folder."


def test_what_another_app_has_started_can_be_watched_and_not_steered(checkpoint):
    job = maps.start(checkpoint, ASKED)
    ours = manager._WORKERS.pop(job.folder.parent)
    ours.process.send_signal(signal.SIGSTOP)  # so that it cannot end meanwhile
    try:
        with pytest.raises(JobError, match="Another app"):
            manager.cancel(job)
        with pytest.raises(JobError, match="Another map"):
            maps.start(checkpoint, Asked("umap"))
    finally:
        ours.kill()


def test_of_two_apps_that_start_at_once_one_is_refused(checkpoint):
    script = (
        "import sys; from pathlib import Path\n"
        "from latentlab.checkpoints import open_checkpoint\n"
        "from latentlab.errors import LatentlabError\n"
        "from latentlab.jobs import maps\n"
        "from latentlab.jobs.map_request import Asked\n"
        "checkpoint = open_checkpoint(Path(sys.argv[1]))\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "try:\n"
        "    job = maps.start(checkpoint, Asked('umap'))\n"
        "    print('started', flush=True); print(job.wait(110).state)\n"
        "except LatentlabError as error:\n"
        "    print(error)\n"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    command = [sys.executable, "-c", script, str(checkpoint.path)]
    apps = [subprocess.Popen(command, **pipes) for _ in range(2)]
    for app in apps:
        assert app.stdout.readline() == "ready\n"
    for app in apps:
        app.stdin.write("\n")
        app.stdin.flush()
    said = sorted(app.communicate(timeout=110)[0] for app in apps)
    assert said == [
        "Another map is being computed; wait for it or cancel it.\n",
        "started\ndone\n",
    ]


def _hear_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.parametrize("word", [signal.SIGKILL, signal.SIGINT])
def test_a_worker_ends_with_its_app(checkpoint, word):
    """Ctrl-C reaches the whole group of processes on a terminal; a worker has its own."""
    script = (
        "import sys, time; from pathlib import Path\n"
        "from latentlab.jobs import manager\n"
        "manager.warm(Path(sys.argv[1]), 'map')\n"
        "print(*(w.process.pid for w in manager._WORKERS.values()), flush=True)\n"
        "time.sleep(1000)\n"
    )
    app = subprocess.Popen(
        [sys.executable, "-c", script, str(checkpoint.path.parent)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        # Under nohup, Ctrl-C is ignored by what is started.
        preexec_fn=_hear_interrupts,  # noqa: PLW1509 - it does nothing that a thread could hold
    )
    worker = int(app.stdout.readline())
    assert os.getpgid(worker) != os.getpgid(app.pid)
    os.killpg(app.pid, word)
    app.wait(60)
    assert _ends(worker)


def _ends(pid: int) -> bool:
    import psutil

    try:
        return psutil.Process(pid).wait(60) is None
    except psutil.NoSuchProcess:
        return True


def test_a_last_word_fits_on_a_full_disk(tmp_path, monkeypatch):
    (tmp_path / folders.RESERVE).write_bytes(b"room")
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if (tmp_path / folders.RESERVE).exists():
            raise OSError(28, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    write_status(tmp_path, Status("failed", problem="The disk is full."))
    assert Job(tmp_path).status().problem == "The disk is full."


def test_a_folder_that_cannot_be_written_is_named(checkpoint, monkeypatch):
    monkeypatch.setattr(Path, "mkdir", _refuse)
    with pytest.raises(JobError, match=r"jobs.map cannot be written to: No space left"):
        maps.start(checkpoint, ASKED)


def _refuse(path: Path, **_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("content", [b"", b"[1]", b'{"state": "running"', b"\xff"])
def test_a_damaged_status_is_no_job_under_way(tmp_path, content):
    (tmp_path / folders.STATUS).write_bytes(content)
    assert Job(tmp_path).status() == Status("interrupted")
    assert Job(tmp_path).request() == {}


def test_a_status_of_a_later_version_can_be_read(tmp_path):
    status = Status("done", 1, 2)
    folders.replace(
        tmp_path / folders.STATUS,
        str({**asdict(status), "new": 1}).replace("'", '"').replace("None", "null").encode(),
    )
    assert Job(tmp_path).status() == status
