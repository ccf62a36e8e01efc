"""Takes training steps on request: python serve.py FRAMEWORK TASK MODE DATA THREADS

Each line of standard input is a number of steps, answered with a JSON list of milliseconds. The
first line of output is a JSON object with versions.
"""

import gzip
import importlib
import json
import os
import sys
import time

framework, task, mode, data, threads = sys.argv[1:6]
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["JAX_PLATFORMS"] = "cpu"

import numpy as np  # noqa: E402  the environment has to be set first

answers = os.fdopen(os.dup(1), "w")
# Keeps the output of libraries out of the answers.
os.dup2(2, 1)


def read_idx(name, header):
    path = os.path.join(data, name)
    opened = gzip.open(path + ".gz") if os.path.exists(path + ".gz") else open(path, "rb")
    with opened as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


images = read_idx("train-images-idx3-ubyte", 16).reshape(-1, 28, 28)
labels = read_idx("train-labels-idx1-ubyte", 8)
peer = importlib.import_module(f"{framework}_steps")
step = getattr(peer, task)(images, labels, int(threads), mode)


def answer(value):
    answers.write(json.dumps(value) + "\n")
    answers.flush()


answer(peer.versions())
for line in sys.stdin:
    times = []
    for _ in range(int(line)):
        start = time.perf_counter()
        step()
        times.append((time.perf_counter() - start) * 1000)
    answer(times)
