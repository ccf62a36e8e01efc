import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  applyStep,
  Board,
  type Candidate,
  type ChainLink,
  type Grid,
  gridOf,
  nextStep,
  type Step,
} from "../../../../lib/sudoku/mod.ts";
import { describeInFrench } from "../../../../lib/web/game/hints/french/describe_step.ts";
import { frenchName } from "../../../../lib/web/game/hints/french/technique_names.ts";
import { ratedPuzzles } from "../../../support/sudoku_lists.ts";
import { puzzles } from "../games.ts";

/** The names of techniques that are the same in English and in French. */
const sameName = /^([V-Z]+-wing|Cycle|Nishio)$/;

const steps = collect();

Deno.test("each technique that occurs in puzzles has a French name", () => {
  const techniques = new Set(steps.map(({ technique }) => technique));
  assert(techniques.size > 25, `${techniques.size} techniques`);
  const unnamed = [...techniques].filter((name) =>
    frenchName(name) === name && !sameName.test(name)
  );
  assertEquals(unnamed, []);
});

Deno.test("a sentence names the digits that the step writes and removes", () => {
  for (const step of steps) {
    const said = describeInFrench(step);
    const [effect] = said.slice(said.lastIndexOf("Donc ")).split(" (Cela");
    for (const { cell, digit } of [...step.placements, ...step.removals]) {
      const name = `L${Math.floor(cell / step.size) + 1}C${cell % step.size + 1}`;
      assert(effect.includes(name), said);
      assertMatch(effect, new RegExp(`(vaut|pas|ni) ${digit}`));
    }
    assertEquals(said.includes("une solution.)"), step.presumesUniqueness);
  }
});

Deno.test("a sentence is in French", () => {
  for (const step of steps) {
    const said = describeInFrench(step);
    assertMatch(said, /^[A-ZÀ-Ý].*[.)]$/);
    assert(
      !/undefined|NaN| {2}|\br\d+c\d+|\b(the|and|or|is|not|row|column|box)\b/.test(said),
      said,
    );
    assert(!/ [:;]|[.] [a-z]|de le |, [.]/.test(said), said);
  }
});

Deno.test("the sentences of some steps match the expected ones", () => {
  const cases: [step: Partial<Step>, said: string][] = [
    [
      { reason: { kind: "last in unit", unit: 26 }, placements: at(80, 9) },
      "Le bloc 9 n’a plus qu’une case vide, L9C9, et il n’y manque que le 9. Donc L9C9 vaut 9.",
    ],
    [
      {
        reason: { kind: "locked candidates", digit: 5, unit: 0, crossing: 18 },
        cells: [0, 1],
        placements: at(15, 5),
      },
      "La ligne 1 n’a de place pour le 5 que là où passe le bloc 1, en L1C1 et L1C2. L’une de ces " +
      "cases vaut 5, donc le reste du bloc 1 ne le contient pas. Donc il ne reste qu’une place " +
      "pour le 5 dans la ligne 2\u00a0: L2C7 vaut 5.",
    ],
    [
      {
        reason: { kind: "naked subset", digits: [4, 7], unit: 4 },
        cells: [36, 43],
        removals: [...at(37, 4), ...at(44, 4, 7), ...at(40, 1, 2, 3)],
      },
      "Dans la ligne 5, L5C1 et L5C8 ne peuvent contenir que 4 et 7, autant de chiffres que de " +
      "cases\u00a0: ces chiffres y sont donc pris. Donc L5C2 ne vaut pas 4, L5C9 ne vaut ni 4 ni 7 " +
      "et L5C5 ne vaut ni 1, ni 2, ni 3.",
    ],
    [
      {
        technique: "XYZ-wing",
        reason: { kind: "wing", pivot: 0, pincers: [6, 10], digit: 3 },
        removals: at(1, 3),
      },
      "Quel que soit le contenu de L1C1, le 3 est en L1C1, L1C7 ou L2C2. Une case qui voit toutes " +
      "celles-là ne peut donc pas le contenir. Donc L1C2 ne vaut pas 3.",
    ],
    [
      {
        reason: {
          kind: "cases",
          over: { unit: 9, digit: 2 },
          chains: [
            [claim(0, 2, true), { ...claim(1, 2, false), because: [0], via: { unit: 0 } }],
            [claim(9, 2, true), { ...claim(1, 2, false), because: [0], via: "cell" }],
          ],
        },
        removals: at(1, 2),
      },
      "Le 2 est quelque part dans la colonne 1. Si L1C1 vaut 2, alors L1C2 ne vaut pas 2 (ligne " +
      "1)\u00a0; si L2C1 vaut 2, alors L1C2 ne vaut pas 2 (même case). Tous les cas mènent au même " +
      "résultat. Donc L1C2 ne vaut pas 2.",
    ],
    [
      {
        reason: {
          kind: "unique loop",
          type: 1,
          digits: [1, 8],
          extra: [1],
          helpers: [],
          helperDigits: [],
        },
        cells: [0, 1, 9, 10],
        removals: at(1, 1, 8),
        presumesUniqueness: true,
      },
      "Si L1C1, L1C2, L2C1 et L2C2 ne contenaient que 1 et 8, on pourrait les échanger, et la " +
      "grille aurait deux solutions. Seule L1C2 peut contenir autre chose, donc elle le fait. " +
      "Donc L1C2 ne vaut ni 1 ni 8. (Cela tient à ce que la grille n’a qu’une solution.)",
    ],
  ];
  for (const [parts, said] of cases) assertEquals(describeInFrench({ ...blank, ...parts }), said);
});

const blank: Step = {
  technique: "",
  rating: 1,
  placements: [],
  removals: [],
  cells: [],
  units: [],
  presumesUniqueness: false,
  size: 9,
  reason: { kind: "naked single" },
};

function at(cell: number, ...digits: number[]): Candidate[] {
  return digits.map((digit) => ({ cell, digit }));
}

function claim(cell: number, digit: number, on: boolean): ChainLink {
  return { cell, digit, on, because: [], via: "assumption" };
}

function collect(): readonly Step[] {
  const boards = [
    ...Object.values(puzzles).map(boardOf),
    ...ratedPuzzles().slice(0, 45).map(({ grid }) => grid),
  ];
  return boards.flatMap((grid) => stepsOf(Board.of(grid)));
}

function stepsOf(board: Board): readonly Step[] {
  const found: Step[] = [];
  for (let step = nextStep(board); step; step = nextStep(board)) {
    found.push(step);
    applyStep(board, step);
  }
  return found;
}

function boardOf({ size, givens }: typeof puzzles[4]): Grid {
  return gridOf(size, givens);
}
