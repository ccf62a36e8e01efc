"""Sizes and settings of every peer's GAN, as in lib/training/gan/options.ts."""

from types import SimpleNamespace

BATCH = 128
LATENT = 100
IMAGE = 784
HIDDEN = [128, 256, 512, 1024]
SLOPE = 0.2
DROPOUT = 0.3
RATE, BETA1, BETA2, EPSILON = 2e-4, 0.5, 0.999, 1e-7
# BatchNormalization: the fraction of the old statistics kept per step, and a term in the variance.
MOMENTUM, VARIANCE_EPSILON = 0.8, 1e-3
REAL, FAKE = (0.7, 1.2), (0.0, 0.3)
AVERAGE_DECAY, AVERAGE_WARMUP = 0.999, 10


def average_decay(step):
    """Returns the moving average's decay, which starts low to forget the first weights quickly."""
    return min(AVERAGE_DECAY, (1 + step) / (AVERAGE_WARMUP + step))


def peer(**parts):
    """A network in a framework.

    step() takes a timed step with random numbers of its own. update(...) takes a step with the given
    inputs. Both return the loss before the step, or several losses. load(weights) starts with the
    given weights.

    The inputs of a GAN's update are one dictionary: real, real_targets, fake_latents, fake_targets and
    latents. Its weights are lists of arrays, `generator` and `discriminator`, and weights() returns
    the current lists, including `average`. A layer is a kernel `[in, out]` and a bias; with
    normalization, also gamma, beta, mean and variance.

    The inputs of a classifier's update are images `[batch, 28, 28, 1]` and their digits. Its weights
    are one list: the kernel of each layer, `[height, width, in, out]` or `[in, out]`, and its bias.
    """
    return SimpleNamespace(**parts)
