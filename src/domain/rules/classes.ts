import type { Class } from "../task/brief.ts";

/** The classes that are refused without a reviewer. */
export const sensitiveClasses = ["auth", "billing", "security", "architecture"] as const satisfies Class[];

/** Which paths belong to a class where the configuration does not say otherwise. */
export const defaultClassPaths: Record<Class, string[]> = {
  dependencies: [
    "**/package.json",
    "**/{package-lock,npm-shrinkwrap}.json",
    "**/{yarn,pnpm-lock,bun,uv,poetry,Pipfile,Cargo,Gemfile,composer}.{lock,lockb,yaml}",
    "**/{requirements*.txt,pyproject.toml,Pipfile,setup.py,setup.cfg,Cargo.toml,go.mod,go.sum,Gemfile,composer.json}",
    "**/{pom.xml,build.gradle,build.gradle.kts,gradle.lockfile}",
  ],
  ci: [
    ".github/{workflows,actions}/**",
    ".{gitlab-ci,travis,drone}.yml",
    "{.circleci,.buildkite,.woodpecker}/**",
    "{Jenkinsfile,azure-pipelines.yml,bitbucket-pipelines.yml}",
  ],
  migrations: ["**/{migrations,migration,migrate}/**", "**/db/{schema.rb,structure.sql}", "**/schema.prisma"],
  "public-api": [
    "**/{openapi,swagger}*.{json,yaml,yml}",
    "**/*.{proto,graphql,graphqls}",
    "**/{api,public}/**/*.d.ts",
  ],
  auth: [
    "**/{auth,authn,authz,authentication,authorization,oauth,sso,login,session,sessions,permissions}/**",
    "**/{auth,oauth,login,session,permissions}{,-*,_*,.*}.*",
  ],
  billing: [
    "**/{billing,payment,payments,invoices,checkout,subscriptions,pricing}/**",
    "**/{billing,payment,payments,invoice,subscription,pricing}{,-*,_*,.*}.*",
  ],
  security: [
    "**/{security,crypto,encryption,secrets}/**",
    "**/{security,crypto,encrypt,csrf}{,-*,_*,.*}.*",
    "SECURITY.md",
    ".github/{CODEOWNERS,dependabot.yml}",
    "CODEOWNERS",
  ],
  deletions: [],
  architecture: ["{docs,doc}/{adr,adrs,architecture}/**", "ARCHITECTURE.md"],
};

/** Words that make work sensitive where they stand whole in the goal or among the criteria. */
export const sensitiveWords: Record<(typeof sensitiveClasses)[number], string[]> = {
  auth: [
    ..."auth authn authz authentication authenticate authorization authorisation authorize authorise".split(
      " ",
    ),
    ..."login logins logout oauth oidc saml sso jwt password passwords passkey passkeys 2fa mfa".split(" "),
    ...["log in", "sign in", "sign-in", "single sign-on", "access control", "session token"],
  ],
  billing: [
    ..."billing payment payments invoice invoices invoicing refund refunds subscription subscriptions".split(
      " ",
    ),
    ..."stripe paypal pricing".split(" "),
    "credit card",
  ],
  security: [
    ..."security vulnerability vulnerabilities cve encryption encrypt decrypt cryptography csrf xss ssrf".split(
      " ",
    ),
    ...["sql injection", "private key", "secret key", "privilege escalation"],
  ],
  architecture: ["architecture", "architectural", "rearchitect", "re-architect"],
};
