/**
 * Lists the peers, each in every configuration that might be its fastest. Which one is fastest
 * depends on the machine, so all are timed and the best one counts.
 */
import type { PeerConfiguration, Task } from "./peers.ts";

/** Names of the peers that run the training steps. */
export const peerNames = {
  torch: "PyTorch",
  keras: "Keras",
  tensorflow: "tf.function",
  jax: "JAX",
} as const;

/**
 * Tells OpenMP's threads to sleep while they wait for work. By default they spin. Spinning is
 * faster on an idle machine, but far slower when another program needs the processor.
 */
const passive = { OMP_WAIT_POLICY: "PASSIVE" };

/**
 * Runs each operation on one thread, and several operations at a time, as in this project's
 * training (native/threads.ts).
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

/** Returns every configuration of every peer, for the given training step. */
export function peerConfigurations(task: Task): PeerConfiguration[] {
  return all.map((configuration) => ({ ...configuration, task }));
}
