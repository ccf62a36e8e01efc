/**
 * Implements the two kinds of ZeroMQ sockets that a Jupyter client needs, DEALER and SUB, over TCP
 * (ZMTP 3.0, RFC 23 of the ZeroMQ project). Encryption, reconnecting and heartbeats are not
 * implemented.
 */

/** The frames of one message. */
export type Frames = readonly Uint8Array[];

/** DEALER sends requests and receives replies; SUB receives what the kernel broadcasts. */
export type SocketKind = "DEALER" | "SUB";

const FLAG_MORE = 1;
const FLAG_LONG = 2;
const FLAG_COMMAND = 4;
const GREETING_BYTES = 64;
/** Maximum size of a short frame in bytes; the size of a larger frame does not fit in one byte. */
const SHORT_BYTES = 255;
const CHUNK_BYTES = 65_536;

/** A connected socket. */
export class ZmtpSocket {
  readonly #connection: Deno.TcpConn;
  #buffer = new Uint8Array(0);
  #sending: Promise<void> = Promise.resolve();

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  /**
   * Connects to a port of this machine and exchanges ZMTP's greetings. A SUB socket also subscribes
   * to all messages.
   *
   * @throws {Deno.errors.ConnectionRefused} if no process listens on the port
   * @throws {Error} if the process at the port does not speak ZMTP 3
   */
  static async connect(port: number, kind: SocketKind): Promise<ZmtpSocket> {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    try {
      connection.setNoDelay();
      const socket = new ZmtpSocket(connection);
      await socket.#greet(kind);
      if (kind === "SUB") await socket.send([Uint8Array.of(1)]);
      return socket;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** Sends a message. Messages are sent in the order in which this method is called. */
  async send(frames: Frames): Promise<void> {
    const bytes = join(frames.flatMap((frame, i) => [
      header(frame.length, i < frames.length - 1 ? FLAG_MORE : 0),
      frame,
    ]));
    // Each write waits for the write before, because the bytes of simultaneous writes would be
    // mixed.
    this.#sending = this.#sending.then(() => this.#write(bytes));
    await this.#sending;
  }

  /** Returns the next message, or undefined if the connection is closed. */
  async receive(): Promise<Frames | undefined> {
    const frames: Uint8Array[] = [];
    while (true) {
      const frame = await this.#readFrame();
      if (!frame) return undefined;
      if (frame.flags & FLAG_COMMAND) continue;
      frames.push(frame.body);
      if (!(frame.flags & FLAG_MORE)) return frames;
    }
  }

  close(): void {
    this.#connection.close();
  }

  async #greet(kind: SocketKind): Promise<void> {
    const greeting = new Uint8Array(GREETING_BYTES);
    greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0]);
    greeting.set(encode("NULL"), 12);
    await this.#write(greeting);
    const answer = await this.#read(GREETING_BYTES);
    if (answer?.[0] !== 0xff || answer[10] < 3) {
      throw new Error(
        "Greeting a kernel: wanted ZMTP 3, found something else at its port.",
      );
    }
    const ready = join([
      shortString("READY"),
      shortString("Socket-Type"),
      longString(kind),
      shortString("Identity"),
      longString(""),
    ]);
    await this.#write(join([header(ready.length, FLAG_COMMAND), ready]));
    const reply = await this.#readFrame();
    if (!reply || !decode(reply.body).startsWith("\x05READY")) {
      throw new Error(
        "Greeting a kernel: wanted READY, found a different command.",
      );
    }
  }

  async #readFrame(): Promise<{ flags: number; body: Uint8Array } | undefined> {
    const flags = (await this.#read(1))?.[0];
    if (flags === undefined) return undefined;
    const sizeBytes = await this.#read(flags & FLAG_LONG ? 8 : 1);
    if (!sizeBytes) return undefined;
    const size = sizeBytes.length === 1
      ? sizeBytes[0]
      : Number(new DataView(sizeBytes.buffer).getBigUint64(0));
    const body = await this.#read(size);
    return body && { flags, body };
  }

  /** Reads `count` bytes, or returns undefined if the stream ends early. */
  async #read(count: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const parts: Uint8Array[] = [];
    let missing = count - this.#buffer.length;
    while (missing > 0) {
      const chunk = new Uint8Array(CHUNK_BYTES);
      const got = await this.#connection.read(chunk).catch(() => null);
      if (got === null) return undefined;
      parts.push(chunk.subarray(0, got));
      missing -= got;
    }
    if (parts.length > 0) this.#buffer = join([this.#buffer, ...parts]);
    const bytes = this.#buffer.slice(0, count);
    this.#buffer = this.#buffer.subarray(count);
    return bytes;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      at += await this.#connection.write(bytes.subarray(at));
    }
  }
}

function header(size: number, flags: number): Uint8Array {
  if (size <= SHORT_BYTES) return Uint8Array.of(flags, size);
  const bytes = new Uint8Array(9);
  bytes[0] = flags | FLAG_LONG;
  new DataView(bytes.buffer).setBigUint64(1, BigInt(size));
  return bytes;
}

function shortString(text: string): Uint8Array {
  return join([Uint8Array.of(text.length), encode(text)]);
}

function longString(text: string): Uint8Array {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, text.length);
  return join([size, encode(text)]);
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(
    parts.reduce((sum, { length }) => sum + length, 0),
  );
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);
