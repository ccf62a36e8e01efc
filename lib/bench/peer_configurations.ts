/**
 * Lists, for each peer, the configurations that might be its fastest. Only the fastest
 * configuration of a peer is compared with this project.
 */
import type { PeerConfiguration, Task } from "./peers.ts";

/** Names of the peers that take training steps. */
export const peerNames = {
  torch: "PyTorch",
  keras: "Keras",
  tensorflow: "tf.function",
  jax: "JAX",
} as const;

/**
 * Makes OpenMP's threads sleep while they wait. By default, they spin (they wait in a busy loop).
 * Spinning is faster on an idle machine, but far slower when other programs are running.
 */
const passive = { OMP_WAIT_POLICY: "PASSIVE" };

/**
 * Uses one thread per operation and runs several operations at the same time. The file
 * lib/native/threads.ts explains when this is faster.
 */
const acrossOperations = { TF_NUM_INTRAOP_THREADS: "1" };

const { torch, keras, tensorflow, jax } = peerNames;

const ofTorch = (["eager", "compile"] as const).flatMap((mode) => {
  const shown = mode === "eager" ? "eager" : "torch.compile";
  const both = { peer: torch, framework: "torch", mode } as const;
  return [
    { ...both, name: `${torch}, ${shown}` },
    { ...both, name: `${torch}, ${shown}, passive`, environment: passive },
  ];
});

const all: readonly Omit<PeerConfiguration, "task">[] = [
  ...ofTorch,
  {
    peer: keras,
    name: `${keras}, train_on_batch`,
    framework: "keras",
    mode: "graph",
  },
  {
    peer: keras,
    name: `${keras}, train_on_batch, jit_compile`,
    framework: "keras",
    mode: "jit",
  },
  {
    peer: tensorflow,
    name: tensorflow,
    framework: "tensorflow",
    mode: "graph",
  },
  {
    peer: tensorflow,
    name: `${tensorflow}, one thread per operation`,
    framework: "tensorflow",
    mode: "graph",
    environment: acrossOperations,
  },
  {
    peer: tensorflow,
    name: `${tensorflow}, jit_compile`,
    framework: "tensorflow",
    mode: "jit",
  },
  { peer: jax, name: `${jax}, jit`, framework: "jax", mode: "jit" },
];

/** Returns every configuration of every peer for a task. */
export function peerConfigurations(task: Task): PeerConfiguration[] {
  return all.map((configuration) => ({ ...configuration, task }));
}
