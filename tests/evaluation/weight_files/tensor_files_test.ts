/** Tests the readers of HDF5 and PyTorch files on real files written by h5py and torch.save. */
import { assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { decodeHdf5, readHdf5File } from "../../../lib/evaluation/weight_files/hdf5.ts";
import { decodeTorch } from "../../../lib/evaluation/weight_files/torch_file.ts";
import { WeightFileError } from "../../../lib/evaluation/weight_files/weight_file_error.ts";
import { sha256 } from "../../../lib/models/weights.ts";
import { unzip, zip } from "../../support/hostile/wrappers.ts";

const read = (file: string) =>
  Deno.readFile(new URL(`../../golden/weight_files/${file}`, import.meta.url));

Deno.test("the tensors of an HDF5 file are named by their paths", async () => {
  const tensors = await decodeHdf5(await read("tensors.h5"), "tensors.h5");
  assertEquals(
    tensors,
    new Map([
      ["layer/layer/bias:0", tensor([2], 0.5, -1.5)],
      ["layer/layer/kernel:0", tensor([2, 3], 0, 1, 2, 3, 4, 5)],
      ["scalar", tensor([], 7)],
    ]),
  );
});

for (const file of ["tensors.pth", "tensors_legacy.pth"]) {
  Deno.test(`tensors, parts of tensors and parameters of ${file} are read as float32`, async () => {
    const all = Float32Array.from({ length: 12 }, (_, i) => i);
    assertEquals(
      await decodeTorch(await read(file), file),
      new Map([
        ["matrix", { shape: [3, 4], values: all }],
        ["part", tensor([3], 4, 5, 6)],
        ["parameter", tensor([2], 0.5, -1.5)],
        ["double", tensor([2], 0.001, 2)],
        ["scalar", tensor([], 7)],
        ["empty", tensor([0, 3])],
      ]),
    );
  });
}

const refused: readonly [file: string, message: string][] = [
  ["compressed.h5", "found 'a' in a different form"],
  ["double.h5", "found 'a' in a different form"],
  ["elsewhere.h5", "found 'a', which is not a tensor"],
  ["loop.h5", "found groups 9 deep"],
  ["unwritten.h5", "of shape [1000,1000,1000] in a smaller file"],
  ["half.pth", "found a request for torch.HalfStorage"],
  ["half_legacy.pth", "found a request for torch.HalfStorage"],
  ["number.pth", "found 'a', which is not a tensor"],
  ["number_legacy.pth", "found 'a', which is not a tensor"],
  ["transposed.pth", "save its .contiguous()"],
  ["transposed_legacy.pth", "save its .contiguous()"],
];

for (const [file, message] of refused) {
  Deno.test(`${file} is refused: ${message}`, async () => {
    const bytes = await read(file);
    const decode = file.endsWith(".h5") ? decodeHdf5 : decodeTorch;
    await assertRejects(() => decode(bytes, file), WeightFileError, message);
    await assertRejects(() => decode(bytes, file), WeightFileError, file);
  });
}

Deno.test("an HDF5 file is identified by its checksum, and a missing one is named", async () => {
  const path = fileURLToPath(
    import.meta.resolve("../../golden/weight_files/tensors.h5"),
  );
  const bytes = await read("tensors.h5");
  const { tensors, hash } = await readHdf5File(path);
  assertEquals(tensors, await decodeHdf5(bytes, path));
  assertEquals(hash, await sha256(bytes));
  await assertRejects(
    () => readHdf5File(`${path}x`),
    WeightFileError,
    `${path}x: wanted a file of weights, found no such file`,
  );
});

Deno.test("a file that is truncated or not HDF5 is reported as such", async () => {
  const good = await read("tensors.h5");
  const cases = [
    [good.slice(0, 5000), "truncated file"],
    [new Uint8Array(100), "file signature not found"],
    [new Uint8Array(0), "file signature not found"],
  ] as const;
  for (const [bytes, message] of cases) {
    await assertRejects(
      () => decodeHdf5(bytes, "a.h5"),
      WeightFileError,
      message,
    );
  }
  assertEquals((await decodeHdf5(good, "tensors.h5")).size, 3);
});

Deno.test("a pickle that refers to anything but tensors is not executed, in either form", async () => {
  const pickle = bytesOf("\x80\x02cposix\nsystem\nX\x04\0\0\0true\x85R.");
  const entries = (await unzip(await read("tensors.pth"))).map(
    ([name, bytes]) => [name, name.endsWith("/data.pkl") ? pickle : bytes] as const,
  );
  for (const file of [pickle, zip(entries)]) {
    await assertRejects(
      () => decodeTorch(file, "a.pth"),
      WeightFileError,
      "posix.system",
    );
  }
});

function tensor(shape: readonly number[], ...values: readonly number[]) {
  return { shape, values: Float32Array.from(values) };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
