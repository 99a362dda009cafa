/** Runs the double as its own process: `node main.js '{"directory": "…"}'`. Prints one line of JSON and runs until SIGTERM. */
import { z } from "zod";
import { startDouble } from "./start-double.ts";

const Options = z.object({
  directory: z.string(),
  appId: z.number().int().exactOptional(),
  slug: z.string().exactOptional(),
  privateKey: z.string().exactOptional(),
  webhookSecret: z.string().exactOptional(),
  webhookUrl: z.string().exactOptional(),
  port: z.number().int().exactOptional(),
});

const double = await startDouble(Options.parse(JSON.parse(process.argv[2] ?? "{}")));
process.once("SIGTERM", () => void double.close());
process.once("SIGINT", () => void double.close());
console.log(JSON.stringify({ url: double.url, app: double.app }));
