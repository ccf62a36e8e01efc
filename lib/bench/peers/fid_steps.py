"""pytorch-fid: Inception features and the Fréchet distance, with random weights and data."""

import numpy as np
import torch

IMAGES = 16
DIMENSION = 2048


def declare_operators():
    """Declares operators of torchvision, whose compiled part does not load with every torch."""
    try:
        import torchvision  # noqa: F401
    except RuntimeError:
        library = torch.library.Library("torchvision", "DEF")
        for name in ("nms", "qnms"):
            library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        return library


library = declare_operators()
import pytorch_fid.inception as fid  # noqa: E402  torchvision's operators have to be declared first
from pytorch_fid.fid_score import calculate_frechet_distance  # noqa: E402


def versions():
    return {"torch": torch.__version__, "pytorch-fid": "0.3.0", "threads": torch.get_num_threads()}


def frechet(images, labels, threads, mode):
    random = np.random.default_rng(1)
    sides = [random.uniform(size=(2 * DIMENSION, DIMENSION)) + side for side in range(2)]
    moments = [value for side in sides for value in (side.mean(axis=0), np.cov(side, rowvar=False))]
    return lambda: calculate_frechet_distance(*moments)


def inception(images, labels, threads, mode):
    torch.set_num_threads(threads)
    random_weights = fid._inception_v3(num_classes=1008, aux_logits=False, weights=None).state_dict()
    for name, values in random_weights.items():
        if name.endswith("conv.weight"):
            torch.nn.init.kaiming_uniform_(values, nonlinearity="relu")
    fid.load_state_dict_from_url = lambda url, progress: random_weights
    network = fid.InceptionV3([3]).eval()
    batch = torch.from_numpy(images[:IMAGES].copy()).float().div(255)[:, None].expand(-1, 3, -1, -1)

    @torch.no_grad()
    def step():
        return network(batch)[0].numpy()

    return step
