/**
 * pnpm must not fetch the version of itself that `packageManager` pins. To version 10 it reads npm's variables, of which npm
 * itself warns that it does not know this one.
 */
const ofPnpm = {
  npm_config_manage_package_manager_versions: "false",
  pnpm_config_manage_package_manager_versions: "false",
};

const ofAll = {
  npm_config_offline: "true",
  pnpm_config_offline: "true",
  npm_config_update_notifier: "false",
  COREPACK_ENABLE_NETWORK: "0",
  YARN_ENABLE_NETWORK: "0",
  PIP_NO_INDEX: "1",
  PIP_DISABLE_PIP_VERSION_CHECK: "1",
  UV_OFFLINE: "1",
  CARGO_NET_OFFLINE: "true",
  GOPROXY: "off",
  GOTOOLCHAIN: "local",
  COMPOSER_DISABLE_NETWORK: "1",
  // Bundler has no switch: it is told to use what it has, and not to ask again three times.
  BUNDLE_ALLOW_OFFLINE_INSTALL: "true",
  BUNDLE_RETRY: "0",
  // Maven 3.9 and newer. Gradle has only the option `--offline`; without a resolver it fails at once.
  MAVEN_ARGS: "--offline",
};

/**
 * Environment variables by which the tools of a command know that there is no network, so that one which wants it fails at
 * once and by name instead of waiting for a time-out. Each is in its tool's own documentation.
 */
export function offlineSwitches(command: string): Record<string, string> {
  return { ...ofAll, ...(/\bpnpm\b/.test(command) && ofPnpm) };
}
