import { assertEquals } from "@std/assert";
import { CheckpointError, NonFiniteWeightsError } from "../../../lib/training/checkpoint.ts";
import { OptionsError } from "../../../lib/system/parse_options.ts";
import { DivergedError } from "../../../lib/training/diverged_error.ts";

Deno.test("the message of a printed error begins with its class name", () => {
  assertEquals(
    [CheckpointError, DivergedError, NonFiniteWeightsError, OptionsError]
      .map((kind) => String(new kind("message"))),
    [
      "CheckpointError: message",
      "DivergedError: message",
      "NonFiniteWeightsError: message",
      "OptionsError: message",
    ],
  );
});
