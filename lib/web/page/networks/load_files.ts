/** Loads the files of the neural networks from models.js, the script that contains them. */
import { loadScript } from "../chunks/chunk.ts";
import type { PackedFiles } from "./packed_files.ts";

/** Returns the files of the neural networks. The script that contains them is loaded only once. */
export async function loadNetworkFiles(): Promise<PackedFiles> {
  const page = globalThis as { sudoganModels?: PackedFiles };
  if (page.sudoganModels === undefined) await loadScript("models.js");
  return page.sudoganModels!;
}
