/// <reference lib="dom" />
/**
 * Shows a dialog with a link to the puzzle or to the current game. If the player asks for it, the
 * dialog also shows the link as a QR code.
 */
import { useState } from "preact/hooks";
import { linkToGame, linkToPuzzle, momentOf } from "../../game/mod.ts";
import { loadChunk } from "../chunks/chunk.ts";
import type { QrChunk } from "../chunks/qr_chunk.ts";
import { useApp } from "../state/app.ts";
import { Choices } from "./choices.tsx";
import { Dialog } from "./dialog.tsx";
import { QrCode } from "./qr_code.tsx";

export function Share() {
  const app = useApp();
  const texts = app.texts.value;
  const words = texts.share;
  const game = app.game.value!;
  const [what, setWhat] = useState<"puzzle" | "progress">("puzzle");
  const [modules, setModules] = useState<ReturnType<QrChunk["modulesOf"]> | null>(null);
  const [problem, setProblem] = useState("");
  const fragment = what === "puzzle"
    ? linkToPuzzle(game.puzzle)
    : linkToGame(game, momentOf(app.now()));
  const link = `${location.href.split("#")[0]}#${fragment}`;
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    app.say(texts.copied);
    setProblem(texts.copied);
  };
  const showCode = async () => {
    try {
      const { modulesOf } = await loadChunk<QrChunk>("qr");
      setModules(modulesOf(link));
    } catch {
      setProblem(words.long);
    }
  };
  return (
    <Dialog title={words.title}>
      <Choices
        legend={words.title}
        name="share"
        value={what}
        options={[["puzzle", words.puzzle], ["progress", words.progress]]}
        onChoose={(value) => {
          setWhat(value);
          setModules(null);
        }}
      />
      <label>
        <span class="label">{words.link}</span>
        <input class="field" readOnly value={link} onFocus={(e) => e.currentTarget.select()} />
      </label>
      <div class="line">
        <button type="button" class="button primary" onClick={copy}>{texts.copy}</button>
        <button type="button" class="button" onClick={showCode}>{words.code}</button>
        <span role="status">{problem}</span>
      </div>
      {modules && <QrCode modules={modules} label={words.code} />}
    </Dialog>
  );
}
