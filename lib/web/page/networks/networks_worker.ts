/// <reference lib="webworker" />
/**
 * Generates and reads digits. This script runs in a worker, so that TensorFlow.js and both neural
 * networks do not block the page's main thread.
 */
import "@tensorflow/tfjs-backend-cpu";
import * as core from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import { drawDigits } from "../../digits/draw_digits.ts";
import { openNetworks, type WebNetworks } from "../../digits/networks.ts";
import { readStrokes } from "../../digits/read_digits.ts";
import { MODELS_SCRIPT, type PackedFiles, packedFiles, unpackFiles } from "./packed_files.ts";
import type { NetworkMessage, NetworkReply, NetworkTask, NetworkTasks } from "./messages.ts";

declare const self: DedicatedWorkerGlobalScope;

let networks: Promise<WebNetworks> | undefined;

const doing: {
  readonly [Kind in NetworkTask]: (
    ask: NetworkTasks[Kind]["ask"],
  ) => Promise<NetworkTasks[Kind]["answer"]>;
} = {
  async open(files) {
    await core.setBackend("cpu");
    networks = openNetworks({ core, layers }, unpackFiles(files ?? loadFiles()));
    await networks;
    return null;
  },
  read: async ({ strokes, most }) => await readStrokes(await opened(), strokes, { most }) ?? null,
  draw: async ({ latents }) => await drawDigits(await opened(), latents),
};

function loadFiles(): PackedFiles {
  try {
    self.importScripts(MODELS_SCRIPT);
  } catch (cause) {
    throw new Error(`Loading ${MODELS_SCRIPT}: wanted a script, found none.`, { cause });
  }
  return packedFiles()!;
}

async function opened(): Promise<WebNetworks> {
  if (networks === undefined) throw new Error("Asking the networks: wanted them to be opened.");
  return await networks;
}

self.addEventListener("message", async ({ data }: MessageEvent<NetworkMessage>) => {
  const { id, kind, ask } = data;
  try {
    const answer = await (doing[kind] as (ask: unknown) => Promise<unknown>)(ask);
    self.postMessage({ id, answer } satisfies NetworkReply);
  } catch (error) {
    self.postMessage({ id, error: String(error) } satisfies NetworkReply);
  }
});
