/**
 * Starts tfjs' WebAssembly backend, with SIMD on one thread.
 *
 * In this backend, a matrix product with a transposed operand is 15 to 40 times slower than a plain
 * product, because a loop without SIMD computes it instead of XNNPACK. Training needs two of these
 * products per dense layer. The operand is therefore transposed first.
 */
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";

/** The backend's name in tfjs. */
export const wasmBackend = "wasm";

/**
 * Switches tfjs to its WebAssembly backend.
 *
 * @throws {Error} if the backend cannot be started
 */
export async function startWasm(): Promise<void> {
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  if (!tf.engine().registry[wasmBackend]) {
    // The files come with the package. Nothing is downloaded.
    wasm.setWasmPaths(fileURLToPath(
      new URL(
        "dist/",
        import.meta.resolve("@tensorflow/tfjs-backend-wasm/package.json"),
      ),
    ));
    wasm.setThreadsCount(1);
    transposeFirst();
  }
  if (!await tf.setBackend(wasmBackend)) {
    throw new Error("tfjs could not initialize it on this machine");
  }
}

/** Returns the version of the backend. */
export async function wasmVersions(): Promise<
  { readonly "tfjs-backend-wasm": string }
> {
  const { version_wasm } = await import("@tensorflow/tfjs-backend-wasm");
  return { "tfjs-backend-wasm": version_wasm };
}

/** Replaces the kernel of the matrix product: operands are transposed before a plain product. */
function transposeFirst(): void {
  const original = kernelOf("BatchMatMul");
  const transpose = kernelOf("Transpose").kernelFunc;
  tf.unregisterKernel("BatchMatMul", wasmBackend);
  tf.registerKernel({
    ...original,
    kernelFunc: ({ inputs, backend, attrs }) => {
      const operands = { a: inputs["a"]!, b: inputs["b"]! };
      const temporary: tf.TensorInfo[] = [];
      const plain = (operand: tf.TensorInfo, isTransposed: unknown) => {
        if (!isTransposed) return operand;
        const transposed = transpose({
          inputs: { x: operand },
          backend,
          attrs: { perm: swapLastTwo(operand.shape.length) },
        }) as tf.TensorInfo;
        temporary.push(transposed);
        return transposed;
      };
      try {
        return original.kernelFunc({
          inputs: {
            a: plain(operands.a, attrs?.["transposeA"]),
            b: plain(operands.b, attrs?.["transposeB"]),
          },
          backend,
          attrs: { transposeA: false, transposeB: false },
        });
      } finally {
        for (const { dataId } of temporary) {
          (backend as tf.KernelBackend).disposeData(dataId);
        }
      }
    },
  });
}

/** Returns the permutation that transposes the matrices in a tensor of this rank. */
function swapLastTwo(rank: number): number[] {
  const order = Array.from({ length: rank - 2 }, (_, i) => i);
  return [...order, rank - 1, rank - 2];
}

function kernelOf(name: string): tf.KernelConfig {
  const kernel = tf.getKernel(name, wasmBackend);
  if (!kernel) {
    throw new Error(
      `Starting the WebAssembly backend: wanted its kernel ${name}, found none; ` +
        "does @tensorflow/tfjs-backend-wasm have the version in deno.json?",
    );
  }
  return kernel;
}
