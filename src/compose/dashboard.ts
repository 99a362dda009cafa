import { randomBytes } from "node:crypto";
import { readOwnAssets } from "../adapters/host/own-assets.ts";
import type { Config } from "../config.ts";
import type { Ports } from "../ports.ts";
import { loopbackSignIn, signInAddress } from "../web/loopback-sign-in.tsx";
import { type DashboardAnswer, openDashboard } from "../web/open-dashboard.tsx";

/** The dashboard before it listens: `answer` takes requests, and `addressAt` is where a person begins. */
export type Dashboard = {
  answer: DashboardAnswer;
  addressAt(url: string): string;
};

/** Wires the dashboard. Its token is new at every start, and no more than this process and its terminal know it. */
export function composeDashboard(config: Config, ports: Ports): Dashboard {
  const token = randomBytes(24).toString("base64url");
  const answer = openDashboard({
    ports,
    serverUrl: config.github.serverUrl,
    signIn: loopbackSignIn(token),
    assets: readOwnAssets(),
  });
  return { answer, addressAt: (url) => signInAddress(url, token) };
}
