/// <reference lib="dom" />
/** Starts the page. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { TaskClient } from "../game/mod.ts";
import { listenToKeys } from "./input/keyboard.ts";
import { applySettings } from "./state/apply_settings.ts";
import { createApp } from "./state/create_app.ts";
import { Page } from "./view/page.tsx";
import { workerStarter } from "./worker/start_worker.ts";

const app = createApp({
  worker: new TaskClient(workerStarter(location.protocol)),
  store: localStorage,
  languages: navigator.languages,
  now: () => new Date(),
  newId: () => crypto.randomUUID(),
});
effect(() => applySettings(document.documentElement, app.settings.value));
listenToKeys(app);
render(<Page app={app} />, document.getElementById("page")!);
app.worker.ask("generate", { size: 9, level: "easy", seed: app.newSeed() }).then(app.start);
