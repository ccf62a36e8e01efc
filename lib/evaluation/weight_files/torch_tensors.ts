import type { NamedTensor } from "./named_tensors.ts";
import type { PickleGlobal } from "./pickle.ts";
import { WeightFileError } from "./weight_file_error.ts";

interface NumberType {
  readonly bytes: number;
  readonly read: (data: ArrayBuffer) => Float32Array;
}

/** The maximum number of axes of a tensor in PyTorch. */
const MAX_RANK = 64;

const numberTypes: Readonly<Record<string, NumberType>> = {
  "torch.FloatStorage": { bytes: 4, read: (data) => new Float32Array(data) },
  "torch.DoubleStorage": {
    bytes: 8,
    read: (data) => Float32Array.from(new Float64Array(data)),
  },
  // PyTorch uses this type for the batch counter of a BatchNorm layer. Very large values are
  // rounded.
  "torch.LongStorage": {
    bytes: 8,
    read: (data) => Float32Array.from(new BigInt64Array(data), Number),
  },
};

/** Numbers that are stored outside of the pickle. */
export class Storage {
  readonly key: string;
  readonly count: number;
  readonly #type: NumberType;
  #values: Float32Array | undefined;

  constructor(key: string, count: number, type: NumberType) {
    [this.key, this.count, this.#type] = [key, count, type];
  }

  get bytes(): number {
    return this.count * this.#type.bytes;
  }

  /**
   * @param data the numbers, which take up {@linkcode bytes} bytes; the storage may keep this
   * buffer
   */
  fill(data: ArrayBuffer): void {
    this.#values = this.#type.read(data);
  }

  slice(from: number, to: number): Float32Array {
    return this.#values!.subarray(from, to);
  }
}

class StoredTensor {
  readonly storage: Storage;
  readonly offset: number;
  readonly shape: readonly number[];

  constructor(storage: Storage, offset: number, shape: readonly number[]) {
    [this.storage, this.offset, this.shape] = [storage, offset, shape];
  }

  toNamed(): NamedTensor {
    const end = this.offset + product(this.shape);
    return {
      shape: this.shape,
      values: this.storage.slice(this.offset, end),
    };
  }
}

/** The Python names that a pickle of tensors may use. */
export const tensorGlobals: readonly PickleGlobal[] = [
  { name: "collections.OrderedDict", call: makeDictionary },
  { name: "torch._utils._rebuild_tensor_v2", call: rebuildTensor },
  { name: "torch._utils._rebuild_parameter", call: ([tensor]) => tensor },
  ...Object.keys(numberTypes).map((name) => ({ name })),
];

/** The storages that a pickle mentions. */
export class StorageList {
  readonly #byKey = new Map<string, Storage>();
  readonly #limit: number;
  #bytes = 0;

  /**
   * @param limit maximum number of bytes in all storages together, which is the size of the file
   */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Returns the storage for a persistent id of the form ("storage", type, key, place, count, …).
   */
  readonly load = (id: unknown): Storage => {
    const [kind, type, key, , count] = Array.isArray(id) ? id : [];
    const numbers = Object.hasOwn(numberTypes, type?.name ?? "")
      ? numberTypes[type.name]
      : undefined;
    if (
      kind !== "storage" || !numbers || typeof key !== "string" ||
      !isSize(count)
    ) throw refused("data of unknown kind");
    const known = this.#byKey.get(key);
    if (known) return known;
    const storage = new Storage(key, count, numbers);
    this.#bytes += storage.bytes;
    if (this.#bytes > this.#limit) {
      throw refused(`${this.#bytes} bytes of numbers in ${this.#limit}`);
    }
    this.#byKey.set(key, storage);
    return storage;
  };

  get(key: unknown): Storage | undefined {
    return this.#byKey.get(key as string);
  }

  all(): Storage[] {
    return [...this.#byKey.values()];
  }
}

/** Returns the tensors in a dictionary. The storages must be filled before this call. */
export function tensorsOf(value: unknown): Map<string, NamedTensor> {
  if (!(value instanceof Map)) throw refused("a value that is not a dictionary");
  const tensors = new Map<string, NamedTensor>();
  for (const [name, tensor] of value) {
    if (typeof name !== "string" || !(tensor instanceof StoredTensor)) {
      throw refused(
        typeof name === "string" ? `'${name}', which is not a tensor` : "no names",
      );
    }
    tensors.set(name, tensor.toNamed());
  }
  return tensors;
}

function makeDictionary(args: readonly unknown[]): unknown {
  if (args.length === 0) return new Map();
  throw refused("a dictionary created from arguments");
}

function rebuildTensor(args: readonly unknown[]): StoredTensor {
  const [storage, offset, shape, strides] = args;
  if (
    !(storage instanceof Storage) || !isSize(offset) || !isSizes(shape) ||
    !isSizes(strides) || strides.length !== shape.length
  ) throw refused("a tensor without offset or shape");
  if (!(offset + product(shape) <= storage.count)) {
    throw refused(
      `a tensor of shape [${shape}] at ${offset} of ${storage.count} numbers`,
    );
  }
  if (!isRowMajor(shape, strides)) {
    throw refused(
      `a tensor of shape [${shape}] with strides [${strides}]; save its .contiguous()`,
    );
  }
  return new StoredTensor(storage, offset, shape);
}

/**
 * Returns whether the numbers of a tensor are in row-major order. The stride of an axis of size 1
 * does not matter.
 */
function isRowMajor(
  shape: readonly number[],
  strides: readonly number[],
): boolean {
  if (product(shape) === 0) return true;
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== step) return false;
    step *= shape[axis];
  }
  return true;
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((result, size) => result * size, 1);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.length <= MAX_RANK &&
    value.every(isSize);
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && value as number >= 0;
}

function refused(found: string): WeightFileError {
  return new WeightFileError(
    `wanted a pickle of nothing but tensors, found ${found}`,
  );
}
