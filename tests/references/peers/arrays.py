"""What a test hands to a benchmark's peer: a folder with arrays.json, a list of names with shapes, and arrays.f32, their
numbers."""

import importlib
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["JAX_PLATFORMS"] = "cpu"

import numpy as np  # noqa: E402  the environment must be set first


def read_arrays(folder):
    """Returns lists of arrays by name."""
    with open(os.path.join(folder, "arrays.json")) as file:
        index = json.load(file)
    numbers = np.fromfile(os.path.join(folder, "arrays.f32"), np.float32)
    arrays, at = {}, 0
    for name, shape in index:
        size = int(np.prod(shape))
        arrays.setdefault(name, []).append(numbers[at : at + size].reshape(shape).copy())
        at += size
    return arrays


def import_steps(framework):
    """Imports a framework's file in lib/bench/peers."""
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path.insert(0, os.path.join(here, "../../../lib/bench/peers"))
    return importlib.import_module(f"{framework}_steps")


def early_epsilon(epsilon, beta2=0.999):
    """Returns the epsilon with which Adam in Keras and TensorFlow takes the first step of Adam in tfjs.

    Keras and TensorFlow add epsilon before the bias correction, where it weighs more (the "epsilon hat" of Kingma and Ba).
    In the second step, a difference of about a hundredth of epsilon remains.
    """
    return epsilon * (1 - beta2) ** 0.5
