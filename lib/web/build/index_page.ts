/**
 * Writes index.html, the only HTML file of the game. All URLs in the file are relative, so the game
 * works at any path.
 */
import { pageHead } from "./page_head.ts";

const head = pageHead({
  title: "Sudogan",
  toGame: "",
  viewport: ", viewport-fit=cover",
  more: [
    `<meta name="description" content="Sudoku with digits drawn by a neural network">`,
    `<link rel="manifest" href="manifest.webmanifest">`,
    `<script src="page.js" defer></script>`,
  ],
});

/** Returns the content of index.html. */
export function indexPage(): string {
  return `<!doctype html>
<html lang="en">
<head>
${head}
</head>
<body>
<div id="page"></div>
<noscript>
<p>This page is a Sudoku game; it needs JavaScript.</p>
<p lang="fr">Cette page est un jeu de sudoku ; il lui faut JavaScript.</p>
</noscript>
</body>
</html>
`;
}
