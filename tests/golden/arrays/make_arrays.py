"""Writes the other files of this folder with NumPy 2.1.3, for tests of the readers."""

from pathlib import Path

import numpy as np

folder = Path(__file__).parent
features = np.arange(12, dtype=np.float64).reshape(4, 3) / 8
np.save(folder / "features64.npy", features)
np.save(folder / "features32.npy", features.astype(np.float32))
np.save(folder / "images.npy", np.arange(2 * 3 * 4, dtype=np.uint8).reshape(2, 3, 4))
np.save(folder / "colour.npy", np.arange(2 * 2 * 2 * 3, dtype=np.uint8).reshape(2, 2, 2, 3))
np.save(folder / "columns.npy", np.asfortranarray(features))
np.save(folder / "integers.npy", np.arange(6).reshape(2, 3))
np.savez(folder / "moments.npz", mu=features.mean(0), sigma=np.cov(features, rowvar=False))
np.savez_compressed(folder / "compressed.npz", features=features)
np.savez_compressed(folder / "bomb.npz", zeros=np.zeros((1000, 1000)))
