/**
 * Looks for the programs that the tests need, each the main program of a Debian package. What is missing is installed
 * where that can be done without a password; else the line that installs it is printed and the run fails.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const packages = {
  "redis-server": "redis-server",
  bwrap: "bubblewrap",
  postgres: "postgresql",
  chromium: "chromium",
};

/** Debian keeps PostgreSQL's programs of each version beside the path. */
const places = { postgres: "/usr/lib/postgresql" };

const isThere = (program) =>
  places[program]
    ? existsSync(places[program])
    : spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;
const missing = Object.entries(packages).flatMap(([program, name]) => (isThere(program) ? [] : [name]));

if (missing.length > 0) {
  const line = `apt-get update && apt-get install -y ${missing.join(" ")}`;
  if (process.getuid?.() !== 0 || !isThere("apt-get")) {
    console.error(`The tests need ${missing.join(" and ")}. Install with:\n\n  sudo sh -c '${line}'\n`);
    process.exit(1);
  }
  console.log(`Installing ${missing.join(" and ")}: ${line}`);
  execFileSync("sh", ["-c", line], { stdio: ["ignore", "ignore", "inherit"] });
}
