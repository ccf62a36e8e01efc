"""The steps in Keras on TensorFlow: train_on_batch, as the report trained."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

BATCH = 128


def versions():
    return {"keras": keras.__version__, "tensorflow": tf.__version__}


def adam():
    return keras.optimizers.Adam(2e-4, beta_1=0.5)


def gan(images, labels, threads):
    data = images.reshape(-1, 784).astype(np.float32) / 127.5 - 1
    rng = np.random.default_rng(1)
    generator = keras.Sequential([keras.Input((100,))])
    discriminator = keras.Sequential([keras.Input((784,))])
    for size in [128, 256, 512, 1024]:
        generator.add(layers.Dense(size))
        generator.add(layers.LeakyReLU(negative_slope=0.2))
        generator.add(layers.BatchNormalization(momentum=0.8))
        discriminator.add(layers.Dense(size))
        discriminator.add(layers.LeakyReLU(negative_slope=0.2))
    generator.add(layers.Dense(784, activation="tanh"))
    discriminator.add(layers.Dropout(0.3))
    discriminator.add(layers.Dense(1, activation="sigmoid"))
    discriminator.compile(adam(), "binary_crossentropy")
    # Traced while it is trainable.
    discriminator.train_on_batch(data[:BATCH], np.ones((BATCH, 1), np.float32))
    discriminator.trainable = False
    noise = keras.Input((100,))
    combined = keras.Model(noise, discriminator(generator(noise)))
    combined.compile(adam(), "binary_crossentropy")

    def latents():
        return rng.standard_normal((BATCH, 100), dtype=np.float32)

    def targets(low, high):
        return rng.uniform(low, high, (BATCH, 1)).astype(np.float32)

    def step():
        real = data[rng.integers(len(data), size=BATCH)]
        fakes = generator.predict_on_batch(latents())
        return (
            discriminator.train_on_batch(real, targets(0.7, 1.2)),
            discriminator.train_on_batch(fakes, targets(0.0, 0.3)),
            combined.train_on_batch(latents(), np.ones((BATCH, 1), np.float32)),
        )

    return step


def classifier(images, labels, threads):
    data = images[..., None].astype(np.float32) / 127.5 - 1
    rng = np.random.default_rng(1)
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, activation="relu"), layers.Conv2D(64, 3, activation="relu"), layers.MaxPooling2D(),
        layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(10),
    ])
    model.compile(keras.optimizers.Adam(1e-3), keras.losses.SparseCategoricalCrossentropy(from_logits=True))

    def step():
        indices = rng.integers(len(data), size=BATCH)
        return model.train_on_batch(data[indices], labels[indices])

    return step
