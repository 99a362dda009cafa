import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { openDirectoryArtefacts } from "../../../src/adapters/artefacts/directory-artefacts.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { artefactsContract, sha256 } from "./artefacts-contract.ts";

const directory = testDirectory();
const artefacts = openDirectoryArtefacts(directory);

artefactsContract(async () => artefacts);

describe("artefacts in a directory", () => {
  test("are replaced whole, and leave no half file behind", async () => {
    await artefacts.write("twice/a", "first and longer");

    await Promise.all([artefacts.write("twice/a", "second"), artefacts.write("twice/a", "second")]);

    expect(Buffer.from((await artefacts.read("twice/a")) ?? []).toString()).toBe("second");
    expect(readdirSync(join(directory, "artefacts/twice"))).toEqual(["a"]);
  });

  test("are adopted across devices", async () => {
    const elsewhere = mkdtempSync("/dev/shm/drafthorse-");
    writeFileSync(join(elsewhere, "a"), "far");

    const adopted = await artefacts.adopt("adopted/far", join(elsewhere, "a"));

    expect([adopted.sha256, readdirSync(elsewhere)]).toEqual([sha256("far"), []]);
    rmSync(elsewhere, { recursive: true });
  });

  test("that cannot be stored are a failure of the store", async () => {
    writeFileSync(join(directory, "artefacts/file"), "");

    await expect(artefacts.write("file/below", "x")).rejects.toMatchObject({ kind: "storage" });
    await expect(artefacts.adopt("a/b", join(directory, "nowhere"))).rejects.toMatchObject({
      kind: "storage",
    });
  });
});
