import { isPublicSetting } from "../adapters/secrets/looks-random.ts";
import type { Config } from "../config.ts";
import { proxySecrets } from "../domain/host/network-proxies.ts";

/** What the agents are handed of our environment and nobody may see, and the keys that their proxies have. */
export function agentSecrets({ known }: Config["agents"]): string[] {
  return Object.values(known).flatMap(({ environment, model }) => [
    ...Object.values(environment).filter((value) => !isPublicSetting(value)),
    model?.key ?? "",
  ]);
}

/** Every value that a configuration has and nobody may see. */
export function secretsOf({ app, agents, egress, proxies, store, operations, signIn }: Config): string[] {
  const addresses = [store.redisUrl, store.databaseUrl].filter((url) => url !== undefined);
  return [
    app.privateKey,
    ...app.webhookSecrets,
    operations.metricsToken ?? "",
    signIn?.clientSecret ?? "",
    ...agentSecrets(agents),
    ...egress.secrets,
    ...proxySecrets(proxies),
    store.s3?.secretAccessKey ?? "",
    ...addresses.map((url) => decodeURIComponent(new URL(url).password)),
  ];
}
