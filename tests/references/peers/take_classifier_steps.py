"""Takes steps of the classifier with a benchmark's peer, from given weights and on one given batch.

python take_classifier_steps.py FRAMEWORK MODE STEPS FOLDER: FOLDER has arrays as in arrays.py: weights, x and y. Prints
the losses before the steps.
"""

import json
import sys

import numpy as np
from arrays import early_epsilon, import_steps, read_arrays

framework, mode, steps, folder = sys.argv[1:5]
arrays = read_arrays(folder)
images, labels = np.zeros((128, 28, 28), np.uint8), np.zeros(128, np.uint8)
options = {"epsilon": early_epsilon(1e-7)} if framework in ("keras", "tensorflow") else {}
peer = import_steps(framework).make_classifier(images, labels, 1, mode, **options)
peer.load(arrays["weights"])
(x,), (y,) = arrays["x"], arrays["y"]
print(json.dumps([float(peer.update(x, y)) for _ in range(int(steps))]))
