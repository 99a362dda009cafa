/** Where this machine installs from: the variables that tell tools of it, and the hosts, each `host` or `host:port`. */
export type Registries = { environment: Record<string, string>; hosts: string[] };
