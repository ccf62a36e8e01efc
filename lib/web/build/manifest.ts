/** Makes the web app manifest and the icon, which a browser needs to install the page. */

/**
 * Returns the web app manifest. The URLs in the manifest are relative to the manifest's own URL.
 */
export function manifest(): Record<string, unknown> {
  return {
    name: "Sudogan: a Sudoku with drawn digits",
    short_name: "Sudogan",
    start_url: "./",
    scope: "./",
    display: "standalone",
    background_color: "#f6f2e9",
    theme_color: "#f6f2e9",
    icons: [{ src: "icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" }],
  };
}

/** Returns an icon that shows a board of nine boxes and a stroke of ink. */
export function pageIcon(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
<rect width="64" height="64" rx="12" fill="#f6f2e9"/>
<path d="M22 8v48M42 8v48M8 22h48M8 42h48" stroke="#c9bfa8" stroke-width="2"/>
<path d="M40 15c-9-3-19 1-18 9 1 9 19 6 20 15 1 9-12 12-21 7" fill="none" stroke="#23314f"
 stroke-width="6" stroke-linecap="round"/>
</svg>
`;
}
