"""The steps in JAX: jitted functions with donated buffers and random numbers inside."""

import jax
import jax.numpy as jnp
import numpy as np

from recipe import (
    AVERAGE_DECAY, AVERAGE_WARMUP, BATCH, BETA1, BETA2, DROPOUT, EPSILON, FAKE, HIDDEN, IMAGE, LATENT, MOMENTUM,
    RATE, REAL, SLOPE, VARIANCE_EPSILON, peer,
)


def versions():
    return {"jax": jax.__version__}


def gan(images, labels, threads, mode):
    return make_gan(images, threads, mode).step


def make_gan(images, threads, mode, dropout=DROPOUT):
    data = images.reshape(-1, IMAGE).astype(np.float32) / 127.5 - 1
    rng = np.random.default_rng(1)

    def update(state, inputs, keys):
        generator, average, discriminator, moving, generator_adam, discriminator_adam = state
        step = generator_adam[0]

        def loss_on(images, targets, key):
            return lambda network: cross_entropy(judge(network, images, key, dropout), targets)

        loss = loss_on(inputs["real"], inputs["real_targets"], keys[0])
        on_real, gradients = jax.value_and_grad(loss)(discriminator)
        discriminator, discriminator_adam = adam(discriminator, gradients, discriminator_adam)
        fakes, _ = generate(generator, inputs["fake_latents"], moving, False)
        loss = loss_on(fakes, inputs["fake_targets"], keys[1])
        on_fake, gradients = jax.value_and_grad(loss)(discriminator)
        discriminator, discriminator_adam = adam(discriminator, gradients, discriminator_adam)

        def combined(network):
            fakes, updated = generate(network, inputs["latents"], moving, True)
            return cross_entropy(judge(discriminator, fakes, keys[2], dropout), 1.0), updated

        (loss, moving), gradients = jax.value_and_grad(combined, has_aux=True)(generator)
        generator, generator_adam = adam(generator, gradients, generator_adam)
        decay = jnp.minimum(AVERAGE_DECAY, (1 + step) / (AVERAGE_WARMUP + step))
        follow = lambda mean, weight: weight + decay * (mean - weight)  # noqa: E731
        average = jax.tree.map(follow, average, (generator, moving))
        state = (generator, average, discriminator, moving, generator_adam, discriminator_adam)
        return state, jnp.stack([on_real, on_fake, loss])

    def draw_and_update(state, real, key):
        keys = jax.random.split(key, 7)
        inputs = {
            "real": real,
            "real_targets": jax.random.uniform(keys[0], (BATCH, 1), minval=REAL[0], maxval=REAL[1]),
            "fake_latents": jax.random.normal(keys[1], (BATCH, LATENT)),
            "fake_targets": jax.random.uniform(keys[2], (BATCH, 1), minval=FAKE[0], maxval=FAKE[1]),
            "latents": jax.random.normal(keys[3], (BATCH, LATENT)),
        }
        return update(state, inputs, keys[4:])

    timed = jax.jit(draw_and_update, donate_argnums=0)
    checked = jax.jit(update, donate_argnums=0)
    first, second = jax.random.split(jax.random.key(1))
    moving = [(jnp.zeros(size), jnp.ones(size)) for size in HIDDEN]
    generator, discriminator = init(first, [LATENT, *HIDDEN, IMAGE], True), init(second, [IMAGE, *HIDDEN, 1], False)
    kept = {"state": begin(generator, discriminator, moving), "step": 0}

    def step():
        real = data[rng.integers(len(data), size=BATCH)]
        kept["state"], losses = timed(kept["state"], real, jax.random.key(kept["step"]))
        kept["step"] += 1
        return np.asarray(losses)

    def update_once(inputs):
        kept["state"], losses = checked(kept["state"], inputs, jax.random.split(jax.random.key(0), 3))
        return np.asarray(losses)

    def load(weights):
        generator, moving = from_arrays(weights["generator"], True)
        kept["state"] = begin(generator, from_arrays(weights["discriminator"], False)[0], moving)

    def weights():
        generator, average, discriminator, moving, *_ = kept["state"]
        return {
            "generator": to_arrays(generator, moving),
            "average": to_arrays(*average),
            "discriminator": to_arrays(discriminator, []),
        }

    return peer(step=step, update=update_once, load=load, weights=weights)


def begin(generator, discriminator, moving):
    average = jax.tree.map(jnp.copy, (generator, moving))
    return generator, average, discriminator, moving, start(generator), start(discriminator)


def dense(key, before, size):
    limit = (6 / (before + size)) ** 0.5
    return {"w": jax.random.uniform(key, (before, size), minval=-limit, maxval=limit), "b": jnp.zeros(size)}


