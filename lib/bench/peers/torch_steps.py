"""The steps in PyTorch with fused Adam: eager, or with torch.compile around each loss."""

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from recipe import (
    BATCH, BETA1, BETA2, DROPOUT, EPSILON, FAKE, HIDDEN, IMAGE, LATENT, MOMENTUM, RATE, REAL, SLOPE,
    VARIANCE_EPSILON, average_decay, peer,
)


def versions():
    return {"torch": torch.__version__, "threads": torch.get_num_threads()}


def gan(images, labels, threads, mode):
    return make_gan(images, threads, mode).step


def make_gan(images, threads, mode, dropout=DROPOUT):
    torch.set_num_threads(threads)
    compiled = torch.compile if mode == "compile" else lambda function: function
    data = torch.from_numpy(images.reshape(-1, IMAGE).copy()).float() / 127.5 - 1
    generator, average, discriminator = build_generator(), build_generator(), build_discriminator(dropout)
    average.load_state_dict(generator.state_dict())
    averaged, followed = floats(average), floats(generator)
    generator_adam, discriminator_adam = adam(generator), adam(discriminator)
    state = {"step": 0}

    @compiled
    def discriminator_loss(batch, targets):
        return binary_cross_entropy_with_logits(discriminator(batch), targets)

    @compiled
    def generator_loss(latents):
        return binary_cross_entropy_with_logits(discriminator(generator(latents)), torch.ones(BATCH, 1))

    @compiled
    def generate(latents):
        return generator(latents)

    def update_discriminator(batch, targets):
        discriminator_adam.zero_grad()
        loss = discriminator_loss(batch, targets)
        loss.backward()
        discriminator_adam.step()
        return loss

    def update(real, real_targets, fake_latents, fake_targets, latents):
        on_real = update_discriminator(real, real_targets)
        generator.eval()
        with torch.no_grad():
            fakes = generate(fake_latents)
        generator.train()
        on_fake = update_discriminator(fakes, fake_targets)
        discriminator.requires_grad_(False)
        generator_adam.zero_grad()
        loss = generator_loss(latents)
        loss.backward()
        generator_adam.step()
        discriminator.requires_grad_(True)
        with torch.no_grad():
            torch._foreach_lerp_(averaged, followed, 1 - average_decay(state["step"]))
        state["step"] += 1
        return on_real.item(), on_fake.item(), loss.item()

    def step():
        return update(
            data[torch.randint(len(data), (BATCH,))],
            torch.empty(BATCH, 1).uniform_(*REAL),
            torch.randn(BATCH, LATENT),
            torch.empty(BATCH, 1).uniform_(*FAKE),
            torch.randn(BATCH, LATENT),
        )

    def load(weights):
        for module, name in [(generator, "generator"), (average, "generator"), (discriminator, "discriminator")]:
            set_arrays(module, weights[name])

    return peer(
        step=step,
        update=lambda inputs: update(**{name: torch.from_numpy(value) for name, value in inputs.items()}),
        load=load,
        weights=lambda: {
            "generator": arrays(generator), "average": arrays(average), "discriminator": arrays(discriminator),
        },
    )


def build_generator():
    layers = []
    for before, size in zip([LATENT, *HIDDEN], HIDDEN):
        # PyTorch's momentum is the weight of the new value.
        normalization = nn.BatchNorm1d(size, eps=VARIANCE_EPSILON, momentum=1 - MOMENTUM)
        layers += [nn.Linear(before, size), nn.LeakyReLU(SLOPE), normalization]
    return nn.Sequential(*layers, nn.Linear(HIDDEN[-1], IMAGE), nn.Tanh())


def build_discriminator(dropout):
    layers = []
    for before, size in zip([IMAGE, *HIDDEN], HIDDEN):
        layers += [nn.Linear(before, size), nn.LeakyReLU(SLOPE)]
    return nn.Sequential(*layers, nn.Dropout(dropout), nn.Linear(HIDDEN[-1], 1))


def adam(model):
    return torch.optim.Adam(model.parameters(), lr=RATE, betas=(BETA1, BETA2), eps=EPSILON, fused=True)


def floats(model):
    """Returns parameters and moving statistics, without batch counters."""
    return [value for value in model.state_dict().values() if value.is_floating_point()]


def arrays(model):
    return [value.detach().numpy().T.copy() for value in floats(model)]


def set_arrays(model, values):
    with torch.no_grad():
        for own, value in zip(floats(model), values, strict=True):
            own.copy_(torch.from_numpy(value).T)


def classifier(images, labels, threads, mode):
    return make_classifier(images, labels, threads, mode).step


def make_classifier(images, labels, threads, mode):
    torch.set_num_threads(threads)
    data = torch.from_numpy(images[:, None].copy()).float() / 127.5 - 1
    digits = torch.from_numpy(labels.astype(np.int64))
    model = nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(12 * 12 * 64, 128), nn.ReLU(), nn.Linear(128, 10),
    )
    adam = torch.optim.Adam(model.parameters(), lr=1e-3, betas=(0.9, BETA2), eps=EPSILON, fused=True)

    def loss_on(batch, digits):
        return cross_entropy(model(batch), digits)

    loss_on = torch.compile(loss_on) if mode == "compile" else loss_on

    def update(batch, digits):
        adam.zero_grad()
        loss = loss_on(batch, digits)
        loss.backward()
        adam.step()
        return loss.item()

    def step():
        indices = torch.randint(len(data), (BATCH,))
        return update(data[indices], digits[indices])

    def load(weights):
        with torch.no_grad():
            for own, value in zip(model.parameters(), weights, strict=True):
                own.copy_(torch.from_numpy(channels_first(value)).reshape(own.shape))

    return peer(
        step=step,
        update=lambda x, y: update(
            torch.from_numpy(x).permute(0, 3, 1, 2).contiguous(), torch.from_numpy(y.astype(np.int64))
        ),
        load=load,
    )


def channels_first(weight):
    """Reorders a kernel. The first dense layer gets its inputs in another order, since PyTorch puts channels first."""
    if weight.shape[0] == 12 * 12 * 64:
        weight = weight.reshape(12, 12, 64, -1)
    return weight.transpose(3, 2, 0, 1).copy() if weight.ndim == 4 else weight.T.copy()
