import { assertEquals } from "@std/assert";
import { NonFiniteWeightsError } from "../../../lib/training/checkpoint.ts";
import { OptionsError } from "../../../lib/system/parse_options.ts";
import { DivergedError } from "../../../lib/training/diverged_error.ts";

Deno.test("an error that is printed begins with its own name", () => {
  assertEquals(
    [DivergedError, NonFiniteWeightsError, OptionsError].map((kind) => String(new kind("message"))),
    [
      "DivergedError: message",
      "NonFiniteWeightsError: message",
      "OptionsError: message",
    ],
  );
});
