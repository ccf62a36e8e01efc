/**
 * Stores the program of each compiled function or accelerated model where users cannot see it.
 */
import type { Program } from "./program.ts";

const programs = new WeakMap<object, Program>();

/**
 * Stores the program for its owner, and returns the owner. The owner is a compiled function, a
 * record of compiled functions, or an accelerated model.
 */
export function ownProgram<T extends object>(owner: T, program: Program): T {
  programs.set(owner, program);
  return owner;
}

/** Returns the program of an owner, or undefined if the object has no program. */
export function programOf(owner: object): Program | undefined {
  return programs.get(owner);
}
