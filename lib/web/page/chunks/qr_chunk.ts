/** Provides QR codes. The page loads this script when a QR code is needed for the first time. */
import qrcode from "qrcode-generator";
import { offerChunk } from "./chunk.ts";

export interface QrChunk {
  /**
   * Returns the QR code for a string as rows of modules, which are the small squares of the code. A
   * module is true if it is dark.
   */
  modulesOf(text: string): readonly (readonly boolean[])[];
}

offerChunk<QrChunk>("qr", {
  modulesOf(text) {
    // With 0, the library picks the smallest version of QR code that fits the text. "L" is the
    // lowest level of error correction, which is enough for codes on a screen.
    const code = qrcode(0, "L");
    code.addData(text);
    code.make();
    const rows = Array.from({ length: code.getModuleCount() }, (_, row) => row);
    return rows.map((row) => rows.map((column) => code.isDark(row, column)));
  },
});
