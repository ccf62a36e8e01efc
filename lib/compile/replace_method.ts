/** Other methods for objects of tfjs, for a while. */

/**
 * Replaces a method.
 *
 * @param make makes the replacement from what stood there
 * @returns takes it back, so that the object is as it was
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
