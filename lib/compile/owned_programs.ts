/** Keeps the program of each compiled function and accelerated model, hidden from users. */
import type { Program } from "./program.ts";

const programs = new WeakMap<object, Program>();

/** Stores the program of a compiled function, a record of functions, or an accelerated model. */
export function ownProgram<T extends object>(owner: T, program: Program): T {
  programs.set(owner, program);
  return owner;
}

/** Returns the owner's program, or undefined if it has none. */
export function programOf(owner: object): Program | undefined {
  return programs.get(owner);
}
