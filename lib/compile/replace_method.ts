/** Replaces methods of tfjs' objects temporarily. */

/**
 * Replaces a method.
 *
 * @param make returns the replacement for the original method
 * @returns a function that restores the object
 */
export function replaceMethod<T extends object, Name extends keyof T>(
  object: T,
  name: Name,
  make: (original: T[Name]) => T[Name],
): () => void {
  const own = Object.getOwnPropertyDescriptor(object, name);
  object[name] = make(object[name]);
  return () => {
    if (own) Object.defineProperty(object, name, own);
    else Reflect.deleteProperty(object, name);
  };
}
