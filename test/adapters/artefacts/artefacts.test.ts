import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { openArtefacts } from "../../../src/adapters/host/artefacts.ts";
import { testDirectory } from "../../support/test-directory.ts";

const directory = testDirectory();
const artefacts = openArtefacts(directory);
const digest = (text: string) => createHash("sha256").update(text).digest("hex");

describe("artefacts", () => {
  test("are read as they were written", async () => {
    const written = await artefacts.write("task-1-2-1/evidence.json", "{}");

    expect(written).toEqual({ sha256: digest("{}"), bytes: 2 });
    expect(Buffer.from((await artefacts.read("task-1-2-1/evidence.json")) ?? []).toString()).toBe("{}");
  });

  test("are replaced whole, and leave no half file behind", async () => {
    await artefacts.write("twice/a", "first and longer");

    await Promise.all([artefacts.write("twice/a", "second"), artefacts.write("twice/a", "second")]);

    expect(Buffer.from((await artefacts.read("twice/a")) ?? []).toString()).toBe("second");
    expect(readdirSync(join(directory, "artefacts/twice"))).toEqual(["a"]);
  });

  test("are adopted from a file, which is gone then", async () => {
    const file = join(directory, "loose.log");
    writeFileSync(file, "output");

    const adopted = await artefacts.adopt("adopted/a.log", file);

    expect([adopted, existsSync(file)]).toEqual([{ sha256: digest("output"), bytes: 6 }, false]);
  });

  test("are adopted across devices", async () => {
    const elsewhere = mkdtempSync("/dev/shm/drafthorse-");
    writeFileSync(join(elsewhere, "a"), "far");

    const adopted = await artefacts.adopt("adopted/far", join(elsewhere, "a"));

    expect([adopted.sha256, readdirSync(elsewhere)]).toEqual([digest("far"), []]);
    rmSync(elsewhere, { recursive: true });
  });

  test("are copied to a file, and stay", async () => {
    await artefacts.write("kept/a", "for people");

    expect(await artefacts.copy("kept/a", join(directory, "copy"))).toBe(true);
    expect(readFileSync(join(directory, "copy"), "utf8")).toBe("for people");
    expect(await artefacts.read("kept/a")).toBeDefined();
  });

  test("that nobody wrote are undefined, and copied nowhere", async () => {
    expect(await artefacts.read("never/written")).toBeUndefined();
    expect(await artefacts.copy("never/written", join(directory, "none"))).toBe(false);
    expect(existsSync(join(directory, "none"))).toBe(false);
  });

  test.each(["../a", "a/../../b", "/a", "a//b", "", ".", "a/", "a\0b", ".hidden", "a/-b", "a\\b"])(
    "are refused under the name %j",
    async (name) => {
      await expect(artefacts.write(name, "x")).rejects.toMatchObject({ kind: "bug" });
      await expect(artefacts.read(name)).rejects.toMatchObject({ kind: "bug" });
    },
  );

  test("that cannot be stored are a failure of the store", async () => {
    writeFileSync(join(directory, "artefacts/file"), "");

    await expect(artefacts.write("file/below", "x")).rejects.toMatchObject({ kind: "storage" });
    await expect(artefacts.adopt("a/b", join(directory, "nowhere"))).rejects.toMatchObject({
      kind: "storage",
    });
  });
});
