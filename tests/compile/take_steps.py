"""Loads an exported graph and takes steps with it, in both of TensorFlow's ways.

python take_steps.py FOLDER FIRST COUNT ROWS COLUMNS: prints the results of steps FIRST, FIRST + 1, … as JSON, one list
from tf.saved_model.load and one from a session, as TensorFlow Serving has it.
"""

import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np  # noqa: E402  the environment has to be set first
import tensorflow as tf  # noqa: E402

folder, *numbers = sys.argv[1:]
first, count, rows, columns = map(int, numbers)
images = np.linspace(-1, 1, rows * columns, dtype=np.float32).reshape(rows, columns)
steps = range(first, first + count)

step = tf.saved_model.load(folder).signatures["step"]
loaded = [step(argument0=tf.constant(images), argument1=tf.constant(i))["result0"].numpy().tolist() for i in steps]

v1 = tf.compat.v1
with v1.Session(graph=tf.Graph()) as session:
    signature = v1.saved_model.loader.load(session, ["serve"], folder).signature_def["step"]
    image_name, step_name = (signature.inputs[f"argument{i}"].name for i in range(2))
    result = signature.outputs["result0"].name
    served = [session.run(result, {image_name: images, step_name: i}).tolist() for i in steps]

print(json.dumps({"version": tf.__version__, "loaded": loaded, "served": served}))
