import pickle

import numpy as np
import pytest
from affine import Affine
from hypothesis import given
from hypothesis import strategies as st

from weijian.imagery.shift import Lattice, ShiftField

metres = st.floats(-1e4, 1e4)


@given(x=metres, y=metres, dx=st.floats(-50, 50), dy=st.floats(-50, 50))
def test_a_constant_is_the_same_everywhere(x: float, y: float, dx: float, dy: float) -> None:
    found = ShiftField.constant(dx, dy).at(x, y)
    assert [float(v) for v in found] == pytest.approx([dx, dy])


@given(x=metres, y=metres)
def test_many_points_at_once_are_the_same_as_one_by_one(x: float, y: float) -> None:
    field = ShiftField(10, 20, Affine(1e-3, 2e-3, 1, -2e-3, 1e-3, 2), LATTICE)
    dx, dy = field.at(np.array([[x, y]]), np.array([[y, x]]))
    assert dx.shape == (1, 2)
    assert (dx[0, 0], dy[0, 0]) == pytest.approx(tuple(float(v) for v in field.at(x, y)))


LATTICE = Lattice(0, 0, 10, ((0, 1, 2), (10, 11, 12)), ((5, 5, 5), (6, 6, 6)))


def test_lattice_is_met_at_its_nodes_linear_between_and_constant_beyond() -> None:
    x, y = np.array([0, 20, 5, 15, -100, 900]), np.array([0, 10, 0, 5, 5, 900])
    dx, dy = LATTICE.at(x.astype(float), y.astype(float))
    np.testing.assert_allclose(dx, [0, 12, 0.5, 6.5, 5, 12])
    np.testing.assert_allclose(dy, [5, 6, 5, 5.5, 5.5, 6])


@given(x=st.floats(-5, 25), y=st.floats(-5, 15), step=st.floats(0, 0.01))
def test_lattice_has_no_steps(x: float, y: float, step: float) -> None:
    here, there = LATTICE.at(np.array([x]), np.array([y])), LATTICE.at(np.array([x + step]), np.array([y]))
    assert abs(float(there[0][0] - here[0][0])) <= 0.1 * step + 1e-9


def test_a_single_node_is_a_constant() -> None:
    assert [float(v[0]) for v in Lattice(0, 0, 1, ((3,),), ((4,),)).at(np.array([7.0]), np.array([9.0]))] == [3, 4]


def test_it_travels_to_other_processes() -> None:
    field = ShiftField(1, 2, Affine(0, 0, 3, 0, 0, 4), LATTICE)
    assert pickle.loads(pickle.dumps(field)) == field  # noqa: S301
