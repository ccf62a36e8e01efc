"""Takes steps of Keras models, from given weights and each on one given batch.

python take_layers_steps.py MODE STEPS FOLDER: FOLDER has arrays as in arrays.py: for each model NAME/weights, NAME/x and
NAME/y. Prints the losses before the steps, by model.
"""

import json
import sys

from arrays import early_epsilon, import_steps, read_arrays

mode, steps, folder = sys.argv[1:4]
arrays = read_arrays(folder)
peers = import_steps("layers")


def losses_of(name):
    step = getattr(peers, name)(None, None, 1, mode)
    step.model.set_weights(arrays[f"{name}/weights"])
    step.give(*arrays[f"{name}/x"], *arrays[f"{name}/y"])
    optimizer = step.model.optimizer
    if isinstance(optimizer, peers.keras.optimizers.Adam):
        optimizer.epsilon = early_epsilon(optimizer.epsilon)
    return [float(step()) for _ in range(int(steps))]


names = {name.split("/")[0] for name in arrays}
print(json.dumps({name: losses_of(name) for name in sorted(names)}))
