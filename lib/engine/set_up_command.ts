/** Names the command that sets up the native engine, for messages to users. */

/**
 * The command as the user must type it. Where the packed form of this project is installed, there
 * is no `deno task engine`.
 */
export const setUpCommand: string = import.meta.url.includes("/node_modules/")
  ? "deno run -A npm:@sudogan/sudogan/engine/set-up"
  : "deno task engine";
