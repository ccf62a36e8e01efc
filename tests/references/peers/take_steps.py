"""Takes steps of a GAN with a benchmark's peer, from given weights and random numbers, and compares the results.

python take_steps.py FRAMEWORK MODE FOLDER: FOLDER has arrays.json, a list of names with shapes, and arrays.f32, their
numbers. Prints the losses of each step, and for each network how far its weights are from the expected ones, as a share of
how far the steps have moved them.
"""

import importlib
import json
import os
import sys

framework, mode, folder = sys.argv[1:4]
here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "../../../lib/bench/peers"))
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["JAX_PLATFORMS"] = "cpu"

import numpy as np  # noqa: E402  the environment must be set first

with open(os.path.join(folder, "arrays.json")) as file:
    index = json.load(file)
numbers = np.fromfile(os.path.join(folder, "arrays.f32"), np.float32)
arrays, at = {}, 0
for name, shape in index:
    size = int(np.prod(shape))
    arrays.setdefault(name, []).append(numbers[at : at + size].reshape(shape).copy())
    at += size

images = np.zeros((128, 28, 28), np.uint8)
peer = importlib.import_module(f"{framework}_steps").make_gan(images, 1, mode, dropout=0.0)
initial = {name: arrays[f"initial/{name}"] for name in ("generator", "discriminator")}
peer.load(initial)
draws = ("real", "real_targets", "fake_latents", "fake_targets", "latents")
losses = [
    [float(loss) for loss in peer.update({name: arrays[name][step] for name in draws})]
    for step in range(len(arrays["real"]))
]


def flat(values):
    return np.concatenate([np.asarray(value, np.float64).ravel() for value in values])


def distance(name, values):
    wanted = flat(arrays[f"wanted/{name}"])
    moved = wanted - flat(initial["generator" if name == "average" else name])
    return float(np.linalg.norm(flat(values) - wanted) / np.linalg.norm(moved))


distances = {name: distance(name, values) for name, values in peer.weights().items()}
print(json.dumps({"losses": losses, "distances": distances}))
