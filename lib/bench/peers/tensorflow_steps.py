"""The steps in Python's TensorFlow: one tf.function each, with fused operations."""

import numpy as np
import tensorflow as tf

from recipe import (
    AVERAGE_DECAY, AVERAGE_WARMUP, BATCH, BETA1, BETA2, DROPOUT, EPSILON, FAKE, HIDDEN, IMAGE, LATENT, MOMENTUM,
    RATE, REAL, SLOPE, VARIANCE_EPSILON, peer,
)


def versions():
    return {"tensorflow": tf.__version__}


def gan(images, labels, threads, mode):
    return make_gan(images, threads, mode).step


def make_gan(images, threads, mode, dropout=DROPOUT):
    data = images.reshape(-1, IMAGE).astype(np.float32) / 127.5 - 1
    rng = np.random.default_rng(1)
    generator, discriminator = build([LATENT, *HIDDEN, IMAGE], True), build([IMAGE, *HIDDEN, 1], False)
    average = [[tf.Variable(value) for value in layer] for layer in generator]
    generator_adam, discriminator_adam = Adam(trainable(generator)), Adam(trainable(discriminator))
    number = tf.Variable(0.0)

    def update_discriminator(images, targets):
        with tf.GradientTape() as tape:
            loss = cross_entropy(judge(discriminator, images, dropout), targets)
        discriminator_adam.apply(tape.gradient(loss, discriminator_adam.variables))
        return loss

    def update(real, real_targets, fake_latents, fake_targets, latents):
        on_real = update_discriminator(real, real_targets)
        on_fake = update_discriminator(generate(generator, fake_latents, False), fake_targets)
        with tf.GradientTape() as tape:
            logits = judge(discriminator, generate(generator, latents, True), dropout)
            loss = cross_entropy(logits, tf.ones((BATCH, 1)))
        generator_adam.apply(tape.gradient(loss, generator_adam.variables))
        decay = tf.minimum(AVERAGE_DECAY, (1 + number) / (AVERAGE_WARMUP + number))
        for mean, weight in zip(flat(average), flat(generator)):
            mean.assign(weight + decay * (mean - weight))
        number.assign_add(1.0)
        return tf.stack([on_real, on_fake, loss])

    def draw_and_update(real):
        return update(
            real,
            tf.random.uniform((BATCH, 1), *REAL),
            tf.random.normal((BATCH, LATENT)),
            tf.random.uniform((BATCH, 1), *FAKE),
            tf.random.normal((BATCH, LATENT)),
        )

    timed = tf.function(draw_and_update, jit_compile=mode == "jit")
    checked = tf.function(update, jit_compile=mode == "jit")

    def load(weights):
        for network, name in [(generator, "generator"), (average, "generator"), (discriminator, "discriminator")]:
            for variable, value in zip(flat(network), weights[name], strict=True):
                variable.assign(value)

    return peer(
        step=lambda: timed(data[rng.integers(len(data), size=BATCH)]).numpy(),
        update=lambda inputs: checked(**inputs).numpy(),
        load=load,
        weights=lambda: {
            "generator": [value.numpy() for value in flat(generator)],
            "average": [value.numpy() for value in flat(average)],
            "discriminator": [value.numpy() for value in flat(discriminator)],
        },
    )


class Adam:
    """Uses TensorFlow's own operation, once per variable."""

    def __init__(self, variables, rate=RATE, beta1=BETA1, epsilon=EPSILON):
        self.variables = variables
        self.rate, self.beta1, self.epsilon = rate, beta1, epsilon
        self.m = [tf.Variable(tf.zeros_like(variable)) for variable in variables]
        self.v = [tf.Variable(tf.zeros_like(variable)) for variable in variables]
        self.powers = [tf.Variable(beta1), tf.Variable(BETA2)]

    def apply(self, gradients):
        beta1_power, beta2_power = [power.read_value() for power in self.powers]
        for variable, m, v, gradient in zip(self.variables, self.m, self.v, gradients):
            tf.raw_ops.ResourceApplyAdam(
                var=variable.handle, m=m.handle, v=v.handle, beta1_power=beta1_power, beta2_power=beta2_power,
                lr=self.rate, beta1=self.beta1, beta2=BETA2, epsilon=self.epsilon, grad=gradient,
            )
        for power, beta in zip(self.powers, [self.beta1, BETA2]):
            power.assign(power * beta)


