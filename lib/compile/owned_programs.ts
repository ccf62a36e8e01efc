/** The programs behind compiled functions and accelerated models, which their users do not see. */
import type { Program } from "./program.ts";

const programs = new WeakMap<object, Program>();

/** Keeps the program of a compiled function, a record of them, or an accelerated model. */
export function ownProgram<T extends object>(owner: T, program: Program): T {
  programs.set(owner, program);
  return owner;
}

/** Returns the program of an owner, or undefined if it is none. */
export function programOf(owner: object): Program | undefined {
  return programs.get(owner);
}
