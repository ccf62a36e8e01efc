/**
 * Lists TensorFlow's libraries for each platform, and says where to download them.
 *
 * The URLs come from tfjs-node's scripts/install.js, which does not check any hashes. The SHA-256
 * hashes of the libraries are taken from nixpkgs (package mjolnir). The hash for Linux is also
 * published in github.com/wamuir/graft, where it is the same. The hash of the wheel comes from the
 * package index that publishes the wheel.
 */

export interface Platform {
  readonly os: typeof Deno.build.os;
  readonly arch: typeof Deno.build.arch;
}

export interface OfficialFiles {
  readonly library: { readonly url: string; readonly sha256: string };
  /**
   * The prebuilt addon, for which no hash is published. The field is undefined if the addon must be
   * compiled.
   */
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
    // This is the newest version whose wheel contains a library that the addon can be linked with.
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
 * @param mirror URL from which to download the files instead of Google's storage
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

/** Returns a wheel that works on the platform, or undefined if no such wheel is known. */
export function wheelFor(platform: Platform): Wheel | undefined {
  return wheels[`${platform.os}-${platform.arch}`];
}
