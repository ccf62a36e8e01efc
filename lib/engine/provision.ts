/**
 * Installs the native engine: TensorFlow's libraries, and the addon that connects them to
 * JavaScript.
 *
 * The official download is tried first. If it fails, the libraries are taken from TensorFlow's
 * Python wheel, and a C++ compiler builds the addon. All files stay in the user's cache, and links
 * in node_modules point to them. It is safe to interrupt an installation, to repeat it, or to run
 * two at the same time.
 */
import { fileURLToPath } from "node:url";
import {
  type CachedEngine,
  engineCacheFolder,
  findCached,
  finish,
  forgetCached,
  newWorkFolder,
  underLock,
} from "./provision/cache.ts";
import type { Timeouts } from "../system/download.ts";
import { checkScript } from "./provision/check_native.ts";
import { isLinked, link, unlink } from "./provision/link.ts";
import { fetchOfficial } from "./provision/official.ts";
import {
  addonVersion,
  type OfficialFiles,
  type Platform,
  type Wheel,
} from "./provision/platform.ts";
import {
  type NotProvisioned,
  type OnReport,
  problemOf,
  type Provisioned,
  type Route,
  sparsely,
} from "../system/provision_report.ts";
import { runCommand } from "../system/run_command.ts";
import { buildFromWheel } from "./provision/wheel.ts";

export interface ProvisionOptions {
  /** Whether to remove the existing installation and the cache first. */
  readonly reinstall?: boolean;
  readonly onReport?: OnReport;
  readonly signal?: AbortSignal | undefined;
  /** Folder in which the files are kept; by default, `sudogan/engine` in the user's cache. */
  readonly cacheFolder?: string;
  /** Folder of the package tfjs-node; by default, the folder of the imported package. */
  readonly packageFolder?: string;
  readonly platform?: Platform;
  /**
   * URL of the storage from which the official files are downloaded. The default is the value of
   * the environment variable TFJS_NODE_CDN_STORAGE, as in tfjs-node. Without this variable, the
   * files come from Google's storage.
   */
  readonly mirror?: string | undefined;
  /** The files of the official download. By default, they depend on the platform. */
  readonly official?: OfficialFiles;
  /** TensorFlow's Python wheel. By default, it depends on the platform. */
  readonly wheel?: Wheel;
  readonly timeouts?: Timeouts;
  /** Names of Python executables, in order of preference. */
  readonly pythons?: readonly string[];
  /** Names of C++ compilers, in order of preference. */
  readonly compilers?: readonly string[];
  /**
   * Tests the installed engine. The default function multiplies two matrices in a child process.
   */
  readonly check?: (signal?: AbortSignal) => Promise<void>;
}

/**
 * Timeouts for a download, in milliseconds. They are short, because the
 * Python wheel is tried only after the download has failed.
 */
const defaultTimeouts: Timeouts = { answer: 5_000, stall: 20_000 };

/**
 * Installs the native engine if it is not installed yet.
 *
 * @returns a report that says how the engine was installed, or why it could not be installed
 * @throws the signal's reason if the signal is aborted
 */
export async function provision(
  options: ProvisionOptions = {},
): Promise<Provisioned | NotProvisioned> {
  const settings = withDefaults(options);
  if (!settings.reinstall && await isLinked(settings.packageFolder)) {
    return present("It is installed");
  }
  try {
    return await setUp(settings);
  } catch (error) {
    settings.signal?.throwIfAborted();
    const { cacheFolder, packageFolder, platform } = settings;
    const folders = `${cacheFolder} and ${packageFolder}`;
    const problem = `Wanted to write to ${folders}, found: ${problemOf(error)}`;
    return {
      ok: false,
      attempts: [{ route: "files", problem }],
      advice: `Make both folders writable, or set XDG_CACHE_HOME to a folder that is. ` +
        advise(platform),
    };
  }
}

