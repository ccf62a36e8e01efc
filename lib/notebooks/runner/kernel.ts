/**
 * Runs notebook cells on Deno's Jupyter kernel. Neither Jupyter nor Python is needed.
 *
 * A cell's output may arrive after the kernel has reported that the cell is finished. After each
 * cell, the kernel is therefore asked to broadcast a marker. All output that arrives before the
 * marker belongs to the cell.
 */
import { randomUUID } from "node:crypto";
import { freePorts } from "../../system/free_ports.ts";
import { UserError } from "../../system/user_error.ts";
import { decodeMessage, encodeMessage, type Message } from "./messages.ts";
import { ZmtpSocket } from "./zmtp.ts";

export interface KernelOptions {
  /** The notebook's folder. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** An error that was thrown while a cell ran. */
export interface CellError {
  readonly name: string;
  readonly message: string;
  /** The stack trace, without terminal colour codes. */
  readonly stack: string;
}

export interface CellOutcome {
  readonly error?: CellError;
}

/** Thrown if the kernel has ended or does not respond. */
export class KernelError extends UserError {
  override name = "KernelError";
}

const START_MS = 30_000;
const RETRY_MS = 25;
const MARK_TYPE = "application/vnd.sudogan.mark+json";
const FAULT_TYPE = "application/vnd.sudogan.fault+json";

/**
 * Code that the kernel runs before the first cell. It reports unhandled rejections and errors in
 * callbacks, which the kernel would otherwise hide. It also shuts the kernel down once the process
 * that started the kernel has exited.
 */
const guardCode = `
for (const kind of ["unhandledrejection", "error"]) {
  globalThis.addEventListener(kind, (event) => {
    const error = event.reason ?? event.error;
    Deno.jupyter.broadcast("display_data", {
      data: { "${FAULT_TYPE}": {
        name: error?.name ?? "Error", message: String(error?.message ?? error), stack: String(error?.stack ?? error),
      } },
      metadata: {}, transient: {},
    });
    event.preventDefault();
  });
}
{
  // A runner that was killed cannot end its kernel, so the kernel checks whether the runner is
  // still there.
  const runner = Deno.ppid;
  setInterval(() => Deno.ppid === runner || Deno.exit(1), 1000);
}`;

/** A running kernel. */
export class Kernel implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #shell: ZmtpSocket;
  readonly #iopub: ZmtpSocket;
  readonly #credentials: { readonly key: string; readonly session: string };
  readonly #ended: Promise<never>;
  #onOutput: (message: Message) => void = () => {};

