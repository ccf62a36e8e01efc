/** Names the command that sets up the native engine, for messages to users. */

/** In a project that has installed the packed form of this project, `deno task engine` is missing. */
export const setUpCommand: string = import.meta.url.includes("/node_modules/")
  ? "deno run -A npm:@sudogan/sudogan/engine/set-up"
  : "deno task engine";
