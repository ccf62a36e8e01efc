/**
 * Defines the two tables of the student report that this project re-implements ("Generative
 * Adversarial Networks", USTHB, Algiers), row by row. The last row of the report's second table
 * describes the same networks and options as the report's base, but gives different results. In
 * this project, that row and the base row are one experiment, which appears in both tables.
 */
import { base, experiment, type ExperimentGrid } from "../experiment.ts";

export const table1: ExperimentGrid = Object.freeze({
  name: "table-1",
  title: "Table 1: learning rates, activations, batch size",
  question: "Which learning rates, activations and batch size are good?",
  base,
  rows: [
    {
      experiment: base,
      label: "base",
      reported: { fid: 48.144, quality: "good" },
    },
    {
      experiment: experiment("d-rate-6e-4", {
        discriminatorLearningRate: 6e-4,
      }),
      label: "D's rate 0.0006",
      reported: { fid: 44.847, quality: "medium" },
    },
    {
      experiment: experiment("g-rate-6e-4", { generatorLearningRate: 6e-4 }),
      label: "G's rate 0.0006",
      reported: { fid: 48.251, quality: "medium" },
    },
    {
      experiment: experiment("rates-2e-3", {
        generatorLearningRate: 2e-3,
        discriminatorLearningRate: 2e-3,
      }),
      label: "both rates 0.002",
      reported: { fid: 139.832, quality: "bad" },
    },
    {
      experiment: experiment("rates-1e-5", {
        generatorLearningRate: 1e-5,
        discriminatorLearningRate: 1e-5,
      }),
      label: "both rates 0.00001",
      reported: { fid: 43.281, quality: "bad" },
    },
    {
      experiment: experiment("batch-100", { batchSize: 100 }),
      label: "batch of 100",
      reported: { fid: 49.730, quality: "medium" },
    },
    {
      experiment: experiment("relu", {
        generatorActivation: "relu",
        discriminatorActivation: "relu",
      }),
      label: "ReLU in both",
      reported: { fid: 49.882, quality: "medium" },
    },
    {
      experiment: experiment("d-relu", { discriminatorActivation: "relu" }),
      label: "ReLU in D",
      reported: { fid: 54.143, quality: "medium" },
    },
    {
      experiment: experiment("g-relu", { generatorActivation: "relu" }),
      label: "ReLU in G",
      reported: { fid: 53.305, quality: "good" },
    },
  ],
});

const short = [128, 256, 1024] as const;

export const table2: ExperimentGrid = Object.freeze({
  name: "table-2",
  title: "Table 2: hidden layers",
  question: "How deep should the two networks be?",
  base,
  rows: [
    {
      experiment: experiment("layers-g1-d1", {
        generatorLayers: [1024],
        discriminatorLayers: [1024],
      }),
      label: "G 1024, D 1024",
      reported: { fid: 49.20, quality: "medium, but recognizable" },
    },
    {
      experiment: experiment("layers-g3-d3", {
        generatorLayers: short,
        discriminatorLayers: short,
      }),
      label: "G and D 128, 256, 1024",
      reported: { fid: 51.698, quality: "good" },
    },
    {
      experiment: experiment("layers-g3-d4", { generatorLayers: short }),
      label: "G 128, 256, 1024",
      reported: { fid: 52.494, quality: "good and clear" },
    },
    {
      experiment: experiment("layers-g4-d3", { discriminatorLayers: short }),
      label: "D 128, 256, 1024",
      reported: { fid: 54.175, quality: "less clear than before" },
    },
    {
      experiment: base,
      label: "base",
      reported: { fid: 55.97, quality: "very clear and good (its best)" },
    },
  ],
});
