import { expect, test } from "@jest/globals";
import { systemNotice } from "../../src/domain/host/supported-system.ts";

const commands = ["start", "worker", "run", "demo", "doctor", "check", "init", "verify"];
const on = (platform: string, arch: string) =>
  commands.map((command) => {
    const notice = systemNotice(command, { platform, arch });
    return notice === undefined ? "works" : notice.refused ? "refused" : "told";
  });
const everywhere = ["works", "works", "works"];

test.each([
  ["linux", "x64", "works"],
  ["linux", "arm64", "works"],
  ["linux", "riscv64", "told"],
  ["linux", "ppc64", "told"],
  ["linux", "ia32", "told"],
  ["darwin", "arm64", "told"],
  ["darwin", "x64", "told"],
  ["freebsd", "x64", "told"],
  ["win32", "x64", "refused"],
  ["win32", "arm64", "refused"],
])("%s on %s: what starts an agent %s, what reads files works", (platform, arch, what) => {
  expect(on(platform, arch)).toEqual([...Array.from({ length: 5 }, () => what), ...everywhere]);
});

test.each([
  ["win32", "x64", "there is no sandbox on Windows", "WSL 2"],
  ["darwin", "arm64", "there is no sandbox on macOS", "SANDBOX=none"],
  ["sunos", "x64", "there is no sandbox on sunos", "SANDBOX=none"],
  ["linux", "s390x", "there is no filter of system calls for Linux on s390x", "SANDBOX=none"],
])(
  "%s on %s: one sentence says what is supported, what is missing and what works",
  (platform, arch, missing, works) => {
    const sentence = systemNotice("start", { platform, arch })?.sentence ?? "";

    expect(sentence).toMatch(/^Drafthorse is supported on Linux \(x64 and arm64\): [^.]+\.$/);
    expect(sentence).toContain(missing);
    expect(sentence).toContain(works);
  },
);