def init(key, sizes, normalized):
    keys = jax.random.split(key, len(sizes))
    network = [dense(k, a, b) for k, a, b in zip(keys, sizes, sizes[1:])]
    if normalized:
        for layer, size in zip(network[:-1], sizes[1:]):
            layer |= {"gamma": jnp.ones(size), "beta": jnp.zeros(size)}
    return network


def to_arrays(network, moving):
    values = []
    for i, layer in enumerate(network):
        values += [layer[name] for name in ("w", "b", "gamma", "beta") if name in layer]
        if i < len(moving):
            values += moving[i]
    return [np.array(value) for value in values]


def from_arrays(values, normalized):
    rest = [jnp.array(value) for value in values]
    network, moving = [], []
    while rest:
        names = ["w", "b", "gamma", "beta"] if normalized and len(rest) > 2 else ["w", "b"]
        network.append({name: rest.pop(0) for name in names})
        if len(names) == 4:
            moving.append((rest.pop(0), rest.pop(0)))
    return network, moving


def leaky(x):
    return jnp.where(x > 0, x, SLOPE * x)


def normalize(x, layer, mean, variance):
    return (x - mean) * jax.lax.rsqrt(variance + VARIANCE_EPSILON) * layer["gamma"] + layer["beta"]


def generate(network, latents, moving, training):
    x, updated = latents, []
    for layer, (mean, variance) in zip(network[:-1], moving):
        x = leaky(x @ layer["w"] + layer["b"])
        if training:
            batch = (x.mean(0), x.var(0))
            x = normalize(x, layer, *batch)
            both = zip((mean, variance), batch)
            updated.append(tuple(MOMENTUM * old + (1 - MOMENTUM) * new for old, new in both))
        else:
            x = normalize(x, layer, mean, variance)
    return jnp.tanh(x @ network[-1]["w"] + network[-1]["b"]), updated


def judge(network, x, key, dropout):
    for layer in network[:-1]:
        x = leaky(x @ layer["w"] + layer["b"])
    if dropout > 0:
        x = jnp.where(jax.random.bernoulli(key, 1 - dropout, x.shape), x / (1 - dropout), 0)
    return x @ network[-1]["w"] + network[-1]["b"]


def cross_entropy(logits, targets):
    return jnp.mean(jax.nn.softplus(logits) - logits * targets)


def start(parameters):
    zeros = lambda: jax.tree.map(jnp.zeros_like, parameters)  # noqa: E731
    return jnp.float32(0), zeros(), zeros()


def adam(parameters, gradients, state, rate=RATE, beta1=BETA1):
    count, m, v = state
    count = count + 1
    m = jax.tree.map(lambda m, g: beta1 * m + (1 - beta1) * g, m, gradients)
    v = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, v, gradients)
    first, second = 1 - beta1**count, 1 - BETA2**count
    parameters = jax.tree.map(
        lambda p, m, v: p - rate * (m / first) / (jnp.sqrt(v / second) + EPSILON), parameters, m, v
    )
    return parameters, (count, m, v)


def classifier(images, labels, threads, mode):
    return make_classifier(images, labels, threads, mode).step


def make_classifier(images, labels, threads, mode):
    data = images[..., None].astype(np.float32) / 127.5 - 1
    digits = labels.astype(np.int32)
    rng = np.random.default_rng(1)
    shapes = [(3, 3, 1, 32), (3, 3, 32, 64), (12 * 12 * 64, 128), (128, 10)]
    glorot = jax.nn.initializers.glorot_uniform()
    keys = jax.random.split(jax.random.key(1), len(shapes))
    weights = [{"w": glorot(key, shape), "b": jnp.zeros(shape[-1])} for key, shape in zip(keys, shapes)]

    def loss_on(weights, x, y):
        for layer in weights[:2]:
            x = jax.lax.conv_general_dilated(
                x, layer["w"], (1, 1), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC")
            )
            x = jax.nn.relu(x + layer["b"])
        x = jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
        x = jax.nn.relu(x.reshape(BATCH, -1) @ weights[2]["w"] + weights[2]["b"])
        logits = x @ weights[3]["w"] + weights[3]["b"]
        return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(logits), y[:, None], 1))

    def train(state, x, y):
        weights, moments = state
        loss, gradients = jax.value_and_grad(loss_on)(weights, x, y)
        return adam(weights, gradients, moments, 1e-3, 0.9), loss

    train = jax.jit(train, donate_argnums=0)
    kept = {"state": (weights, start(weights))}

    def update(x, y):
        kept["state"], loss = train(kept["state"], x, y)
        return float(loss)

    def step():
        indices = rng.integers(len(data), size=BATCH)
        return update(data[indices], digits[indices])

    def load(values):
        kernels, biases = values[::2], values[1::2]
        weights = [{"w": jnp.array(w), "b": jnp.array(b)} for w, b in zip(kernels, biases, strict=True)]
        kept["state"] = (weights, start(weights))

    return peer(step=step, update=lambda x, y: update(x, y.astype(np.int32)), load=load)
