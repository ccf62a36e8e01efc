/**
 * Compares two values deeply, according to the rules of @std/assert.
 *
 * NaN equals NaN, and 0 equals -0. Objects of different classes are not equal, except that a plain
 * object may equal an object without a prototype. A key with the value `undefined` differs from a
 * missing key. If objects contain themselves, then each pair of objects is compared only once.
 */
import { inspect } from "node:util";

/** Returns a description of the first difference, or undefined if the values are deeply equal. */
export function findDifference(
  actual: unknown,
  expected: unknown,
): string | undefined {
  return compare(actual, expected, "", new Map());
}

/** Returns a value as a string that is short enough for a message. */
export function show(value: unknown): string {
  return inspect(value, {
    depth: 6,
    maxArrayLength: 40,
    maxStringLength: 2000,
    sorted: true,
  });
}

type Seen = Map<object, Set<object>>;

function compare(
  a: unknown,
  b: unknown,
  path: string,
  seen: Seen,
): string | undefined {
  if (a === b || Object.is(a, b)) return undefined;
  if (!isObject(a) || !isObject(b) || typeof a === "function") {
    return describe(a, b, path);
  }
  if (!constructorsEqual(a, b)) {
    return describe(a, b, path) + " (of another class)";
  }
  if (seen.get(a)?.has(b)) return undefined;
  seen.set(a, (seen.get(a) ?? new Set()).add(b));

  const same = compareByValue(a, b);
  if (same !== undefined) return same ? undefined : describe(a, b, path);
  if (ArrayBuffer.isView(a) && !(a instanceof DataView)) {
    return compareLists(a, b as typeof a, path);
  }
  if (a instanceof Set) return compareSets(a, b as typeof a, path, seen);
  if (a instanceof Map) return compareMaps(a, b as typeof a, path, seen);
  return compareProperties(a, b, path, seen);
}

/**
 * Compares two objects whose content is not in their properties, such as dates. For all other
 * objects, returns undefined.
 */
function compareByValue(a: object, b: object): boolean | undefined {
  if (a instanceof RegExp || a instanceof URL) return String(a) === String(b);
  if (a instanceof Date) return Object.is(+a, +(b as Date));
  if (a instanceof ArrayBuffer) {
    const [left, right] = [new Uint8Array(a), new Uint8Array(b as ArrayBuffer)];
    return compareLists(left, right, "") === undefined;
  }
  if (a instanceof Promise || a instanceof WeakMap || a instanceof WeakSet) {
    throw new TypeError(`Cannot compare two of ${a.constructor.name}.`);
  }
  return undefined;
}

/**
 * Compares two typed arrays. Typed arrays can be long, so the loop calls no function for equal
 * elements.
 */
function compareLists(
  a: ArrayBufferView,
  b: ArrayBufferView,
  path: string,
): string | undefined {
  const [left, right] = [a, b] as unknown as ArrayLike<number | bigint>[];
  if (left.length !== right.length) {
    return describe(left.length, right.length, `${path}.length`);
  }
  for (let i = 0; i < left.length; i++) {
    if (left[i] !== right[i] && !Object.is(left[i], right[i])) {
      return describe(left[i], right[i], `${path}[${i}]`);
    }
  }
  return undefined;
}

function compareSets(
  a: Set<unknown>,
  b: Set<unknown>,
  path: string,
  seen: Seen,
): string | undefined {
  if (a.size !== b.size) return describe(a.size, b.size, `${path}.size`);
  const left = new Set(b);
  for (const value of a) {
    const match = takeEqual(value, left, seen);
    if (!match) return `at ${path || "the top"}: unexpected ${show(value)}`;
    left.delete(match.value);
  }
  return undefined;
}

/**
 * Returns the candidate that equals `value`, or undefined if there is none. The candidate is
 * wrapped in an object, because the candidate itself may be undefined.
 */
function takeEqual(
  value: unknown,
  candidates: Set<unknown>,
  seen: Seen,
): { value: unknown } | undefined {
  if (candidates.has(value)) return { value };
  if (!isObject(value)) return undefined;
  for (const candidate of candidates) {
    // Each comparison gets a copy of `seen`, because the pairs of a failed comparison must not
    // count as seen in the next comparison.
    if (compare(value, candidate, "", copyOf(seen)) === undefined) {
      return { value: candidate };
    }
  }
  return undefined;
}

function copyOf(seen: Seen): Seen {
  return new Map([...seen].map(([value, partners]) => [value, new Set(partners)]));
}

function compareMaps(
  a: Map<unknown, unknown>,
  b: Map<unknown, unknown>,
  path: string,
  seen: Seen,
): string | undefined {
  if (a.size !== b.size) return describe(a.size, b.size, `${path}.size`);
  const keys = new Set(b.keys());
  for (const [key, value] of a) {
    const at = `${path}.get(${show(key)})`;
    const match = takeEqual(key, keys, seen);
    if (!match) return `at ${at}: unexpected key`;
    keys.delete(match.value);
    const difference = compare(value, b.get(match.value), at, seen);
    if (difference) return difference;
  }
  return undefined;
}

function compareProperties(
  a: object,
  b: object,
  path: string,
  seen: Seen,
): string | undefined {
  const [left, right] = [a, b] as Record<PropertyKey, unknown>[];
  if (
    Array.isArray(a) && Array.isArray(b) && a.length !== b.length
  ) return describe(a.length, b.length, `${path}.length`);
  // The name and the message of an error are not enumerable, but they are compared too.
  const extra = a instanceof Error ? ["name", "message"] : [];
  const keys = new Set([...ownKeys(a), ...ownKeys(b), ...extra]);
  for (const key of keys) {
    const at = path +
      (Array.isArray(a) ? `[${String(key)}]` : `.${String(key)}`);
    if (!(key in a)) return `at ${at}: missing, wanted ${show(right[key])}`;
    if (!(key in b)) return `at ${at}: unexpected ${show(left[key])}`;
    const difference = compare(left[key], right[key], at, seen);
    if (difference) return difference;
  }
  return undefined;
}

function ownKeys(value: object): PropertyKey[] {
  return Reflect.ownKeys(value).filter((key) =>
    Object.prototype.propertyIsEnumerable.call(value, key)
  );
}

function constructorsEqual(a: object, b: object): boolean {
  const [left, right] = [a.constructor, b.constructor];
  return left === right || (left === Object && !right) ||
    (!left && right === Object);
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) ||
    typeof value === "function";
}

function describe(a: unknown, b: unknown, path: string): string {
  return `at ${path || "the top"}: found ${show(a)}, wanted ${show(b)}`;
}
