"""Computes features with the reference Inception networks and weights from a formula.

python inception_features.py keras|fid FOLDER

FOLDER has names.json, the names of the convolutions in order, and images.u8, gray images of 28x28 bytes. The script writes
features.f32 and the weights there (weights.h5 in Keras' older format, or weights.pth and weights_legacy.pth from torch.save).
It prints a JSON with the versions and, for tests/golden/inception, every 64th feature of the first two images.
"""
import json
import sys

import numpy as np


def hashed(count, seed):
    """Returns count numbers in [-1, 1), equal to those of tests/support/inception_weights.ts."""
    x = np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B1) + np.uint32(seed)
    for shift, factor in ((15, 0x85EBCA77), (13, 0xC2B2AE3D)):
        x = (x ^ (x >> np.uint32(shift))) * np.uint32(factor)
    x ^= x >> np.uint32(16)
    return (x.astype(np.float64) / 2**31 - 1).astype(np.float32)


def formula(index, kernel_shape):
    """Returns the weights of the index-th convolution (from 1): kernel [height, width, in, out] and normalization."""
    height, width, channels, out = kernel_shape
    seed = 1000 * index
    bound = np.float32(np.sqrt(6 / (height * width * channels)))
    return {
        "kernel": (hashed(height * width * channels * out, seed) * bound).reshape(kernel_shape),
        "gamma": 1 + np.float32(0.25) * hashed(out, seed + 1),
        "beta": np.float32(0.25) * hashed(out, seed + 2),
        "mean": np.float32(0.25) * hashed(out, seed + 3),
        "variance": 1 + np.float32(0.25) * hashed(out, seed + 4),
    }


def keras_features(folder, images):
    import h5py
    import keras
    import tensorflow as tf
    from keras.src.legacy.saving import legacy_h5_format

    model = keras.applications.InceptionV3(weights=None, include_top=False, pooling="avg", input_shape=(299, 299, 3))
    number = lambda layer: int((layer.name.split("_")[-1:] if layer.name[-1].isdigit() and "_" in layer.name else ["0"])[0])
    of_kind = lambda kind: sorted((l for l in model.layers if isinstance(l, kind)), key=number)
    convolutions = of_kind(keras.layers.Conv2D)
    normalizations = of_kind(keras.layers.BatchNormalization)
    for i, (convolution, normalization) in enumerate(zip(convolutions, normalizations, strict=True), 1):
        values = formula(i, convolution.kernel.shape)
        convolution.set_weights([values["kernel"]])
        normalization.set_weights([values["beta"], values["mean"], values["variance"]])
    with h5py.File(f"{folder}/weights.h5", "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, model)
    large = tf.image.resize(images[..., None].astype(np.float32), (299, 299), method="nearest").numpy()
    batch = np.repeat(large, 3, axis=3) / np.float32(127.5) - 1
    return model.predict(batch, verbose=0), {"keras": keras.__version__, "tensorflow": tf.__version__}


def fid_network(names):
    """Returns pytorch-fid's network with the formula's weights, the weights and the operator library."""
    import torch

    library = declare_operators(torch)
    import pytorch_fid.inception as fid

    inception = fid._inception_v3(num_classes=1008, aux_logits=False, weights=None)
    weights = formula_state(inception, names)
    fid.load_state_dict_from_url = lambda url, progress: weights
    return fid.InceptionV3([3]).eval(), weights, library


def declare_operators(torch):
    """Declares torchvision's operators if its compiled part doesn't load. Its networks need only their names."""
    try:
        import torchvision
    except RuntimeError:
        library = torch.library.Library("torchvision", "DEF")
        for name in ("nms", "qnms"):
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        return library


def formula_state(inception, names):
    import torch

    weights = inception.state_dict()
    for i, name in enumerate(names, 1):
        out, channels, height, width = weights[f"{name}.conv.weight"].shape
        values = {key: torch.from_numpy(value) for key, value in formula(i, (height, width, channels, out)).items()}
        weights[f"{name}.conv.weight"] = values["kernel"].permute(3, 2, 0, 1).contiguous()
        weights[f"{name}.bn.weight"] = values["gamma"]
        weights[f"{name}.bn.bias"] = values["beta"]
        weights[f"{name}.bn.running_mean"] = values["mean"]
        weights[f"{name}.bn.running_var"] = values["variance"]
    return weights


def fid_features(folder, images):
    import torch

    network, weights, _library = fid_network(json.load(open(f"{folder}/names.json")))
    torch.save(weights, f"{folder}/weights.pth")
    torch.save(weights, f"{folder}/weights_legacy.pth", _use_new_zipfile_serialization=False)
    batch = torch.from_numpy(images).float().div(255)[:, None].expand(-1, 3, -1, -1)
    with torch.no_grad():
        features = network(batch)[0].squeeze(3).squeeze(2).numpy()
    return features, {"torch": torch.__version__}


def main(network, folder):
    images = np.fromfile(f"{folder}/images.u8", np.uint8).reshape(-1, 28, 28)
    run = {"keras": keras_features, "fid": fid_features}[network]
    features, versions = run(folder, images)
    features.astype("<f4").tofile(f"{folder}/features.f32")
    print(json.dumps({"versions": versions, "every64th": features[:2, ::64].tolist()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
