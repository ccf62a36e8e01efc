/**
 * Lists TensorFlow's libraries and their sources for each platform.
 *
 * The URLs come from tfjs-node's scripts/install.js, which checks no hashes. The libraries' SHA-256
 * hashes are taken from nixpkgs (package mjolnir); github.com/wamuir/graft has the same hash for
 * Linux. The wheel's hash is published by its package index.
 */

export interface Platform {
  readonly os: typeof Deno.build.os;
  readonly arch: typeof Deno.build.arch;
}

export interface OfficialFiles {
  readonly library: { readonly url: string; readonly sha256: string };
  /** The prebuilt addon, without a published hash; undefined if the addon must be compiled. */
  readonly addon: { readonly url: string } | undefined;
}

export interface Wheel {
  readonly requirement: string;
  readonly tag: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly libraries: readonly string[];
}

export const addonVersion = "4.22.0";
const storage = "https://storage.googleapis.com/";

const libraries: Readonly<Record<string, { path: string; sha256: string }>> = {
  "linux-x86_64": {
    path: "tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz",
    sha256: "7f510d2546e3db5e10b1d119463689003d587842892ad3c95bca51cf82820173",
  },
  "linux-aarch64": {
    path: "tf-builds/libtensorflow_r2_7_linux_arm64.tar.gz",
    sha256: "9395d1ff39f5b6847f5121e679ff4e599dc7061a2a7f87ceac061c78e908e6e3",
  },
  "darwin-x86_64": {
    path: "tensorflow/libtensorflow/libtensorflow-cpu-darwin-x86_64-2.9.1.tar.gz",
    sha256: "56f83d3320ba0f69aaafd6c058645e1b7fbc75fb9a3fc36d6be98de1291ca226",
  },
  "darwin-aarch64": {
    path: "tf-builds/libtensorflow_r2_7_darwin_arm64_cpu.tar.gz",
    sha256: "13ab22b97e2af06e431aaeb7b42fb89981965dd01aa16da035d8210aa4183d79",
  },
};

const wheels: Readonly<Record<string, Wheel>> = {
  "linux-x86_64": {
    // The newest TensorFlow whose wheel contains a library to link against.
    requirement: "tensorflow-cpu==2.19.1",
    tag: "manylinux_2_17_x86_64",
    bytes: 251_795_484,
    sha256: "0b6d72bd09c267e7573757bd309f5b1e2cdb02577339991da751f3a1411e4dae",
    libraries: ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"],
  },
};

/**
 * Returns the official files for a platform, or undefined if there are none.
 *
 * @param mirror a URL instead of Google's storage
 */
export function officialFiles(
  platform: Platform,
  mirror: string = storage,
): OfficialFiles | undefined {
  const library = libraries[`${platform.os}-${platform.arch}`];
  if (!library) return undefined;
  const base = mirror.endsWith("/") ? mirror : `${mirror}/`;
  const archive =
    `tf-builds/pre-built-binary/napi-v8/${addonVersion}/CPU-${platform.os}-${addonVersion}.tar.gz`;
  return {
    library: { url: base + library.path, sha256: library.sha256 },
    addon: platform.arch === "x86_64" ? { url: base + archive } : undefined,
  };
}

/** Returns a wheel that works on the platform, or undefined if none is known. */
export function wheelFor(platform: Platform): Wheel | undefined {
  return wheels[`${platform.os}-${platform.arch}`];
}
