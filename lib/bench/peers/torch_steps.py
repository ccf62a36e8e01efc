"""The steps in PyTorch: eager, with the fused Adam."""

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

BATCH = 128


def versions():
    return {"torch": torch.__version__, "threads": torch.get_num_threads()}


def gan(images, labels, threads):
    torch.set_num_threads(threads)
    data = torch.from_numpy(images.reshape(-1, 784).copy()).float() / 127.5 - 1
    sizes = [128, 256, 512, 1024]

    layers = []
    for before, size in zip([100, *sizes], sizes):
        # PyTorch's momentum is the share of the new value.
        layers += [nn.Linear(before, size), nn.LeakyReLU(0.2), nn.BatchNorm1d(size, eps=1e-3, momentum=0.2)]
    generator = nn.Sequential(*layers, nn.Linear(1024, 784), nn.Tanh())

    layers = []
    for before, size in zip([784, *sizes], sizes):
        layers += [nn.Linear(before, size), nn.LeakyReLU(0.2)]
    discriminator = nn.Sequential(*layers, nn.Dropout(0.3), nn.Linear(1024, 1))

    def adam(model):
        return torch.optim.Adam(model.parameters(), lr=2e-4, betas=(0.5, 0.999), eps=1e-7, fused=True)

    generator_adam, discriminator_adam = adam(generator), adam(discriminator)

    def update_discriminator(batch, low, high):
        discriminator_adam.zero_grad()
        targets = torch.empty(BATCH, 1).uniform_(low, high)
        loss = binary_cross_entropy_with_logits(discriminator(batch), targets)
        loss.backward()
        discriminator_adam.step()
        return loss

    def step():
        indices = torch.randint(len(data), (BATCH,))
        real = update_discriminator(data[indices], 0.7, 1.2)
        generator.eval()
        with torch.no_grad():
            fakes = generator(torch.randn(BATCH, 100))
        generator.train()
        fake = update_discriminator(fakes, 0.0, 0.3)
        for parameter in discriminator.parameters():
            parameter.requires_grad_(False)
        generator_adam.zero_grad()
        logits = discriminator(generator(torch.randn(BATCH, 100)))
        loss = binary_cross_entropy_with_logits(logits, torch.ones(BATCH, 1))
        loss.backward()
        generator_adam.step()
        for parameter in discriminator.parameters():
            parameter.requires_grad_(True)
        return real.item(), fake.item(), loss.item()

    return step


def classifier(images, labels, threads):
    torch.set_num_threads(threads)
    data = torch.from_numpy(images[:, None].copy()).float() / 127.5 - 1
    digits = torch.from_numpy(labels.astype(np.int64))
    model = nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(12 * 12 * 64, 128), nn.ReLU(), nn.Linear(128, 10),
    )
    adam = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)

    def step():
        indices = torch.randint(len(data), (BATCH,))
        adam.zero_grad()
        loss = cross_entropy(model(data[indices]), digits[indices])
        loss.backward()
        adam.step()
        return loss.item()

    return step
