/** Writes the only HTML file of the game. All its URLs are relative, so it works at any path. */
import { contentPolicyText } from "./content_policy.ts";

/** Returns the text of index.html. */
export function indexPage(): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicyText()}">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="description" content="Sudoku with digits drawn by a neural network">
<title>Sudogan</title>
<link rel="icon" href="icon.svg" type="image/svg+xml">
<link rel="manifest" href="manifest.webmanifest">
<link rel="stylesheet" href="style.css">
<script src="page.js" defer></script>
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
