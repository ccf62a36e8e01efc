/** The hint on the board, and how much of it is shown: where, which technique, the step itself. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Game, HintAnswer, TaskClient } from "../../game/mod.ts";
import { hintQuestion } from "../../game/mod.ts";
