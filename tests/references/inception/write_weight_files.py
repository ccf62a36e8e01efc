"""Writes small files with PyTorch and h5py for tests of the readers: python write_weight_files.py tests/golden/weight_files"""
import sys
from collections import OrderedDict

import h5py
import numpy as np
import torch

folder = sys.argv[1]
ramp = torch.arange(12, dtype=torch.float32)
tensors = OrderedDict(
    {
        "matrix": ramp.reshape(3, 4),
        "part": ramp[4:7],
        "parameter": torch.nn.Parameter(torch.tensor([0.5, -1.5])),
        "double": torch.tensor([1e-3, 2.0], dtype=torch.float64),
        "scalar": torch.tensor(7),
        "empty": torch.zeros(0, 3),
    }
)
tensors._metadata = OrderedDict({"": {"version": 1}})
transposed = {"matrix": ramp.reshape(3, 4).T}
for name, value in (("tensors", tensors), ("transposed", transposed), ("number", {"a": 1}), ("half", {"a": ramp.half()})):
    torch.save(value, f"{folder}/{name}.pth")
    torch.save(value, f"{folder}/{name}_legacy.pth", _use_new_zipfile_serialization=False)

with h5py.File(f"{folder}/tensors.h5", "w") as file:
    file["layer/layer/kernel:0"] = np.arange(6, dtype=np.float32).reshape(2, 3)
    file["layer/layer/bias:0"] = np.array([0.5, -1.5], np.float32)
    file["scalar"] = np.float32(7)
    file.attrs["layer_names"] = [b"layer"]
for name, options in (("double", {"dtype": "f8"}), ("compressed", {"dtype": "f4", "compression": "gzip"})):
    with h5py.File(f"{folder}/{name}.h5", "w") as file:
        file.create_dataset("a", data=np.arange(100), **options)
with h5py.File(f"{folder}/unwritten.h5", "w") as file:
    # Its numbers were never stored, so the file is small although the data set is large.
    file.create_dataset("a", shape=(1000, 1000, 1000), dtype="f4", chunks=(1, 1, 1000))
with h5py.File(f"{folder}/loop.h5", "w") as file:
    file.create_group("group")["group"] = file["/"]
with h5py.File(f"{folder}/elsewhere.h5", "w") as file:
    file["a"] = h5py.ExternalLink("tensors.h5", "scalar")
