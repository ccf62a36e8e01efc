/**
 * Writes a notebook as an HTML page with the notebook's text, code and stored outputs. Browsers
 * would show the notebook's own file as JSON. The page has no script and no inline styles, so the
 * game's content security policy allows the page.
 */
import hljs from "highlight.js";
import { Marked } from "marked";
import markedKatex from "marked-katex-extension";
import { escapeHtml } from "../../../display/escape_html.ts";
import type { CodeCell, Notebook, Output } from "../../../notebooks/runner/notebook_file.ts";
import { pageHead } from "../page_head.ts";

/**
 * Converts Markdown to HTML. Formulas are converted to MathML, which needs neither fonts nor a
 * style sheet.
 */
const markdown = new Marked(markedKatex({ output: "mathml", nonStandard: true }), {
  renderer: {
    heading({ tokens, depth, text }) {
      // In Jupyter's links to headings, hyphens take the place of spaces.
      const id = escapeHtml(text.replaceAll(/\s/g, "-"));
      return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      const target = targetOf(href);
      return target === undefined ? text : `<a href="${escapeHtml(target)}">${text}</a>`;
    },
  },
});

/** Returns the first heading of a notebook. */
export function titleOfNotebook({ cells }: Notebook): string {
  const heading = cells.map(({ source }) => /^# (.+)$/m.exec(source as string)?.[1]).find(Boolean);
  return heading ?? "Notebook";
}

/** Returns the HTML page of a notebook. */
export function notebookPage(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? codeHtml(cell as CodeCell) : markdownHtml(cell.source as string)
  );
  return `<!doctype html>
<html lang="en">
<head>
${pageHead({ title: titleOfNotebook(notebook), toGame: "../" })}
</head>
<body>
<nav><a href="../index.html">Sudogan</a></nav>
<main>
${cells.join("\n")}
</main>
</body>
</html>
`;
}

/**
 * Returns the address of a link on the published pages, or undefined if the link's target is not
 * published.
 */
function targetOf(href: string): string | undefined {
  if (/^(https?:|#)/.test(href)) return href;
  const notebook = /^([\w-]+)\.ipynb(#.*)?$/.exec(href);
  return notebook ? `${notebook[1]}.html${notebook[2] ?? ""}` : undefined;
}

function markdownHtml(source: string): string {
  return markdown.parse(source, { async: false });
}

function codeHtml({ source, outputs }: CodeCell): string {
  const { value } = hljs.highlight(source, { language: "typescript" });
  const shown = outputs.map(outputHtml).join("\n");
  return `<pre class="code"><code>${value}</code></pre>\n<div class="outputs">${shown}</div>`;
}

function outputHtml(output: Output): string {
  const { text, data = {} } = output as { text?: unknown; data?: Record<string, unknown> };
  const [markup, table, png] = ["text/markdown", "text/html", "image/png"].map((type) =>
    joinLines(data[type])
  );
  const plain = joinLines(data["text/plain"] ?? text);
  if (markup !== "") return markdownHtml(markup);
  if (png !== "") {
    const address = `data:image/png;base64,${png.replaceAll(/\s/g, "")}`;
    return `<img src="${address}" alt="${escapeHtml(plain)}">`;
  }
  if (table !== "") return withoutStyles(table);
  return `<pre>${escapeHtml(plain)}</pre>`;
}

/**
 * Removes inline styles, because the content security policy forbids them. The alignment of table
 * cells is kept as a class.
 */
function withoutStyles(html: string): string {
  return html.replaceAll(/ style="text-align:(left|right|center)"/g, ' class="$1"')
    .replaceAll(/ style="[^"]*"/g, "");
}

/** Returns a string of a notebook file, where it may be stored as a list of lines. */
function joinLines(content: unknown): string {
  return Array.isArray(content) ? content.join("") : String(content ?? "");
}
