/**
 * Runs tfjs on native TensorFlow under Deno, and installs TensorFlow if necessary. If the user
 * chooses the engine `auto` and native TensorFlow cannot run, WebAssembly or plain JavaScript is
 * used instead.
 *
 * @example
 * ```ts
 * import { startEngine } from "@sudogan/sudogan/engine";
 *
 * const engine = await startEngine({ engine: "auto" });
 * console.log(engine.name, engine.reason);
 * ```
 *
 * @module
 */
export { type Parallelism, type ThreadSettings } from "../native/threads.ts";
export type {
  NotProvisioned,
  OnReport,
  Provisioned,
  ProvisionReport,
  Route,
} from "../system/provision_report.ts";
export { UserError } from "../system/user_error.ts";
export { type EngineOptions, type Provision, startEngine } from "./backend.ts";
export {
  type Engine,
  type EngineChoice,
  engineChoices,
  EngineError,
  type EngineName,
  engineNames,
} from "./engine.ts";
