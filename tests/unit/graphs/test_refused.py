"""What an ONNX file must not hold is refused in one sentence, before anything is run."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from latentlab.errors import NetworkError
from latentlab.graphs import reading
from latentlab.graphs.pairing import pair
from latentlab.graphs.planning import plan
from latentlab.graphs.reading import read_graph
from latentlab.graphs.session import Session

FLOAT = TensorProto.FLOAT
IMAGES = np.random.default_rng(0).random((24, 8, 8, 1), np.float32)


def model(
    nodes: list[onnx.NodeProto],
    *,
    inputs: dict[str, list[int | str]] | None = None,
    outputs: dict[str, list[int | str]] | None = None,
    weights: dict[str, np.ndarray] | None = None,
    opset: int = 17,
) -> onnx.ModelProto:
    graph = helper.make_graph(
        nodes,
        "test",
        [
            helper.make_tensor_value_info(name, FLOAT, shape)
            for name, shape in (inputs or {"x": ["n", 4]}).items()
        ],
        [
            helper.make_tensor_value_info(name, FLOAT, shape)
            for name, shape in (outputs or {"y": ["n", 4]}).items()
        ],
        [numpy_helper.from_array(array, name) for name, array in (weights or {}).items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=9)


def linear(n_in: int, n_out: int, *, batch: int | str = "n", scale: float = 0.05) -> bytes:
    weight = np.random.default_rng(1).normal(size=(n_in, n_out)).astype(np.float32) * scale
    made = model(
        [helper.make_node("MatMul", ["x", "w"], ["y"])],
        inputs={"x": [batch, n_in]},
        outputs={"y": [batch, n_out]},
        weights={"w": weight},
    )
    return bytes(made.SerializeToString())


def reading_fails(made: onnx.ModelProto) -> str:
    with pytest.raises(NetworkError) as caught:
        read_graph(made.SerializeToString(), "The encoder")
    return str(caught.value)


def test_bytes_that_are_no_graph():
    for content in (b"", b"\x80\x04pickle", b"PK\x03\x04", b"{}" * 500):
        with pytest.raises(NetworkError, match="is not an ONNX file"):
            read_graph(content, "The encoder")


def test_a_file_that_is_too_large(monkeypatch):
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    with pytest.raises(NetworkError, match="a network may have at most"):
        read_graph(linear(4, 4), "The encoder")


def test_weights_in_another_file():
    made = model([helper.make_node("Add", ["x", "w"], ["y"])], weights={"w": np.ones(4, "f4")})
    tensor = made.graph.initializer[0]
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="/etc/passwd")
    assert "keeps weights in another file" in reading_fails(made)


def test_operators_of_somebody_else():
    foreign = helper.make_node("Hack", ["x"], ["y"], domain="com.example")
    assert "not in the ONNX standard (com.example)" in reading_fails(model([foreign]))
    assert "which ONNX does not have" in reading_fails(
        model([helper.make_node("Hack", ["x"], ["y"])])
    )


def test_functions_of_its_own():
    made = model([helper.make_node("Identity", ["x"], ["y"])])
    made.functions.append(
        helper.make_function("own", "F", ["a"], ["b"], [], [helper.make_opsetid("", 17)])
    )
    assert "not in the ONNX standard" in reading_fails(made)


@pytest.mark.parametrize("op", ["If", "Loop", "Scan"])
def test_branches_and_loops(op):
    body = helper.make_graph([], "body", [], [])
    names = {"If": ["then_branch", "else_branch"], "Loop": ["body"], "Scan": ["body"]}
    node = helper.make_node(op, ["x"], ["y"], **dict.fromkeys(names[op], body))
    assert f"has a branch or a loop ({op})" in reading_fails(model([node]))


def test_versions_that_are_not_known():
    assert "has opset version 3" in reading_fails(
        model([helper.make_node("Relu", ["x"], ["y"])], opset=3)
    )


def test_weights_that_are_not_numbers():
    weights = {"w": np.array([1, np.nan, 1, 1], np.float32)}
    made = model([helper.make_node("Add", ["x", "w"], ["y"])], weights=weights)
    assert "weights that are not numbers" in reading_fails(made)


def test_ten_thousand_operators():
    names = ["x", *(f"v{i}" for i in range(10_000)), "y"]
    nodes = [helper.make_node("Relu", [a], [b]) for a, b in pairwise(names)]
    graph = read_graph(model(nodes).SerializeToString(), "The encoder")
    with pytest.raises(NetworkError, match="10,001 operators, and 2,000 are the most"):
        plan(graph, (1, 4), ("y",))


def test_random_numbers():
    nodes = [
        helper.make_node("RandomNormalLike", ["x"], ["r"]),
        helper.make_node("Add", ["x", "r"], ["y"]),
    ]
    graph = read_graph(model(nodes).SerializeToString(), "The encoder")
    with pytest.raises(NetworkError, match=r"draws random numbers .* export the mean"):
        plan(graph, (1, 4), ("y",))


@pytest.mark.parametrize(
    ("shape", "sentence"),
    [
        ([1, 2**30], "makes 1,073,741,824 values at once"),
        ([2**13, 2**11, 2], "makes 33,554,432 values at once"),
    ],
)
def test_values_that_would_fill_the_memory(shape, sentence):
    nodes = [
        helper.make_node("Expand", ["x", "shape"], ["big"]),
        helper.make_node("ReduceMax", ["big"], ["y"], keepdims=0),
    ]
    made = model(
        nodes,
        inputs={"x": ["n", 1]},
        outputs={"y": []},
        weights={"shape": np.array(shape, np.int64)},
    )
    graph = read_graph(made.SerializeToString(), "The encoder")
    with pytest.raises(NetworkError, match=sentence):
        plan(graph, (1, 1), ("y",))


def test_large_constants_are_not_computed():
    nodes = [
        helper.make_node("ConstantOfShape", ["shape"], ["big"]),
        helper.make_node("ReduceMax", ["big"], ["m"], keepdims=0),
        helper.make_node("Add", ["x", "m"], ["y"]),
    ]
    made = model(nodes, weights={"shape": np.array([2**22], np.int64)})
    graph = read_graph(made.SerializeToString(), "The encoder")
    with pytest.raises(NetworkError, match="computes large constants"):
        plan(graph, (1, 4), ("y",))


def test_work_that_would_never_end(monkeypatch):
    monkeypatch.setattr("latentlab.graphs.planning.MOST_WORK", 100.0)
    graph = read_graph(linear(64, 64), "The encoder")
    with pytest.raises(NetworkError, match="multiplications for one image"):
        plan(graph, (1, 64), ("y",))


def test_a_call_that_takes_too_long(monkeypatch):
    names = ["x", *(f"v{i}" for i in range(100)), "y"]
    made = model(
        [helper.make_node("MatMul", [a, "w"], [b]) for a, b in pairwise(names)],
        inputs={"x": ["n", 512]},
        outputs={"y": ["n", 512]},
        weights={"w": np.zeros((512, 512), np.float32)},
    )
    session = Session(read_graph(made.SerializeToString(), "The encoder"), (512,))
    monkeypatch.setattr("latentlab.graphs.session.LONGEST", 1e-3)
    with pytest.raises(NetworkError, match="The encoder cannot be run by ONNX Runtime"):
        session.run(np.zeros((256, 512), np.float32))


def fitting_fails(encoder: bytes, decoder: bytes, images: np.ndarray = IMAGES) -> str:
    with pytest.raises(NetworkError) as caught:
        pair(read_graph(encoder, "The encoder"), read_graph(decoder, "The decoder"), images)
    return str(caught.value)


def test_halves_of_different_networks():
    said = fitting_fails(linear(64, 16), linear(5, 64))
    assert "gives 16 numbers for an image, and the decoder takes 5" in said


def test_images_of_another_size():
    assert "takes (n, 100), and the images are 8 x 8" in fitting_fails(
        linear(100, 4), linear(4, 100)
    )
    assert "which is no image of 8 x 8" in fitting_fails(linear(64, 4), linear(4, 100))


def test_a_conditional_decoder():
    made = model(
        [helper.make_node("Concat", ["z", "label"], ["y"], axis=1)],
        inputs={"z": ["n", 4], "label": ["n", 60]},
        outputs={"y": ["n", 64]},
    )
    said = fitting_fails(linear(64, 4), made.SerializeToString())
    assert "takes 2 inputs (z, label)" in said
    assert "conditional" in said


def test_a_batch_that_is_fixed():
    assert "exactly 32 images at a time" in fitting_fails(linear(64, 4, batch=32), linear(4, 64))
    one = read_graph(linear(64, 4, batch=1), "The encoder")
    found = pair(one, read_graph(linear(4, 64, batch=1), "The decoder"), IMAGES)
    assert any("one image at a time" in note for note in found.notes)
    assert found.codec((8, 8, 1)).reconstruct(IMAGES[:5]).shape == (5, 8, 8, 1)


def test_values_beyond_the_range_are_clipped_and_said():
    graphs = read_graph(linear(64, 4), "The encoder"), read_graph(linear(4, 64), "The decoder")
    found = pair(*graphs, IMAGES)
    assert any("lie beyond [0, 1] and are clipped" in note for note in found.notes)
    images = found.codec((8, 8, 1)).reconstruct(IMAGES)
    assert images.min() >= 0
    assert images.max() <= 1


def test_answers_that_are_not_numbers():
    nodes = [
        helper.make_node("Sub", ["x", "x"], ["zero"]),
        helper.make_node("Div", ["zero", "zero"], ["y"]),
    ]
    made = model(nodes, inputs={"x": ["n", 64]}, outputs={"y": ["n", 64]})
    said = fitting_fails(made.SerializeToString(), linear(64, 64))
    assert "answers with values that are not numbers (100 % are NaN" in said


def test_a_network_for_minus_one_to_one_and_one_with_logits():
    """An exact autoencoder of 64 dimensions: which range is meant can be seen."""
    identity = helper.make_node("Identity", ["x"], ["y"])
    plain = model([identity], inputs={"x": ["n", 64]}, outputs={"y": ["n", 64]})
    content = plain.SerializeToString()
    shifted = model(
        [
            helper.make_node("Mul", ["x", "two"], ["m"]),
            helper.make_node("Sub", ["m", "one"], ["y"]),
        ],
        inputs={"x": ["n", 64]},
        outputs={"y": ["n", 64]},
        weights={"two": np.array(2, np.float32), "one": np.array(1, np.float32)},
    ).SerializeToString()
    found = pair(read_graph(content, "The encoder"), read_graph(shifted, "The decoder"), IMAGES)
    assert any("the decoder gives values in [-1, 1]" in note for note in found.notes)
    error = np.abs(found.codec((8, 8, 1)).reconstruct(IMAGES) - IMAGES).max()
    assert error < 1e-5
