/// <reference lib="dom" />
/** Starts the page. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { nameOfPuzzle, Store, TaskClient } from "../game/mod.ts";
import { listenToKeys } from "./input/keyboard.ts";
import { listenToPage } from "./input/page_events.ts";
import { networkFilesLoader } from "./networks/load_files.ts";
import { NetworkClient } from "./networks/network_client.ts";
import { applySettings } from "./state/apply_settings.ts";
import { createApp } from "./state/create_app.ts";
import { firstGame } from "./state/first_game.ts";
import { Page } from "./view/page.tsx";
import { focusBoard } from "./view/focus_board.ts";
import { rehearse } from "./view/rehearse.tsx";
import { workerStarter } from "./worker/start_worker.ts";
import { racerCount, WARM_UP_MS, warmUp } from "./worker/warm_up.ts";

const newId = () => nameOfPuzzle(crypto.getRandomValues(new Uint8Array(8)));

const app = createApp({
  worker: new TaskClient(workerStarter(location.protocol, "worker")),
  networks: new NetworkClient({
    start: workerStarter(location.protocol, "networks"),
    loadFiles: networkFilesLoader(location.protocol),
  }),
  racers: Array.from(
    { length: racerCount(navigator.hardwareConcurrency) },
    () => new TaskClient(workerStarter(location.protocol, "worker")),
  ),
  store: new Store(() => localStorage, newId()),
  languages: navigator.languages,
  now: () => new Date(),
  newId,
  focusBoard,
});
effect(() => applySettings(document.documentElement, app.settings.value, app.language.value));
listenToKeys(app);
listenToPage(app);
render(<Page app={app} />, document.getElementById("page")!);
void firstGame(app, location.hash);
setTimeout(() => {
  void warmUp([app.worker, ...app.racers]);
  rehearse(app);
}, WARM_UP_MS);
// A page from disk needs no service worker, because its files are already there.
if (location.protocol !== "file:") void navigator.serviceWorker?.register("service_worker.js");