async function setUp(
  settings: Settings,
): Promise<Provisioned | NotProvisioned> {
  const { packageFolder, cacheFolder, reinstall } = settings;
  return await underLock(settings, async () => {
    if (reinstall) await forgetCached(cacheFolder);
    else if (await isLinked(packageFolder)) {
      return present("Another process has installed it");
    }
    // If the links are removed first, an interrupted installation does not look complete.
    await unlink(packageFolder);
    const cached = await findCached(cacheFolder);
    if (!cached) return await tryRoutes(settings);
    await link(packageFolder, cached);
    return present(`It was in the cache, ${cached.folder}`);
  });
}

type Settings = ReturnType<typeof withDefaults>;

function withDefaults(options: ProvisionOptions) {
  return {
    reinstall: false,
    signal: undefined,
    cacheFolder: engineCacheFolder(),
    packageFolder: options.packageFolder ?? installedPackage(),
    platform: Deno.build,
    mirror: Deno.env.get("TFJS_NODE_CDN_STORAGE") || undefined,
    official: undefined,
    wheel: undefined,
    timeouts: defaultTimeouts,
    pythons: ["python3", "python"],
    compilers: ["g++", "clang++", "c++"],
    check: multiplyInChild,
    ...options,
    onReport: sparsely(options.onReport ?? (() => {})),
  };
}

function installedPackage(): string {
  return Deno.realPathSync(
    fileURLToPath(
      new URL(".", import.meta.resolve("@tensorflow/tfjs-node/package.json")),
    ),
  );
}

function present(message: string): Provisioned {
  return { ok: true, route: "present", message };
}

const routes: Readonly<
  Record<Route, (settings: Settings, target: string) => Promise<void>>
> = {
  official: (settings, target) => fetchOfficial({ ...settings, target }),
  wheel: (settings, target) => buildFromWheel({ ...settings, target }),
};

async function tryRoutes(
  settings: Settings,
): Promise<Provisioned | NotProvisioned> {
  const attempts: { route: Route; problem: string }[] = [];
  for (const route of ["official", "wheel"] as const) {
    try {
      const cached = await takeRoute(route, settings);
      return {
        ok: true,
        route,
        message: `Installed by the ${routeNames[route]} and kept in ${cached.folder}`,
      };
    } catch (error) {
      settings.signal?.throwIfAborted();
      const problem = problemOf(error);
      attempts.push({ route, problem });
      settings.onReport({
        step: route,
        message: `The ${routeNames[route]} failed: ${problem}`,
      });
    }
  }
  return { ok: false, attempts, advice: advise(settings.platform) };
}

const routeNames: Readonly<Record<Route, string>> = {
  official: "official download",
  wheel: "TensorFlow wheel and a C++ compiler",
};

async function takeRoute(
  route: Route,
  settings: Settings,
): Promise<CachedEngine> {
  const { cacheFolder, packageFolder, onReport, signal, check } = settings;
  const target = await newWorkFolder(cacheFolder);
  try {
    await routes[route](settings, target);
    const cached = await finish(cacheFolder, target, route);
    await link(packageFolder, cached);
    onReport({ step: "check", message: "Testing the engine" });
    await check(signal);
    return cached;
  } catch (error) {
    await unlink(packageFolder);
    await forgetCached(cacheFolder);
    throw error;
  } finally {
    await Deno.remove(target, { recursive: true }).catch(() => {});
  }
}

/**
 * Tests the engine in a child process, because an incompatible library may crash the process that
 * loads it.
 */
async function multiplyInChild(signal?: AbortSignal): Promise<void> {
  await runCommand(Deno.execPath(), ["run", "--allow-all", "--quiet", checkScript], { signal });
}

function advise({ os }: Platform): string {
  const general =
    `needs either a network that reaches Google's storage (set TFJS_NODE_CDN_STORAGE to a mirror of it), ` +
    "or Python 3 with pip and a C++ compiler";
  switch (os) {
    case "linux":
      return `The native engine ${general}: on Debian and Ubuntu, apt-get install -y python3-pip g++.`;
    case "darwin":
      return `The native engine ${general}: xcode-select --install. On macOS it always needs the storage.`;
    case "windows":
      return "The native engine is set up on Linux and macOS only: on Windows use WSL.";
    default:
      return `There is no native engine for ${os}; version ${addonVersion} of tfjs-node is for Linux and macOS.`;
  }
}
