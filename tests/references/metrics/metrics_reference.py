"""Computes FID, KID, precision, recall, density and coverage with the packages that are usually quoted.

python metrics_reference.py FOLDER

FOLDER has cases.json, a list of cases: name, neighbours, optionally subsets (the rows of both sides that each of KID's
subsets takes; default: all rows), and for each case NAME_real.npy and NAME_generated.npy. Prints a JSON with the versions
and the numbers of each case.

The Fréchet distance is computed three ways: by pytorch-fid, with SciPy's sqrtm; by torch-fidelity, from the eigenvalues of
the product, which is not symmetric; and exactly: Tr (Σ₁Σ₂)^½ is the nuclear norm of XYᵀ / √((n − 1)(m − 1)), X and Y
centred, so that no root is taken of a number that should be 0.
"""
import contextlib
import io
import json
import pathlib
import sys

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "inception"))
from inception_features import declare_operators  # noqa: E402

library = declare_operators(torch)
import prdc  # noqa: E402  torchvision's operators must be declared first
import pytorch_fid.fid_score  # noqa: E402
import torch_fidelity.metric_fid  # noqa: E402
import torch_fidelity.metric_kid  # noqa: E402

KID = {"kid_kernel": "poly", "kid_kernel_poly_degree": 3, "kid_kernel_poly_gamma": None, "kid_kernel_poly_coef0": 1}


def exact_distance(a, b):
    x, y = (side - side.mean(axis=0) for side in (a, b))
    root = np.linalg.svd(x @ y.T, compute_uv=False).sum() / np.sqrt((len(a) - 1) * (len(b) - 1))
    shift = a.mean(axis=0) - b.mean(axis=0)
    return shift @ shift + a.var(axis=0, ddof=1).sum() + b.var(axis=0, ddof=1).sum() - 2 * root


def frechet_distances(a, b):
    moments = [value for side in (a, b) for value in (side.mean(axis=0), np.cov(side, rowvar=False))]
    by_fidelity = torch_fidelity.metric_fid.fid_statistics_to_metric(
        *({"mu": mu, "sigma": sigma} for mu, sigma in (moments[:2], moments[2:])), verbose=False
    )
    return {
        "exact": exact_distance(a, b),
        "pytorch-fid": pytorch_fid.fid_score.calculate_frechet_distance(*moments),
        "torch-fidelity": by_fidelity["frechet_inception_distance"],
    }


def kernel_distance(a, b, subsets):
    values = [torch_fidelity.metric_kid.kernel_mmd(a[rows[0]], b[rows[1]], **KID) for rows in subsets]
    return {"kid": np.mean(values), "deviation": np.std(values)}


def scores(case, folder):
    real, generated = (np.load(f"{folder}/{case['name']}_{side}.npy").astype(np.float64) for side in ("real", "generated"))
    every = [[list(range(len(real))), list(range(len(generated)))]]
    return {
        "frechet": frechet_distances(real, generated),
        **kernel_distance(real, generated, case.get("subsets", every)),
        **prdc.compute_prdc(real, generated, nearest_k=case["neighbours"]),
    }


def main(folder):
    # sqrtm and prdc print to standard output.
    with contextlib.redirect_stdout(io.StringIO()):
        cases = json.load(open(f"{folder}/cases.json"))
        results = {case["name"]: scores(case, folder) for case in cases}
    versions = {
        "pytorch-fid": "0.3.0",
        "torch-fidelity": torch_fidelity.__version__,
        "prdc": "0.2",
        "numpy": np.__version__,
    }
    print(json.dumps({"versions": versions, "cases": results}, default=float))


main(*sys.argv[1:])
