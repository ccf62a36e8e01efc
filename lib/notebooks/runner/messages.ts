/**
 * Encodes and decodes messages of the Jupyter protocol, version 5. A message is signed JSON in
 * several frames (see "Messaging in Jupyter" in the documentation of jupyter-client).
 */
import { createHmac, randomUUID } from "node:crypto";
import type { Frames } from "./zmtp.ts";

export interface Message {
  readonly type: string;
  readonly id: string;
  /** The id of the request that caused this message, or "" if there is none. */
  readonly parent: string;
  // deno-lint-ignore no-explicit-any -- the content depends on the type of the message
  readonly content: any;
}

const DELIMITER = "<IDS|MSG>";

/** Encodes and signs a request. */
export function encodeMessage(
  type: string,
  content: unknown,
  { key, session }: { readonly key: string; readonly session: string },
): { readonly id: string; readonly frames: Frames } {
  const id = randomUUID();
  const header = {
    msg_id: id,
    msg_type: type,
    session,
    username: "sudogan",
    date: new Date().toISOString(),
    version: "5.3",
  };
  const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
  const frames = [DELIMITER, sign(parts, key), ...parts];
  return { id, frames: frames.map((frame) => new TextEncoder().encode(frame)) };
}

/**
 * Decodes a message and checks its signature with the given key.
 *
 * @throws {Error} if the frames are not a message, or the signature is wrong
 */
export function decodeMessage(frames: Frames, key: string): Message {
  const texts = frames.map((frame) => new TextDecoder().decode(frame));
  const at = texts.indexOf(DELIMITER);
  const [signature, ...parts] = texts.slice(at + 1, at + 6);
  if (at < 0 || parts.length < 4) {
    throw new Error(
      `Reading a kernel's message: wanted ${DELIMITER} and five frames, found ${frames.length} frames.`,
    );
  }
  if (signature !== sign(parts, key)) {
    throw new Error("Reading a kernel's message: its signature is wrong.");
  }
  const [header, parent, , content] = parts.map((part) => JSON.parse(part));
  return {
    type: header.msg_type,
    id: header.msg_id,
    parent: parent.msg_id ?? "",
    content,
  };
}

function sign(parts: readonly string[], key: string): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}
