/**
 * Starts tfjs' WebAssembly backend, which uses SIMD instructions on one thread.
 *
 * In this backend, a matrix product with a transposed operand is 15 to 40 times slower than a plain
 * product. The reason is that XNNPACK computes only the plain product; if an operand is transposed,
 * a loop without SIMD computes the product. Training needs two products with a transposed operand
 * per dense layer. This module therefore transposes the operand first and then computes a plain
 * product.
 */
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";

/** The name of the WebAssembly backend in tfjs. */
export const wasmBackend = "wasm";

/**
 * Switches tfjs to its WebAssembly backend.
 *
 * @throws {Error} if the backend cannot be started
 */
export async function startWasm(): Promise<void> {
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  if (!tf.engine().registry[wasmBackend]) {
    // The package contains the backend's files, so nothing is downloaded.
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

/** Returns the version of tfjs' WebAssembly backend. */
export async function wasmVersions(): Promise<
  { readonly "tfjs-backend-wasm": string }
> {
  const { version_wasm } = await import("@tensorflow/tfjs-backend-wasm");
  return { "tfjs-backend-wasm": version_wasm };
}

/**
 * Replaces the backend's kernel for matrix products. The new kernel first transposes the operands
 * that need it, and then computes a plain product.
 */
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

/**
 * Returns the permutation of the axes that transposes each matrix in a tensor of the given rank.
 */
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
