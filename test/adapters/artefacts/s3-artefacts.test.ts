import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { examineArtefacts } from "../../../src/adapters/artefacts/examine-artefacts.ts";
import { openArtefacts } from "../../../src/adapters/artefacts/open-artefacts.ts";
import { openS3Artefacts } from "../../../src/adapters/artefacts/s3-artefacts.ts";
import { openS3Client } from "../../../src/adapters/artefacts/s3-client.ts";
import type { S3Place } from "../../../src/domain/host/s3-place.ts";
import { freePort } from "../../support/free-port.ts";
import { type S3Server, s3Server } from "../../support/s3-server.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { artefactsContract } from "./artefacts-contract.ts";

const directory = testDirectory();
let server: S3Server;
const at = (other: Partial<S3Place> = {}) => ({
  ...{ directory, proxies: { direct: [] } },
  s3: { ...server.place, ...other },
});

beforeAll(async () => {
  server = await s3Server();
});
afterAll(() => server.remove());

describe("a bucket that is listed", () => {
  let listing: S3Server;
  beforeAll(async () => {
    listing = await s3Server({ lists: true });
  });
  afterAll(() => listing.remove());

  artefactsContract(() => openArtefacts(at({ ...listing.place, url: `${listing.place.url}/team/` })));
});

describe("artefacts in a bucket", () => {
  test("are found by another machine, below one prefix and no other", async () => {
    const [here, there, elsewhere] = await Promise.all([
      openArtefacts(at()),
      openArtefacts({ ...at(), directory: join(directory, "there") }),
      openArtefacts(at({ url: `${server.place.url}/other` })),
    ]);

    await here.write("task-1-2-1/change-1.pack", "objects");

    expect(Buffer.from((await there.read("task-1-2-1/change-1.pack")) ?? []).toString()).toBe("objects");
    expect(await elsewhere.read("task-1-2-1/change-1.pack")).toBeUndefined();
  });

  test("leave a file where it is until the bucket has it", async () => {
    const impatient = openS3Artefacts(openS3Client(server.place, at().proxies, []));
    const file = join(directory, "kept.log");
    writeFileSync(file, "output");
    await server.stop();

    await expect(impatient.adopt("kept/a.log", file)).rejects.toMatchObject({ kind: "storage" });

    expect(existsSync(file)).toBe(true);
    const patient = openS3Artefacts(openS3Client(server.place, at().proxies));
    const [adopted] = await Promise.all([patient.adopt("kept/a.log", file), server.start()]);
    expect(adopted).toMatchObject({ bytes: 6 });
  });

  test.each<[string, () => Promise<Partial<S3Place>>, RegExp, RegExp]>([
    [
      "a bucket that is not there",
      async () => ({ url: server.place.url.replace(/\w+$/, "nowhere") }),
      /nothing can be written.*404/,
      /Make the bucket/,
    ],
    [
      "a wrong secret",
      async () => ({ secretAccessKey: "wrong" }),
      /nothing can be written.*403/,
      /^Mend S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY/,
    ],
    [
      "a server that is not there",
      async () => ({ url: `http://127.0.0.1:${await freePort()}/drafthorse` }),
      /ECONNREFUSED/,
      /^Start the S3 store there, or mend S3_URL/,
    ],
  ])("%s is said with its repair, and refuses a start", async (_, other, why, repair) => {
    const place = at(await other());

    const exam = await examineArtefacts(place);

    expect(exam).toMatchObject({
      kind: "blocked",
      why: expect.stringMatching(why),
      repair: expect.stringMatching(repair),
    });
    await expect(openArtefacts(place)).rejects.toMatchObject({ kind: "storage" });
  });

  test("a bucket that takes all is said so, and nothing stays behind in it", async () => {
    expect(await examineArtefacts(at())).toEqual({ kind: "bucket", place: server.place.url });
  });
});
