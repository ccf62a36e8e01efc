/** Temporarily replaces methods of tfjs' objects. */

/**
 * Replaces a method of an object.
 *
 * @param make a function that receives the original method and returns its replacement
 * @returns a function that restores the original method
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
