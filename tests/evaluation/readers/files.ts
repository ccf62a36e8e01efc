/** Makes files in NumPy's formats .npy and .npz. */
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";

/** Returns a .npy file of version 1 that contains the given header and data. */
export function npyFile(description: string, data: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(`${description}\n`);
  const start = [0x93, ...new TextEncoder().encode("NUMPY"), 1, 0];
  return Uint8Array.from([
    ...start,
    text.length & 0xff,
    text.length >> 8,
    ...text,
    ...data,
  ]);
}

/** Returns the .npy file that NumPy would write for an array in row-major order. */
export function npyOf(
  values: Uint8Array | Float32Array | Float64Array,
  shape: readonly number[],
): Uint8Array {
  const types = { Uint8Array: "|u1", Float32Array: "<f4", Float64Array: "<f8" };
  const type = types[values.constructor.name as keyof typeof types];
  return npyFile(
    describe(type, shape),
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  );
}

/** Returns the header of a .npy file as NumPy writes it. */
export function describe(
  type: string,
  shape: readonly number[],
  fortranOrder = false,
): string {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  return `{'descr': '${type}', 'fortran_order': ${fortranOrder ? "True" : "False"}, 'shape': ` +
    `(${sizes}), }`;
}

/** Returns an .npz file, which is a zip file that contains the given .npy files. */
export async function npzOf(
  arrays: Readonly<Record<string, Uint8Array>>,
  packed = false,
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    level: packed ? 9 : 0,
    useWebWorkers: false,
  });
  for (const [name, bytes] of Object.entries(arrays)) {
    await writer.add(`${name}.npy`, new Uint8ArrayReader(bytes));
  }
  return Uint8Array.from(await writer.close());
}
