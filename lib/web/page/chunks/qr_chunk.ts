/** Provides QR codes. The page loads this part when it first needs a code. */
import qrcode from "qrcode-generator";
import { offerChunk } from "./chunk.ts";

export interface QrChunk {
  /** Returns the modules of a code, row by row; true if a module is dark. */
  modulesOf(text: string): readonly (readonly boolean[])[];
}

offerChunk<QrChunk>("qr", {
  modulesOf(text) {
    // The library picks the smallest version that fits the text, with the error correction that
    // screens need.
    const code = qrcode(0, "L");
    code.addData(text);
    code.make();
    const rows = Array.from({ length: code.getModuleCount() }, (_, row) => row);
    return rows.map((row) => rows.map((column) => code.isDark(row, column)));
  },
});