def build(sizes, normalized):
    """A kernel and a bias per layer; normalized layers also have gamma, beta, mean and variance."""
    layers = []
    for i, (before, size) in enumerate(zip(sizes, sizes[1:])):
        limit = (6 / (before + size)) ** 0.5
        values = [tf.random.uniform((before, size), -limit, limit), tf.zeros(size)]
        if normalized and i < len(HIDDEN):
            values += [tf.ones(size), tf.zeros(size), tf.zeros(size), tf.ones(size)]
        layers.append([tf.Variable(value) for value in values])
    return layers


def flat(network):
    return [variable for layer in network for variable in layer]


def trainable(network):
    return [variable for layer in network for variable in layer[:4]]


def generate(network, latents, training):
    x = latents
    for kernel, bias, gamma, beta, mean, variance in network[:-1]:
        x = tf.nn.leaky_relu(tf.nn.bias_add(x @ kernel, bias), SLOPE)
        x, batch_mean, batch_variance = normalize(x, gamma, beta, mean, variance, training)
        if training:
            mean.assign(MOMENTUM * mean + (1 - MOMENTUM) * batch_mean)
            variance.assign(MOMENTUM * variance + (1 - MOMENTUM) * batch_variance)
    kernel, bias = network[-1]
    return tf.tanh(tf.nn.bias_add(x @ kernel, bias))


def normalize(x, gamma, beta, mean, variance, training):
    if not training:
        return tf.nn.batch_normalization(x, mean, variance, beta, gamma, VARIANCE_EPSILON), mean, variance
    y, mean, variance = tf.compat.v1.nn.fused_batch_norm(
        x[:, None, None], gamma, beta, epsilon=VARIANCE_EPSILON, is_training=True
    )
    # The operation returns the unbiased variance, unlike Keras and the recipe.
    return y[:, 0, 0], mean, variance * ((BATCH - 1) / BATCH)


def judge(network, x, dropout):
    for kernel, bias in network[:-1]:
        x = tf.nn.leaky_relu(tf.nn.bias_add(x @ kernel, bias), SLOPE)
    if dropout > 0:
        x = tf.nn.dropout(x, dropout)
    kernel, bias = network[-1]
    return tf.nn.bias_add(x @ kernel, bias)


def cross_entropy(logits, targets):
    return tf.reduce_mean(tf.nn.softplus(logits) - logits * targets)


def classifier(images, labels, threads, mode):
    return make_classifier(images, labels, threads, mode).step


def make_classifier(images, labels, threads, mode, epsilon=EPSILON):
    data = images[..., None].astype(np.float32) / 127.5 - 1
    digits = labels.astype(np.int32)
    rng = np.random.default_rng(1)
    shapes = [(3, 3, 1, 32), (32,), (3, 3, 32, 64), (64,), (12 * 12 * 64, 128), (128,), (128, 10), (10,)]
    glorot = tf.keras.initializers.GlorotUniform()
    weights = [tf.Variable(glorot(shape) if len(shape) > 1 else tf.zeros(shape)) for shape in shapes]
    adam = Adam(weights, 1e-3, 0.9, epsilon)

    def logits_of(x):
        for kernel, bias in [weights[:2], weights[2:4]]:
            x = tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(x, kernel, 1, "VALID"), bias))
        x = tf.reshape(tf.nn.max_pool2d(x, 2, 2, "VALID"), (BATCH, -1))
        x = tf.nn.relu(tf.nn.bias_add(x @ weights[4], weights[5]))
        return tf.nn.bias_add(x @ weights[6], weights[7])

    @tf.function(jit_compile=mode == "jit")
    def update(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits_of(x)))
        adam.apply(tape.gradient(loss, weights))
        return loss

    def step():
        indices = rng.integers(len(data), size=BATCH)
        return update(data[indices], digits[indices]).numpy()

    def load(values):
        for weight, value in zip(weights, values, strict=True):
            weight.assign(value)

    return peer(step=step, update=lambda x, y: update(x, y.astype(np.int32)).numpy(), load=load)
