import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { OpenedArtefacts } from "../../../src/adapters/artefacts/opened-artefacts.ts";
import { testDirectory } from "../../support/test-directory.ts";

export const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");

/** What artefacts do wherever they are kept. */
export function artefactsContract(open: () => Promise<OpenedArtefacts>): void {
  const directory = testDirectory();
  const opened: OpenedArtefacts[] = [];
  const artefacts = (): OpenedArtefacts => {
    const [one] = opened;
    if (!one) throw new Error("no artefacts were opened");
    return one;
  };
  beforeAll(async () => void opened.push(await open()));

  describe("artefacts", () => {
    test("are read as they were written", async () => {
      const written = await artefacts().write("task-1-2-1/evidence.json", "{}");

      expect(written).toEqual({ sha256: sha256("{}"), bytes: 2 });
      expect(Buffer.from((await artefacts().read("task-1-2-1/evidence.json")) ?? []).toString()).toBe("{}");
    });

    test("are adopted from a file, which is gone then", async () => {
      const file = join(directory, "loose.log");
      writeFileSync(file, "output");

      const adopted = await artefacts().adopt("adopted/a.log", file);

      expect([adopted, existsSync(file)]).toEqual([{ sha256: sha256("output"), bytes: 6 }, false]);
    });

    test("are read in parts, the last of which is short, and then none", async () => {
      await artefacts().write("parts/a.log", "0123456789");
      const part = async (from: number, bytes: number) =>
        Buffer.from((await artefacts().part("parts/a.log", { from, bytes })) ?? "none").toString();

      expect([await part(0, 4), await part(4, 4), await part(8, 4), await part(10, 4)]).toEqual([
        ...["0123", "4567", "89", ""],
      ]);
      expect(await artefacts().part("never/written", { from: 0, bytes: 1 })).toBeUndefined();
    });

    test("are removed with the task that they belong to, and no others", async () => {
      for (const name of ["task-1-9-1/a.log", "task-1-9-1/b.log", "task-1-9-11/a.log"])
        await artefacts().write(name, "text");

      await artefacts().purge("task-1-9-1");
      await artefacts().purge("task-1-9-1");

      const left = await Promise.all(
        ["task-1-9-1/a.log", "task-1-9-1/b.log", "task-1-9-11/a.log"].map((name) => artefacts().read(name)),
      );
      expect(left.map((bytes) => bytes && Buffer.from(bytes).toString())).toEqual([
        undefined,
        undefined,
        "text",
      ]);
    });

    test("are copied to a file, and stay", async () => {
      await artefacts().write("kept/a", "for people");

      expect(await artefacts().copy("kept/a", join(directory, "copy"))).toBe(true);
      expect(readFileSync(join(directory, "copy"), "utf8")).toBe("for people");
      expect(await artefacts().read("kept/a")).toBeDefined();
    });

    test("that nobody wrote are undefined, and copied nowhere", async () => {
      expect(await artefacts().read("never/written")).toBeUndefined();
      expect(await artefacts().copy("never/written", join(directory, "none"))).toBe(false);
      expect(existsSync(join(directory, "none"))).toBe(false);
    });

    test.each(["../a", "a/../../b", "/a", "a//b", "", ".", "a/", "a\0b", ".hidden", "a/-b", "a\\b"])(
      "are refused under the name %j",
      async (name) => {
        await expect(artefacts().write(name, "x")).rejects.toMatchObject({ kind: "bug" });
        await expect(artefacts().read(name)).rejects.toMatchObject({ kind: "bug" });
      },
    );

    test("are replaced whole, whoever writes", async () => {
      await artefacts().write("shared/b", "first and longer");

      await Promise.all([artefacts().write("shared/b", "second"), artefacts().write("shared/b", "second")]);

      expect(Buffer.from((await artefacts().read("shared/b")) ?? []).toString()).toBe("second");
    });

    test("keep every byte of what is large", async () => {
      const content = Buffer.alloc(9 * 1024 * 1024 + 7).map((_, at) => (at * 31) % 256);
      const file = join(directory, "large.pack");
      writeFileSync(file, content);

      const adopted = await artefacts().adopt("large/change-1.pack", file);

      expect(adopted).toEqual({ sha256: sha256(content), bytes: content.length });
      expect(sha256((await artefacts().read("large/change-1.pack")) ?? new Uint8Array())).toBe(
        sha256(content),
      );
    });

    test("may be empty", async () => {
      await artefacts().write("empty/a", "");

      expect(await artefacts().read("empty/a")).toHaveLength(0);
    });
  });
}
