"""Keras counterparts of the models in layers_models.ts, with random data of the same shapes."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

CLASSES = 10
WORDS = 5000


def versions():
    return {"keras": keras.__version__, "tensorflow": tf.__version__}


def steps(model, optimizer, loss, mode, x, y):
    model.compile(optimizer, loss, jit_compile=mode == "jit")
    return lambda: model.train_on_batch(x, y)


def numbers(*shape):
    return np.random.default_rng(1).uniform(-1, 1, shape).astype(np.float32)


def classes(*shape):
    drawn = np.random.default_rng(2).integers(CLASSES, size=shape)
    return np.eye(CLASSES, dtype=np.float32)[drawn]


def adam():
    return keras.optimizers.Adam(1e-3, epsilon=1e-7)


def rmsprop():
    return keras.optimizers.RMSprop(1e-3)


def softmax():
    return layers.Dense(CLASSES, activation="softmax")


def dense(images, labels, threads, mode):
    model = keras.Sequential([keras.Input((64,))])
    for units in (256, 256, 128):
        model.add(layers.Dense(units, activation="relu"))
        model.add(layers.BatchNormalization())
    model.add(softmax())
    return steps(model, adam(), "categorical_crossentropy", mode, numbers(64, 64), classes(64))


def lstm(images, labels, threads, mode):
    model = keras.Sequential([
        keras.Input((7, 12)), layers.LSTM(64), layers.RepeatVector(4), layers.LSTM(64, return_sequences=True),
        layers.TimeDistributed(softmax()),
    ])
    return steps(model, adam(), "categorical_crossentropy", mode, numbers(64, 7, 12), classes(64, 4))


def gru(images, labels, threads, mode):
    model = keras.Sequential([keras.Input((20, 14)), layers.Bidirectional(layers.GRU(32)), layers.Dense(1)])
    return steps(model, rmsprop(), "mean_squared_error", mode, numbers(32, 20, 14), numbers(32, 1))


def embedding(images, labels, threads, mode):
    model = keras.Sequential([
        keras.Input((40,)), layers.Embedding(WORDS, 32), layers.GlobalAveragePooling1D(),
        layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid"),
    ])
    words = np.random.default_rng(3).integers(WORDS, size=(64, 40)).astype(np.float32)
    return steps(model, adam(), "binary_crossentropy", mode, words, (numbers(64, 1) > 0).astype(np.float32))


def convnet(images, labels, threads, mode):
    model = keras.Sequential([
        keras.Input((28, 28, 1)), layers.Conv2D(8, 5, activation="relu"), layers.MaxPooling2D(),
        layers.Conv2D(16, 5, activation="relu"), layers.MaxPooling2D(), layers.Flatten(), softmax(),
    ])
    return steps(model, rmsprop(), "categorical_crossentropy", mode, numbers(32, 28, 28, 1), classes(32))


def separable(images, labels, threads, mode):
    model = keras.Sequential([keras.Input((24, 24, 3))])
    for filters in (16, 32, 32):
        model.add(layers.SeparableConv2D(filters, 3))
        model.add(layers.BatchNormalization())
        model.add(layers.ReLU())
    model.add(layers.GlobalAveragePooling2D())
    model.add(softmax())
    return steps(model, adam(), "categorical_crossentropy", mode, numbers(16, 24, 24, 3), classes(16))


def convolutions3d(images, labels, threads, mode):
    model = keras.Sequential([
        keras.Input((16, 16, 16, 1)), layers.Conv3D(8, 3, activation="relu"), layers.MaxPooling3D(),
        layers.Conv3D(16, 3, activation="relu"), layers.Flatten(), softmax(),
    ])
    return steps(model, adam(), "categorical_crossentropy", mode, numbers(8, 16, 16, 16, 1), classes(8))


def convolutions(images, labels, threads, mode):
    model = keras.Sequential([
        keras.Input((28, 28, 3)), layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.Conv2D(96, 3, padding="same", activation="relu"),
        layers.Conv2D(96, 3, strides=2, padding="same", activation="relu"), layers.Flatten(), softmax(),
    ])
    return steps(model, adam(), "categorical_crossentropy", mode, numbers(32, 28, 28, 3), classes(32))
