"""Takes steps of a GAN with a benchmark's peer, from given weights and random numbers, and compares the results.

python take_steps.py FRAMEWORK MODE FOLDER: FOLDER has arrays as in arrays.py. Prints the losses of each step, and for each
network how far its weights are from the expected ones, as a share of how far the steps have moved them.
"""

import json
import sys

import numpy as np
from arrays import import_steps, read_arrays

framework, mode, folder = sys.argv[1:4]
arrays = read_arrays(folder)
images = np.zeros((128, 28, 28), np.uint8)
peer = import_steps(framework).make_gan(images, 1, mode, dropout=0.0)
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
