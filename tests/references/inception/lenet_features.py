"""Computes LeNet features with NumPy alone, in float64, and writes tests/golden/inception/lenet.json.

python lenet_features.py FOLDER_OF_LENET MNIST_IMAGES OUTPUT
"""
import json
import sys

import numpy as np


def resize_matrix(source, target):
    """Resizes bilinearly with half-pixel centres."""
    at = np.clip((np.arange(target) + 0.5) * source / target - 0.5, 0, source - 1)
    left = np.floor(at).astype(int)
    right = np.minimum(left + 1, source - 1)
    matrix = np.zeros((target, source))
    np.add.at(matrix, (np.arange(target), left), 1 - (at - left))
    np.add.at(matrix, (np.arange(target), right), at - left)
    return matrix


def convolve(x, weight, bias):
    """Convolves x [in, height, width] with weight [out, in, 5, 5] without padding, and applies tanh."""
    windows = np.lib.stride_tricks.sliding_window_view(x, (5, 5), axis=(1, 2))
    return np.tanh(np.einsum("ihwyx,oiyx->ohw", windows, weight) + bias[:, None, None])


def pool(x):
    channels, height, width = x.shape
    return x.reshape(channels, height // 2, 2, width // 2, 2).max(axis=(2, 4))


def features(image, tensors):
    resize = resize_matrix(28, 32)
    x = (resize @ (image / 255) @ resize.T)[None]
    for name in ("c1", "c3", "c5"):
        x = convolve(x, tensors[f"convnet.{name}.weight"], tensors[f"convnet.{name}.bias"])
        x = pool(x) if name != "c5" else x.reshape(-1)
    return np.tanh(tensors["fc.f6.weight"] @ x + tensors["fc.f6.bias"])


def main(folder, images, output):
    table = json.load(open(f"{folder}/lenet.json"))
    numbers = np.fromfile(f"{folder}/lenet.f32", "<f4").astype(np.float64)
    tensors = {
        name: numbers[entry["off"] : entry["off"] + np.prod(entry["shape"])].reshape(entry["shape"])
        for name, entry in table.items()
    }
    digits = np.fromfile(images, np.uint8, offset=16).reshape(-1, 28, 28)[:4]
    golden = {
        "origin": "lenet_features.py, NumPy in float64, first four of MNIST's test images",
        "features": [np.round(features(digit, tensors), 7).tolist() for digit in digits],
    }
    with open(output, "w") as file:
        file.write(json.dumps(golden) + "\n")


main(*sys.argv[1:])
