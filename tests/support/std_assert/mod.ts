/**
 * Replaces jsr:@std/assert on machines that cannot reach JSR. This module has only the assertions
 * that the tests use. These assertions have the same signatures and meanings as the originals. See
 * README.md in this folder.
 */
import { findDifference, show } from "./difference.ts";

/** The error that is thrown when an assertion fails. */
export class AssertionError extends Error {
  override name = "AssertionError";
}

type Class<T> = abstract new (...args: never[]) => T;

/** Fails unless `expr` is truthy. */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}

/** Always fails. */
export function fail(msg?: string): never {
  throw new AssertionError(`Failed assertion${suffix(msg)}`);
}

/** Returns whether two values are deeply equal. */
export function equal(a: unknown, b: unknown): boolean {
  return findDifference(a, b) === undefined;
}

/** Fails unless the two values are deeply equal. NaN counts as equal to NaN. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  const difference = findDifference(actual, expected);
  if (difference === undefined) return;
  throw new AssertionError(
    `Values are not equal${suffix(msg)}\n  ${difference}\n  ` +
      `actual:   ${show(actual)}\n  expected: ${show(expected)}`,
  );
}

/** Fails if the two values are deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  check(
    !equal(actual, expected),
    `Expected other than ${show(expected)}`,
    msg,
  );
}

/** Fails unless the two values are the same according to `Object.is`. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T {
  if (Object.is(actual, expected)) return;
  const why = equal(actual, expected)
    ? "Values are equal but not the same object"
    : "Values are not the same";
  throw new AssertionError(
    `${why}${suffix(msg)}\n  actual:   ${show(actual)}\n  expected: ${show(expected)}`,
  );
}

/** Fails if the two values are the same according to `Object.is`. */
export function assertNotStrictEquals<T>(
  actual: T,
  expected: T,
  msg?: string,
): void {
  check(
    !Object.is(actual, expected),
    `Expected not to be the same as ${show(expected)}`,
    msg,
  );
}

