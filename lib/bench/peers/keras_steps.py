"""The steps in Keras on TensorFlow: train_on_batch, with and without jit_compile."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from recipe import (
    BATCH, BETA1, BETA2, DROPOUT, EPSILON, FAKE, HIDDEN, IMAGE, LATENT, MOMENTUM, RATE, REAL, SLOPE, VARIANCE_EPSILON,
    average_decay, peer,
)


def versions():
    return {"keras": keras.__version__, "tensorflow": tf.__version__}


def gan(images, labels, threads, mode):
    return make_gan(images, threads, mode).step


def make_gan(images, threads, mode, dropout=DROPOUT):
    data = images.reshape(-1, IMAGE).astype(np.float32) / 127.5 - 1
    rng = np.random.default_rng(1)
    jit = mode == "jit"
    generator, average, discriminator = build_generator(), build_generator(), build_discriminator(dropout)
    average.set_weights(generator.get_weights())
    discriminator.compile(adam(), "binary_crossentropy", jit_compile=jit)
    # Traces the discriminator while it is trainable.
    discriminator.train_on_batch(data[:BATCH], np.ones((BATCH, 1), np.float32))
    discriminator.trainable = False
    noise = keras.Input((LATENT,))
    combined = keras.Model(noise, discriminator(generator(noise)))
    combined.compile(adam(), "binary_crossentropy", jit_compile=jit)
    state = {"step": 0}

    @tf.function(jit_compile=jit)
    def move_average(decay):
        for mean, weight in zip(average.weights, generator.weights):
            mean.assign(weight + decay * (mean - weight))

    def update(real, real_targets, fake_latents, fake_targets, latents):
        fakes = generator.predict_on_batch(fake_latents)
        losses = (
            discriminator.train_on_batch(real, real_targets),
            discriminator.train_on_batch(fakes, fake_targets),
            combined.train_on_batch(latents, np.ones((BATCH, 1), np.float32)),
        )
        move_average(tf.constant(average_decay(state["step"]), tf.float32))
        state["step"] += 1
        return losses

    def normal():
        return rng.standard_normal((BATCH, LATENT), dtype=np.float32)

    def uniform(low, high):
        return rng.uniform(low, high, (BATCH, 1)).astype(np.float32)

    def step():
        real = data[rng.integers(len(data), size=BATCH)]
        return update(real, uniform(*REAL), normal(), uniform(*FAKE), normal())

    def load(weights):
        generator.set_weights(weights["generator"])
        average.set_weights(weights["generator"])
        discriminator.set_weights(weights["discriminator"])
        # Undoes the effect of the batch above.
        for variable in discriminator.optimizer.variables:
            if "learning_rate" not in variable.path:
                variable.assign(np.zeros(variable.shape))

    def update_once(inputs):
        # train_on_batch returns the mean since the metrics were reset.
        discriminator.reset_metrics()
        combined.reset_metrics()
        return update(**inputs)

    return peer(
        step=step,
        update=update_once,
        load=load,
        weights=lambda: {
            "generator": generator.get_weights(),
            "average": average.get_weights(),
            "discriminator": discriminator.get_weights(),
        },
    )


def build_generator():
    generator = keras.Sequential([keras.Input((LATENT,))])
    for size in HIDDEN:
        generator.add(layers.Dense(size))
        generator.add(layers.LeakyReLU(negative_slope=SLOPE))
        generator.add(layers.BatchNormalization(momentum=MOMENTUM, epsilon=VARIANCE_EPSILON))
    generator.add(layers.Dense(IMAGE, activation="tanh"))
    return generator


def build_discriminator(dropout):
    discriminator = keras.Sequential([keras.Input((IMAGE,))])
    for size in HIDDEN:
        discriminator.add(layers.Dense(size))
        discriminator.add(layers.LeakyReLU(negative_slope=SLOPE))
    discriminator.add(layers.Dropout(dropout))
    discriminator.add(layers.Dense(1, activation="sigmoid"))
    return discriminator


def adam():
    return keras.optimizers.Adam(RATE, beta_1=BETA1, epsilon=EPSILON)


def classifier(images, labels, threads, mode):
    return make_classifier(images, labels, threads, mode).step


def make_classifier(images, labels, threads, mode, epsilon=EPSILON):
    data = images[..., None].astype(np.float32) / 127.5 - 1
    rng = np.random.default_rng(1)
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, activation="relu"), layers.Conv2D(64, 3, activation="relu"), layers.MaxPooling2D(),
        layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(10),
    ])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = keras.optimizers.Adam(1e-3, beta_1=0.9, beta_2=BETA2, epsilon=epsilon)
    model.compile(optimizer, loss, jit_compile=mode == "jit")

    def step():
        indices = rng.integers(len(data), size=BATCH)
        return model.train_on_batch(data[indices], labels[indices])

    return peer(step=step, update=model.train_on_batch, load=model.set_weights)
