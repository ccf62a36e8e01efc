/** Writes the part of the HTML head that all pages share. */
import { escapeHtml } from "../../display/escape_html.ts";
import { contentPolicyText } from "./content_policy.ts";

/** The parts of the head that differ between pages. */
export interface PageHead {
  readonly title: string;
  /** The path from the page to the game's folder, such as "../" or "". */
  readonly toGame: string;
  /** Additional settings for the viewport, such as ", viewport-fit=cover". */
  readonly viewport?: string;
  /** Additional elements of the head, one per line. */
  readonly more?: readonly string[];
}

/**
 * Returns the elements of the head, one per line. The style sheet must be in the same folder as the
 * page.
 */
export function pageHead({ title, toGame, viewport = "", more = [] }: PageHead): string {
  return [
    `<meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${contentPolicyText()}">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1${viewport}">`,
    `<meta name="referrer" content="no-referrer">`,
    `<meta name="color-scheme" content="light dark">`,
    `<title>${escapeHtml(title)}</title>`,
    `<link rel="icon" href="${toGame}icon.svg" type="image/svg+xml">`,
    `<link rel="stylesheet" href="style.css">`,
    ...more,
  ].join("\n");
}