  private constructor(
    process: Deno.ChildProcess,
    sockets: { readonly shell: ZmtpSocket; readonly iopub: ZmtpSocket },
    credentials: { readonly key: string; readonly session: string },
  ) {
    this.#process = process;
    this.#shell = sockets.shell;
    this.#iopub = sockets.iopub;
    this.#credentials = credentials;
    this.#ended = process.status.then(({ code, signal }) => {
      throw new KernelError(
        `The kernel's process ended (${signal ?? `code ${code}`}).`,
      );
    });
    this.#ended.catch(() => {});
    this.#readOutput().catch(() => {});
  }

  /**
   * Starts a kernel, with the same Deno executable that runs this program.
   *
   * @throws {KernelError} if the kernel does not respond within 30 s
   */
  static async start({ folder, env = {} }: KernelOptions): Promise<Kernel> {
    const key = randomUUID();
    const ports = freePorts(5);
    const file = await Deno.makeTempFile({
      prefix: "sudogan_kernel_",
      suffix: ".json",
    });
    await Deno.writeTextFile(file, connectionFile(ports, key));
    const process = new Deno.Command(Deno.execPath(), {
      args: ["jupyter", "--kernel", "--conn", file],
      cwd: folder,
      env: { NO_COLOR: "1", ...env },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    try {
      const sockets = {
        shell: await connectSoon(ports[0], "DEALER"),
        iopub: await connectSoon(ports[1], "SUB"),
      };
      const credentials = { key, session: randomUUID() };
      const kernel = new Kernel(process, sockets, credentials);
      await kernel.#waitUntilHeard();
      await kernel.execute(guardCode, () => {});
      return kernel;
    } catch (error) {
      process.kill("SIGKILL");
      await process.status;
      throw error;
    } finally {
      await Deno.remove(file).catch(() => {});
    }
  }

  /**
   * Runs a cell.
   *
   * @param onOutput receives the messages with the cell's output, in the order in which they arrive
   * @throws {KernelError} if the kernel ends before the cell has finished
   */
  async execute(
    code: string,
    onOutput: (message: Message) => void,
  ): Promise<CellOutcome> {
    let error: CellError | undefined;
    this.#onOutput = (message) => {
      const fault = message.content.data?.[FAULT_TYPE];
      if (fault) error ??= plainError(fault);
      else onOutput(message);
    };
    const reply = await this.#request(code, false);
    await this.#awaitMark();
    this.#onOutput = () => {};
    if (reply.content.status !== "ok") error = describeReply(reply.content);
    return error ? { error } : {};
  }

  /** Interrupts the kernel, like Jupyter's Stop button. */
  interrupt(): void {
    this.#process.kill("SIGINT");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // The process has already ended.
    }
    await this.#process.status;
    this.#shell.close();
    this.#iopub.close();
  }

  async #request(code: string, silent: boolean): Promise<Message> {
    const { id, frames } = encodeMessage("execute_request", {
      code,
      silent,
      store_history: !silent,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: false,
    }, this.#credentials);
    await this.#shell.send(frames);
    while (true) {
      const message = await this.#receive(this.#shell);
      if (message.type === "execute_reply" && message.parent === id) {
        return message;
      }
    }
  }

  async #awaitMark(): Promise<void> {
    const mark = randomUUID();
    const seen = this.#listenForMark(mark);
    const content = { data: { [MARK_TYPE]: mark }, metadata: {} };
    await this.#request(
      `await Deno.jupyter.broadcast("display_data", ` +
        `${JSON.stringify({ ...content, transient: {} })})`,
      true,
    );
    await Promise.race([seen, this.#ended]);
  }

  #listenForMark(mark: string): Promise<void> {
    const passOn = this.#onOutput;
    return new Promise((resolve) => {
      this.#onOutput = (message) => {
        if (message.content.data?.[MARK_TYPE] === mark) resolve();
        else passOn(message);
      };
    });
  }

  /**
   * Waits until the kernel's output arrives. A request is repeated until then, because a new
   * subscription misses the first messages.
   */
  async #waitUntilHeard(): Promise<void> {
    let heard = false;
    this.#onOutput = () => heard = true;
    const deadline = performance.now() + START_MS;
    while (!heard) {
      if (performance.now() > deadline) {
        throw new KernelError(
          "The kernel started but sends nothing. Is the machine busy? Try again.",
        );
      }
      await this.#request("await Deno.jupyter.broadcast('stream', {})", false);
      await delay(RETRY_MS);
    }
  }

  async #readOutput(): Promise<void> {
    while (true) {
      const message = await this.#receive(this.#iopub);
      if (!["status", "execute_input"].includes(message.type)) {
        this.#onOutput(message);
      }
    }
  }

  async #receive(socket: ZmtpSocket): Promise<Message> {
    const frames = await Promise.race([socket.receive(), this.#ended]);
    if (!frames) throw new KernelError("The kernel closed its connection.");
    return decodeMessage(frames, this.#credentials.key);
  }
}

function connectionFile(ports: readonly number[], key: string): string {
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports;
  return JSON.stringify({
    ...{ shell_port, iopub_port, stdin_port, control_port, hb_port },
    ...{ ip: "127.0.0.1", transport: "tcp", kernel_name: "deno" },
    ...{ key, signature_scheme: "hmac-sha256" },
  });
}

async function connectSoon(
  port: number,
  kind: "DEALER" | "SUB",
): Promise<ZmtpSocket> {
  const deadline = performance.now() + START_MS;
  while (true) {
    try {
      return await ZmtpSocket.connect(port, kind);
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
      if (performance.now() > deadline) {
        throw new KernelError(
          "The kernel started but does not listen. Is the machine busy? Try again.",
          {
            cause: error,
          },
        );
      }
      await delay(RETRY_MS);
    }
  }
}

/**
 * Returns the error that a reply from the kernel reports. If the cell has a syntax error or an
 * unresolved import, the kernel gives no reason, and the returned message says so.
 */
function describeReply(
  { ename, evalue, traceback }: {
    ename: string;
    evalue: string;
    traceback: readonly string[];
  },
): CellError {
  if (traceback.length > 0) {
    return plainError({
      name: ename,
      message: evalue,
      stack: traceback.join("\n"),
    });
  }
  const message =
    "the kernel refused the cell without a reason: a syntax error or an unresolved import. " +
    "`deno task notebooks --types` finds it";
  return { name: "SyntaxError", message, stack: `SyntaxError: ${message}` };
}

function plainError({ name, message, stack }: CellError): CellError {
  return { name, message: plain(message), stack: plain(stack) };
}

function plain(text: string): string {
  // deno-lint-ignore no-control-regex -- terminal colours consist of control characters
  return text.replace(/\x1b\[[0-9;]*m/g, "");
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
