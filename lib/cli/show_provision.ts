/** Shows the progress of installing the native engine. */
import process from "node:process";
import { type Progress, startProgress } from "../display/progress.ts";
import type { ProvisionReport } from "../system/provision_report.ts";

export interface ProvisionDisplay {
  readonly onReport: (report: ProvisionReport) => void;
  readonly stop: () => void;
}

/**
 * Draws a bar for each step whose size is known, and writes a line for each of the remaining steps.
 *
 * @param stream the stream to write to; default: standard error
 */
export function showProvision(
  stream: NodeJS.WriteStream = process.stderr,
): ProvisionDisplay {
  let title = "";
  let progress: Progress | undefined;
  const stop = () => {
    progress?.stop();
    progress = undefined;
  };
  return {
    onReport({ message, doneBytes = 0, totalBytes }) {
      if (message !== title) {
        stop();
        title = message;
        if (totalBytes === undefined) {
          stream.write(`${message}\n`);
        } else {
          progress = startProgress({
            title,
            total: totalBytes,
            unit: "MB",
            stream,
          });
        }
      }
      progress?.update(doneBytes);
    },
    stop,
  };
}
