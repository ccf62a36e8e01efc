"""What every peer's GAN has in common: the sizes, and the numbers of the recipe (lib/training/gan/options.ts)."""

from types import SimpleNamespace

BATCH = 128
LATENT = 100
IMAGE = 784
HIDDEN = [128, 256, 512, 1024]
SLOPE = 0.2
DROPOUT = 0.3
RATE, BETA1, BETA2, EPSILON = 2e-4, 0.5, 0.999, 1e-7
# Of BatchNormalization: the share of the old statistics that a step keeps, and what is added to the
# variance.
MOMENTUM, VARIANCE_EPSILON = 0.8, 1e-3
REAL, FAKE = (0.7, 1.2), (0.0, 0.3)
AVERAGE_DECAY, AVERAGE_WARMUP = 0.999, 10


def average_decay(step):
    """The moving average's decay, which starts low, so that the first weights are soon forgotten."""
    return min(AVERAGE_DECAY, (1 + step) / (AVERAGE_WARMUP + step))


def peer(**parts):
    """A GAN in a framework.

    step(): a step with its own draws, what is timed. update(inputs): the same with draws from outside, a dict of real,
    real_targets, fake_latents, fake_targets and latents; both return the three losses. load(weights): begins again from
    lists of arrays, `generator` and `discriminator`, a layer's kernel `[in, out]`, bias, and where it is normalized
    gamma, beta, mean and variance. weights(): the same lists as they are now, `average` among them.
    """
    return SimpleNamespace(**parts)
