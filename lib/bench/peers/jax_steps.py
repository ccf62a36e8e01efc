"""The GAN's step in JAX: one jitted function, buffers donated, random numbers inside."""

import jax
import jax.numpy as jnp
import numpy as np

BATCH = 128
SIZES = [128, 256, 512, 1024]


def versions():
    return {"jax": jax.__version__}


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


def leaky(x):
    return jnp.where(x > 0, x, 0.2 * x)


def normalize(x, layer, mean, variance):
    return (x - mean) * jax.lax.rsqrt(variance + 1e-3) * layer["gamma"] + layer["beta"]


def generate(network, latents, moving, training):
    x, updated = latents, []
    for layer, (mean, variance) in zip(network[:-1], moving):
        x = leaky(x @ layer["w"] + layer["b"])
        if training:
            batch = (x.mean(0), x.var(0))
            x = normalize(x, layer, *batch)
            updated.append(tuple(0.8 * old + 0.2 * new for old, new in zip((mean, variance), batch)))
        else:
            x = normalize(x, layer, mean, variance)
    return jnp.tanh(x @ network[-1]["w"] + network[-1]["b"]), updated


def judge(network, x, key):
    for layer in network[:-1]:
        x = leaky(x @ layer["w"] + layer["b"])
    x = jnp.where(jax.random.bernoulli(key, 0.7, x.shape), x / 0.7, 0)
    return x @ network[-1]["w"] + network[-1]["b"]


def cross_entropy(logits, targets):
    return jnp.mean(jax.nn.softplus(logits) - logits * targets)


def adam(parameters, gradients, state):
    count, m, v = state
    count = count + 1
    m = jax.tree.map(lambda m, g: 0.5 * m + 0.5 * g, m, gradients)
    v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, gradients)
    first, second = 1 - 0.5**count, 1 - 0.999**count
    parameters = jax.tree.map(
        lambda p, m, v: p - 2e-4 * (m / first) / (jnp.sqrt(v / second) + 1e-7), parameters, m, v
    )
    return parameters, (count, m, v)


def gan(images, labels, threads):
    data = images.reshape(-1, 784).astype(np.float32) / 127.5 - 1
    rng = np.random.default_rng(1)
    first, second = jax.random.split(jax.random.key(1))
    generator = init(first, [100, *SIZES, 784], True)
    discriminator = init(second, [784, *SIZES, 1], False)
    moving = [(jnp.zeros(size), jnp.ones(size)) for size in SIZES]

    def start(parameters):
        zeros = lambda: jax.tree.map(jnp.zeros_like, parameters)  # noqa: E731
        return jnp.float32(0), zeros(), zeros()

    def step(state, real, key):
        generator, discriminator, moving, generator_adam, discriminator_adam = state
        keys = jax.random.split(key, 7)

        def loss_on(images, targets, key):
            return lambda network: cross_entropy(judge(network, images, key), targets)

        targets = jax.random.uniform(keys[0], (BATCH, 1), minval=0.7, maxval=1.2)
        on_real, gradients = jax.value_and_grad(loss_on(real, targets, keys[1]))(discriminator)
        discriminator, discriminator_adam = adam(discriminator, gradients, discriminator_adam)
        fakes, _ = generate(generator, jax.random.normal(keys[2], (BATCH, 100)), moving, False)
        targets = jax.random.uniform(keys[3], (BATCH, 1), maxval=0.3)
        on_fake, gradients = jax.value_and_grad(loss_on(fakes, targets, keys[4]))(discriminator)
        discriminator, discriminator_adam = adam(discriminator, gradients, discriminator_adam)

        def combined(network):
            fakes, updated = generate(network, jax.random.normal(keys[5], (BATCH, 100)), moving, True)
            return cross_entropy(judge(discriminator, fakes, keys[6]), 1.0), updated

        (loss, moving), gradients = jax.value_and_grad(combined, has_aux=True)(generator)
        generator, generator_adam = adam(generator, gradients, generator_adam)
        return (generator, discriminator, moving, generator_adam, discriminator_adam), (on_real, on_fake, loss)

    jitted = jax.jit(step, donate_argnums=0)
    state = [(generator, discriminator, moving, start(generator), start(discriminator)), 0]

    def take():
        real = data[rng.integers(len(data), size=BATCH)]
        state[0], losses = jitted(state[0], real, jax.random.key(state[1]))
        state[1] += 1
        return [float(loss) for loss in losses]

    return take
