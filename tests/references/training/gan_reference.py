"""A second implementation of the GAN's training step, in NumPy and double precision, with gradients derived on paper.

python gan_reference.py FOLDER

FOLDER has cases.json with batches (real images, one batch per step), the steps of the whole run, and a list of cases, each
with name and options. For each case it has NAME.initial.safetensors, a checkpoint with the initial weights. The script
writes NAME.final.safetensors, the checkpoint after one step per batch with the additional tensor `measures` [steps, 4], and
prints a JSON with the versions.

Sources:
  Goodfellow et al., arXiv 1406.2661: the order of updates; the generator's loss is the non-saturating one.
  Kingma, Ba, arXiv 1412.6980: Adam; β2 = .999 as there, ε = 1e-7 as in Keras.
  Ioffe, Szegedy, arXiv 1502.03167: BatchNorm; ε = 1e-3 and population variances as in Keras.
  Srivastava et al., JMLR 15 (2014): dropout, scaled in training.
  Salmon et al., SC 2011: Philox 4x32-10; TensorFlow's stateless_random_ops.cc and random_distributions.h: keys and floats.
"""
import json
import struct
import sys

import numpy as np

ADAM_EPSILON, BETA2 = 1e-7, 0.999
NORM_EPSILON = 1e-3
LEAKY_SLOPE = 0.2
# Targets for real and generated images: lower bound and width of the interval.
POLICIES = {
    "random": ((0.7, 0.5), (0, 0.3)),
    "fixed": ((0.95, 0), (0.15, 0)),
    "one-sided": ((0.9, 0), (0, 0)),
    "real-only": ((0.7, 0.5), (0, 0)),
    "fake-only": ((1, 0), (0, 0.3)),
    "none": ((1, 0), (0, 0)),
}


# Random numbers


def philox(counter, key):
    c, k, low = list(counter), list(key), 0xFFFFFFFF
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & low, (a >> 32) ^ c[3] ^ k[1], a & low]
        k = [(k[0] + 0x9E3779B9) & low, (k[1] + 0xBB67AE85) & low]
    return c


def derive_seed(seed, *names):
    text = json.dumps(names, separators=(",", ":")).encode()
    key = [seed & 0xFFFFFFFF, seed >> 32]
    for at in range(0, len(text), 8):
        halves = struct.unpack("<2I", text[at : at + 8].ljust(8, b"\0"))
        key = philox([*halves, at, len(text)], key)[:2]
    return key[0] & 0x7FFFFFFF