/**
 * Fails unless |actual - expected| <= tolerance. The default tolerance is 1e-7 times |expected|.
 */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  msg?: string,
): void {
  if (Object.is(actual, expected)) return;
  const delta = Math.abs(expected - actual);
  const allowed = tolerance ??
    (isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  check(
    delta <= allowed,
    `Expected ${actual} to be close to ${expected}: they are ${delta} apart, more than ${allowed}`,
    msg,
  );
}

/** Fails unless actual > expected. */
export function assertGreater<T>(actual: T, expected: T, msg?: string): void {
  check(actual > expected, `Expected ${show(actual)} > ${show(expected)}`, msg);
}

/** Fails unless actual >= expected. */
export function assertGreaterOrEqual<T>(
  actual: T,
  expected: T,
  msg?: string,
): void {
  check(
    actual >= expected,
    `Expected ${show(actual)} >= ${show(expected)}`,
    msg,
  );
}

/** Fails unless actual < expected. */
export function assertLess<T>(actual: T, expected: T, msg?: string): void {
  check(actual < expected, `Expected ${show(actual)} < ${show(expected)}`, msg);
}

/** Fails unless actual <= expected. */
export function assertLessOrEqual<T>(
  actual: T,
  expected: T,
  msg?: string,
): void {
  check(
    actual <= expected,
    `Expected ${show(actual)} <= ${show(expected)}`,
    msg,
  );
}

/** Fails if the value is null or undefined. */
export function assertExists<T>(
  actual: T,
  msg?: string,
): asserts actual is NonNullable<T> {
  check(
    actual !== null && actual !== undefined,
    `Expected a value, found ${show(actual)}`,
    msg,
  );
}

/** Fails unless `actual` is an instance of the class `expectedType`. */
export function assertInstanceOf<T>(
  actual: unknown,
  expectedType: Class<T>,
  msg?: string,
): asserts actual is T {
  check(
    actual instanceof expectedType,
    `Expected an instance of ${expectedType.name}, found ${show(actual)}`,
    msg,
  );
}

/** Fails unless the string matches the regular expression. */
export function assertMatch(
  actual: string,
  expected: RegExp,
  msg?: string,
): void {
  check(
    expected.test(actual),
    `Expected ${show(actual)} to match ${expected}`,
    msg,
  );
}

/** Fails if the string matches the regular expression. */
export function assertNotMatch(
  actual: string,
  expected: RegExp,
  msg?: string,
): void {
  check(
    !expected.test(actual),
    `Expected ${show(actual)} not to match ${expected}`,
    msg,
  );
}

/** Fails unless `actual` contains the string `expected`. */
export function assertStringIncludes(
  actual: string,
  expected: string,
  msg?: string,
): void {
  check(
    actual.includes(expected),
    `Expected ${show(actual)} to contain ${show(expected)}`,
    msg,
  );
}

/** Fails unless each element of `expected` is equal to an element of `actual`. */
export function assertArrayIncludes<T>(
  actual: ArrayLike<T>,
  expected: ArrayLike<T>,
  msg?: string,
): void {
  const candidates = Array.from(actual);
  const missing = Array.from(expected).filter((value) =>
    !candidates.some((candidate) => equal(candidate, value))
  );
  check(
    missing.length === 0,
    `Expected ${show(actual)} to include ${show(missing)}`,
    msg,
  );
}

/**
 * Fails unless `error` is an instance of the class and its message contains or matches
 * `msgMatches`.
 */
export function assertIsError<E extends Error = Error>(
  error: unknown,
  ErrorClass?: Class<E>,
  msgMatches?: string | RegExp,
  msg?: string,
): asserts error is E {
  const wanted = ErrorClass ?? Error;
  check(
    error instanceof wanted,
    `Expected an error of class ${wanted.name}, found ${show(error)}`,
    msg,
  );
  if (msgMatches === undefined) return;
  const found = typeof msgMatches === "string"
    ? error.message.includes(msgMatches)
    : msgMatches.test(error.message);
  check(
    found,
    `Expected the error's message to include ${show(msgMatches)}, found ${show(error.message)}`,
    msg,
  );
}

/** Fails unless `fn` throws the expected error. Returns the error. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: Class<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows(
  fn: () => unknown,
  errorClassOrMsg?: Class<Error> | string,
  msgIncludes?: string,
  msg?: string,
): unknown {
  const classless = typeof errorClassOrMsg === "string";
  try {
    fn();
  } catch (error) {
    if (!classless && errorClassOrMsg) {
      assertIsError(error, errorClassOrMsg, msgIncludes, msg);
    }
    return error;
  }
  const message = classless ? errorClassOrMsg : msg;
  throw new AssertionError(`Expected function to throw${suffix(message)}`);
}

/**
 * Fails unless the promise that `fn` returns is rejected with the expected error. The resulting
 * promise resolves to the error.
 */
export function assertRejects(
  fn: () => PromiseLike<unknown>,
  msg?: string,
): Promise<unknown>;
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: Class<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects(
  fn: () => PromiseLike<unknown>,
  errorClassOrMsg?: Class<Error> | string,
  msgIncludes?: string,
  msg?: string,
): Promise<unknown> {
  const classless = typeof errorClassOrMsg === "string";
  const message = classless ? errorClassOrMsg : msg;
  const promise = startRejecting(fn, message);
  try {
    await promise;
  } catch (error) {
    if (!classless && errorClassOrMsg) {
      assertIsError(error, errorClassOrMsg, msgIncludes, msg);
    }
    return error;
  }
  throw new AssertionError(`Expected function to reject${suffix(message)}`);
}

/**
 * Calls `fn`, which must return a promise. Fails if `fn` throws an error instead of returning a
 * promise.
 */
function startRejecting(
  fn: () => PromiseLike<unknown>,
  msg?: string,
): PromiseLike<unknown> {
  let promise: PromiseLike<unknown> | undefined;
  let problem = "it returned no promise";
  try {
    promise = fn();
  } catch (error) {
    problem = show(error);
  }
  check(
    typeof promise?.then === "function",
    `Function throws when expected to reject (${problem})`,
    msg,
  );
  return promise;
}

function check(
  holds: boolean,
  problem: string,
  msg: string | undefined,
): asserts holds {
  if (!holds) throw new AssertionError(problem + suffix(msg));
}

function suffix(msg: string | undefined): string {
  return msg ? `: ${msg}` : ".";
}
