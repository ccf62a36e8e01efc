"""Keras counterparts of the models in layers_models.ts, with random data of the same shapes.

Both files set every option whose default differs between Keras and tfjs, and those of the optimizers and of batch
normalization. Only the initial weights are drawn differently. tests/bench/layers_peers_test.ts gives both the same
weights and compares the losses.
"""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

CLASSES = 10
WORDS = 5000


def versions():
    return {"keras": keras.__version__, "tensorflow": tf.__version__}


class Steps:
    """Trains a model on one batch. A call takes a step, and returns the loss before the step."""

    def __init__(self, model, optimizer, loss, mode, x, y):
        model.compile(optimizer, loss, jit_compile=mode == "jit")
        self.model = model
        self.give(x, y)

    def give(self, x, y):
        # As in tfjs, the steps get tensors. Arrays of NumPy would be copied in each step.
        self.batch = tf.constant(x), tf.constant(y)

    def __call__(self):
        return self.model.train_on_batch(*self.batch)


def numbers(*shape):
    return np.random.default_rng(1).uniform(-1, 1, shape).astype(np.float32)


def classes(*shape):
    drawn = np.random.default_rng(2).integers(CLASSES, size=shape)
    return np.eye(CLASSES, dtype=np.float32)[drawn]


def adam():
    return keras.optimizers.Adam(1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-7)


def rmsprop():
    return keras.optimizers.RMSprop(1e-3, rho=0.9, momentum=0, epsilon=1e-7)


def softmax():
    return layers.Dense(CLASSES, activation="softmax")


def normalization():
    return layers.BatchNormalization(momentum=0.99, epsilon=1e-3)


def dense(images, labels, threads, mode):
    model = keras.Sequential([keras.Input((64,))])
    for units in (256, 256, 128):
        model.add(layers.Dense(units, activation="relu"))
        model.add(normalization())
    model.add(softmax())
    return Steps(model, adam(), "categorical_crossentropy", mode, numbers(64, 64), classes(64))


def lstm(images, labels, threads, mode):
    gates = {"recurrent_activation": "sigmoid"}
    model = keras.Sequential([
        keras.Input((7, 12)), layers.LSTM(64, **gates), layers.RepeatVector(4),
        layers.LSTM(64, **gates, return_sequences=True), layers.TimeDistributed(softmax()),
    ])
    return Steps(model, adam(), "categorical_crossentropy", mode, numbers(64, 7, 12), classes(64, 4))


def gru(images, labels, threads, mode):
    # tfjs has only the kind of GRU that resets the state before it multiplies.
    layer = layers.GRU(32, recurrent_activation="sigmoid", reset_after=False)
    both = layers.Bidirectional(layer, merge_mode="concat")
    model = keras.Sequential([keras.Input((20, 14)), both, layers.Dense(1)])
    return Steps(model, rmsprop(), "mean_squared_error", mode, numbers(32, 20, 14), numbers(32, 1))


def embedding(images, labels, threads, mode):
    model = keras.Sequential([
        keras.Input((40,)), layers.Embedding(WORDS, 32), layers.GlobalAveragePooling1D(),
        layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid"),
    ])
    words = np.random.default_rng(3).integers(WORDS, size=(64, 40)).astype(np.float32)
    return Steps(model, adam(), "binary_crossentropy", mode, words, (numbers(64, 1) > 0).astype(np.float32))


def convnet(images, labels, threads, mode):
    model = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Conv2D(8, 5, activation="relu"), layers.MaxPooling2D(2, strides=2),
        layers.Conv2D(16, 5, activation="relu"), layers.MaxPooling2D(2, strides=2), layers.Flatten(), softmax(),
    ])
    return Steps(model, rmsprop(), "categorical_crossentropy", mode, numbers(32, 28, 28, 1), classes(32))


def separable(images, labels, threads, mode):
    model = keras.Sequential([keras.Input((24, 24, 3))])
    for filters in (16, 32, 32):
        model.add(layers.SeparableConv2D(filters, 3))
        model.add(normalization())
        model.add(layers.ReLU())
    model.add(layers.GlobalAveragePooling2D())
    model.add(softmax())
    return Steps(model, adam(), "categorical_crossentropy", mode, numbers(16, 24, 24, 3), classes(16))


def convolutions3d(images, labels, threads, mode):
    model = keras.Sequential([
        keras.Input((16, 16, 16, 1)), layers.Conv3D(8, 3, activation="relu"), layers.MaxPooling3D(2),
        layers.Conv3D(16, 3, activation="relu"), layers.Flatten(), softmax(),
    ])
    return Steps(model, adam(), "categorical_crossentropy", mode, numbers(8, 16, 16, 16, 1), classes(8))


def convolutions(images, labels, threads, mode):
    model = keras.Sequential([
        keras.Input((28, 28, 3)), layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.Conv2D(96, 3, padding="same", activation="relu"),
        layers.Conv2D(96, 3, strides=2, padding="same", activation="relu"), layers.Flatten(), softmax(),
    ])
    return Steps(model, adam(), "categorical_crossentropy", mode, numbers(32, 28, 28, 3), classes(32))
