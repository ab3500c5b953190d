"""Promises that every task keeps, drawn from the table."""

import numpy as np
import pytest

from latentlab.analysis.baselines import BASELINES
from latentlab.errors import ConfigError, ImageError
from latentlab.tasks import TASKS

SHAPES = [(3, 8, 8, 3), (2, 28, 28, 1), (1, 13, 17, 3), (2, 1, 1, 3)]


def images(shape):
    return np.random.default_rng(0).random(shape, np.float32)


def fitting(task):
    return [shape for shape in SHAPES if shape[3] in task.channels]


@pytest.fixture(params=TASKS)
def task(request):
    return TASKS[request.param]


def test_shape_and_range_are_kept(task):
    for shape in fitting(task):
        for kind in task.kinds:
            for strength in (task.usual, task.maximum):
                degraded = task.degrade(images(shape), strength, 1, kind=kind)
                assert degraded.images.shape == shape
                assert degraded.images.dtype == np.float32
                assert degraded.images.min() >= 0
                assert degraded.images.max() <= 1
                if degraded.masks is not None:
                    assert degraded.masks.shape == (*shape[:3], 1)


def test_the_same_seed_gives_the_same_picture_and_another_seed_another(task):
    clean = images((4, 16, 16, 3))
    first, again, other = (task.degrade(clean, task.usual, seed).images for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    random = task.title not in ("Colorize", "Enlarge")
    assert np.array_equal(first, other) != random


def test_the_input_is_untouched(task):
    clean = images((2, 16, 16, 3))
    clean.flags.writeable = False
    before = clean.copy()
    task.degrade(clean, task.usual, 0)
    assert np.array_equal(clean, before)


def test_strength_0_is_the_identity(task):
    for shape in fitting(task):
        for kind in task.kinds:
            clean = images(shape)
            assert np.array_equal(task.degrade(clean, 0, 3, kind=kind).images, clean)


def test_more_damage_is_farther_from_the_clean_picture(task):
    clean = images((8, 16, 16, 3))
    strengths = (task.step if task.step >= 1 else task.maximum / 4, task.maximum)
    weak, strong = (
        float(((task.degrade(clean, s, 5).images - clean) ** 2).mean()) for s in strengths
    )
    assert 0 < weak < strong


@pytest.mark.parametrize("strength", [-0.1, 99.0])
def test_impossible_strength_is_refused_in_one_sentence(task, strength):
    with pytest.raises(ConfigError, match="cannot be") as caught:
        task.degrade(images((1, 8, 8, 3)), strength, 0)
    assert str(caught.value).count(".") <= 3


def test_gray_images_are_refused_just_where_color_is_needed(task):
    gray = images((1, 8, 8, 1))
    if 1 in task.channels:
        assert task.degrade(gray, task.usual, 0).images.shape == gray.shape
    else:
        with pytest.raises(ImageError, match="color"):
            task.degrade(gray, task.usual, 0)


def test_finishing_the_clean_answer_gives_the_clean_picture(task):
    clean = images((2, 16, 16, 3)) * 0.8 + 0.1
    degraded = task.degrade(clean, task.usual, 0)
    assert np.abs(task.finish(degraded, clean) - clean).max() < 0.02


def test_a_perfect_answer_brings_back_what_a_soft_brush_has_painted_away():
    clean = images((1, 16, 16, 3))
    mask = np.linspace(0, 1, 256, dtype=np.float32).reshape(1, 16, 16, 1)
    degraded = TASKS["inpaint"].degrade_painted(clean, mask, 0.4)
    assert np.array_equal(TASKS["inpaint"].finish(degraded, clean), clean)


def test_training_strengths_lie_in_range_and_repeat_themselves(task):
    drawn = task.draw_strengths(200, np.random.default_rng(1))
    assert drawn.min() >= task.training[0]
    assert drawn.max() <= min(task.training[1], task.maximum)
    assert np.array_equal(drawn, task.draw_strengths(200, np.random.default_rng(1)))


@pytest.mark.parametrize("name", TASKS)
def test_every_task_has_baselines_that_keep_shape_and_range(name):
    clean = images((2, 12, 12, 3))
    degraded = TASKS[name].degrade(clean, TASKS[name].usual, 0)
    for baseline in BASELINES[name]:
        answer = baseline.restore(degraded)
        assert answer.shape == clean.shape
        assert answer.min() >= -1e-6
        assert answer.max() <= 1 + 1e-6


def test_painting_damages_only_where_paint_is():
    clean = images((1, 16, 16, 3))
    mask = np.zeros((1, 16, 16, 1), np.float32)
    mask[0, 4:8, 4:8] = 1
    for task in TASKS.values():
        if task.paint is None:
            with pytest.raises(ConfigError, match="painted"):
                task.degrade_painted(clean, mask, task.usual)
            continue
        changed = (task.degrade_painted(clean, mask, task.usual).images != clean).any(axis=-1)[0]
        assert changed[4:8, 4:8].all()
        changed[4:8, 4:8] = False
        assert not changed.any()