def uniforms(count, seed, step):
    mix = philox([seed, 0, step, 0], [0x3EC8F720, 0x02461E29])
    words = [w for block in range(-(-count // 4)) for w in philox([block, 0, mix[2], mix[3]], mix[:2])]
    return np.array([w & 0x7FFFFF for w in words]) / 2**23


def uniform(shape, seed, step):
    count = int(np.prod(shape))
    return uniforms(count, seed, step)[:count].reshape(shape)


def normal(shape, seed, step):
    count = int(np.prod(shape))
    u = uniforms(count, seed, step).reshape(-1, 2)
    radius, angle = np.sqrt(-2 * np.log(np.maximum(u[:, 0], 1e-7))), 2 * np.pi * u[:, 1]
    return np.stack([radius * np.sin(angle), radius * np.cos(angle)], 1).reshape(-1)[:count].reshape(shape)


# Layers: each forward pass returns its output and the backward pass, which adds to `grads`.


def dense(weights, grads, name, x):
    kernel = f"{name}/kernel"

    def back(dy):
        grads[kernel] = x.T @ dy
        grads[f"{name}/bias"] = dy.sum(0)
        return dy @ weights[kernel].T

    return x @ weights[kernel] + weights[f"{name}/bias"], back


def activate(kind, x):
    slope = np.where(x > 0, 1, LEAKY_SLOPE if kind == "leaky-relu" else 0)
    return x * slope, lambda dy: dy * slope


def batch_norm(weights, grads, name, x, momentum, training):
    mean, variance = weights[f"{name}/moving_mean"], weights[f"{name}/moving_variance"]
    if training:
        moving = mean, variance
        mean, variance = x.mean(0), x.var(0)
        for kind, old, new in zip(("mean", "variance"), moving, (mean, variance)):
            weights[f"{name}/moving_{kind}"] = momentum * old + (1 - momentum) * new
    deviation = np.sqrt(variance + NORM_EPSILON)
    normed = (x - mean) / deviation
    gamma = weights[f"{name}/gamma"]

    def back(dy):
        grads[f"{name}/gamma"] = (dy * normed).sum(0)
        grads[f"{name}/beta"] = dy.sum(0)
        d = dy * gamma
        return (d - d.mean(0) - normed * (d * normed).mean(0)) / deviation

    return gamma * normed + weights[f"{name}/beta"], back


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def chain(ways):
    def back(dy):
        for way in reversed(ways):
            dy = way(dy)
        return dy

    return back


class Network:
    """A network: weights by name, gradients by name, and Adam's state."""

    def __init__(self, weights, rate, beta1):
        self.weights, self.grads = weights, {}
        self.rate, self.beta1 = rate, beta1
        self.trained = [name for name in weights if "/moving_" not in name]
        self.first = {name: np.zeros_like(weights[name]) for name in self.trained}
        self.second = {name: np.zeros_like(weights[name]) for name in self.trained}
        self.updates = 0

    def update(self, factor):
        self.updates += 1
        for name in self.trained:
            gradient = self.grads[name]
            self.first[name] = self.beta1 * self.first[name] + (1 - self.beta1) * gradient
            self.second[name] = BETA2 * self.second[name] + (1 - BETA2) * gradient**2
            mean = self.first[name] / (1 - self.beta1**self.updates)
            square = self.second[name] / (1 - BETA2**self.updates)
            self.weights[name] = self.weights[name] - factor * self.rate * mean / (np.sqrt(square) + ADAM_EPSILON)

    def state(self, name):
        yield f"{name}/beta1_power", np.array(self.beta1 ** (self.updates + 1))
        yield f"{name}/beta2_power", np.array(BETA2 ** (self.updates + 1))
        for i, weight in enumerate(self.trained):
            yield f"{name}/m/{i}", self.first[weight]
            yield f"{name}/v/{i}", self.second[weight]


class Gan:
    def __init__(self, options, initial):
        part = lambda network: {k.split("/", 1)[1]: v for k, v in initial.items() if k.startswith(network + "/")}
        self.options = options
        self.generator = Network(part("generator"), options["generatorLearningRate"], options["beta1"])
        self.discriminator = Network(part("discriminator"), options["discriminatorLearningRate"], options["beta1"])
        self.average = part("average")

    def generate(self, latents, training):
        weights, grads, options = self.generator.weights, self.generator.grads, self.options
        x, ways = latents, []
        for i in range(1, len(options["generatorLayers"]) + 1):
            for layer in (
                lambda x: dense(weights, grads, f"hidden_{i}", x),
                lambda x: activate(options["generatorActivation"], x),
                lambda x: batch_norm(weights, grads, f"batch_norm_{i}", x, options["batchNormMomentum"], training),
            ):
                x, way = layer(x)
                ways.append(way)
        x, way = dense(weights, grads, "pixels", x)
        images = np.tanh(x)
        return images, chain([*ways, way, lambda dy: dy * (1 - images**2)])

    def judge(self, images, seed, step):
        weights, grads, options = self.discriminator.weights, self.discriminator.grads, self.options
        x, ways = images, []
        for i in range(1, len(options["discriminatorLayers"]) + 1):
            x, way = dense(weights, grads, f"hidden_{i}", x)
            x, bend = activate(options["discriminatorActivation"], x)
            ways += [way, bend]
        if ways and options["dropout"] > 0:
            kept = (uniform(x.shape, seed, step) >= options["dropout"]) / (1 - options["dropout"])
            x = x * kept
            ways.append(lambda dy: dy * kept)
        logits, way = dense(weights, grads, "logits", x)
        return logits, chain([*ways, way])

    def targets(self, side, count, seed, step):
        least, width = POLICIES[self.options["labels"]][side == "fake"]
        return least + width * uniform((count, 1), seed, step)

    def seeds(self, update, repeat):
        return lambda what: derive_seed(self.options["seed"], "step", update, repeat, what)

    def train_discriminator(self, images, side, repeat, step, factor):
        seed = self.seeds(side, repeat)
        targets = self.targets(side, len(images), seed("targets"), step)
        logits, back = self.judge(images, seed("dropout"), step)
        back((sigmoid(logits) - targets) / len(images))
        self.discriminator.update(factor)
        return cross_entropy(targets, logits), sigmoid(logits).mean()

    def train_generator(self, count, repeat, step, factor):
        seed = self.seeds("combined", repeat)
        images, back_to_latents = self.generate(self.latents(count, seed, step), True)
        logits, back_to_images = self.judge(images, seed("dropout"), step)
        back_to_latents(back_to_images((sigmoid(logits) - 1) / count))
        self.generator.update(factor)
        return cross_entropy(1, logits)

    def latents(self, count, seed, step):
        return normal((count, self.options["latentSize"]), seed("latents"), step)

    def step(self, images, step, steps):
        options, count = self.options, len(images)
        factor = 1 - step / steps if options["learningRateDecay"] == "linear" else 1
        for i in range(options["discriminatorSteps"]):
            real = self.train_discriminator(images, "real", i, step, factor)
            latents = self.latents(count, self.seeds("fake", i), step)
            fakes, _ = self.generate(latents, options["fakeStatistics"] == "batch")
            fake = self.train_discriminator(fakes, "fake", i, step, factor)
        for i in range(options["generatorSteps"]):
            generated = self.train_generator(count, i, step, factor)
        decay = min(options["averageDecay"], (1 + step) / (options["averageWarmup"] + step))
        for name, mean in self.average.items():
            self.average[name] = decay * mean + (1 - decay) * self.generator.weights[name]
        return [(real[0] + fake[0]) / 2, generated, real[1], fake[1]]

    def checkpoint(self):
        networks = {"generator": self.generator.weights, "discriminator": self.discriminator.weights, "average": self.average}
        weights = {f"{network}/{name}": value for network, some in networks.items() for name, value in some.items()}
        return weights | dict(self.generator.state("generator_adam")) | dict(self.discriminator.state("discriminator_adam"))


def cross_entropy(targets, logits):
    p = sigmoid(logits)
    return -(targets * np.log(p) + (1 - targets) * np.log(1 - p)).mean()


# Files


def read_tensors(path):
    data = open(path, "rb").read()
    start = 8 + struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:start])
    header.pop("__metadata__", None)
    return {
        name: np.frombuffer(data[start + e["data_offsets"][0] : start + e["data_offsets"][1]], "<f4")
        .reshape(e["shape"])
        .astype(np.float64)
        for name, e in header.items()
    }


def write_tensors(path, tensors):
    header, body = {}, b""
    for name, values in tensors.items():
        part = np.asarray(values, "<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": np.shape(values), "data_offsets": [len(body), len(body) + len(part)]}
        body += part
    text = json.dumps(header).encode()
    open(path, "wb").write(struct.pack("<Q", len(text)) + text + body)


def main(folder):
    work = json.load(open(f"{folder}/cases.json"))
    for case in work["cases"]:
        gan = Gan(case["options"], read_tensors(f"{folder}/{case['name']}.initial.safetensors"))
        measures = [gan.step(np.array(batch), step, work["steps"]) for step, batch in enumerate(work["batches"])]
        write_tensors(f"{folder}/{case['name']}.final.safetensors", gan.checkpoint() | {"measures": measures})
    print(json.dumps({"numpy": np.__version__}))


main(*sys.argv[1:])
