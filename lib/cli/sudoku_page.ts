/**
 * `deno task sudoku play` serves the web page, and `deno task sudoku build` writes it to a folder.
 */
import type { Command } from "commander";
import { dirname, join } from "node:path";
import { writeAtomically } from "../system/atomic_write.ts";
import { UserError } from "../system/user_error.ts";
import { buildPage } from "../web/build/build_page.ts";
import { createPageServer, type PageServer } from "../web/server/page_server.ts";
import { integerOption } from "./integer_option.ts";

const PORT = 8787;

/** Adds the commands `play` and `build`. */
export function addPageCommands(program: Command): void {
  program.command("play")
    .description("serves the page on this machine until Ctrl-C")
    .addOption(integerOption("--port <number>", "port to listen on", PORT, 65_535))
    .action(({ port }: { port: number }) => playPage(port));
  program.command("build")
    .description("writes the page as a folder for any web server, or to be opened from disk")
    .argument("<folder>", "folder to write to; created if it does not exist")
    .action(writePage);
}

async function playPage(port: number): Promise<void> {
  const server = listen(port, await createPageServer(await buildPage()));
  await server.finished;
}

function listen(port: number, answer: PageServer): Deno.HttpServer {
  try {
    return Deno.serve({
      hostname: "127.0.0.1",
      port,
      onListen: () => console.log(`The Sudoku page: http://127.0.0.1:${port}/`),
    }, answer);
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    throw new UserError(
      `Serving the page: wanted port ${port}, found another program on it. Choose one with --port.`,
    );
  }
}

async function writePage(folder: string): Promise<void> {
  const files = await buildPage();
  for (const [name, bytes] of files) {
    await Deno.mkdir(join(folder, dirname(name)), { recursive: true });
    await writeAtomically(join(folder, name), bytes);
  }
  console.log(`${files.size} files in ${folder}; open ${join(folder, "index.html")}`);
}
