import { expect, test } from "@jest/globals";
import { parsePullRequestUrl, resolveReader } from "../../src/policy/resolve-reader.ts";

test.each([
  [
    "https://github.com/acme/shop/pull/12",
    { owner: "acme", repo: "shop", number: 12, origin: "https://github.com" },
  ],
  [
    "https://git.example.org/a/b.c/pull/3/files?w=1#x",
    { owner: "a", repo: "b.c", number: 3, origin: "https://git.example.org" },
  ],
  ["https://github.com/acme/shop/issues/12", undefined],
  ["https://github.com/acme/shop/pull/0", undefined],
  ["https://github.com/acme/shop/pull/12x", undefined],
  ["acme/shop#12", undefined],
])("the pull request of %s", (text, at) => {
  expect(parsePullRequestUrl(text)).toEqual(at);
});

const token = "a-token";
test.each<[string, string, Record<string, string>, { apiUrl: string; token: string | undefined }]>([
  [
    "GitHub without a token",
    "https://github.com",
    {},
    { apiUrl: "https://api.github.com", token: undefined },
  ],
  [
    "GitHub with one",
    "https://github.com",
    { GITHUB_TOKEN: token },
    { apiUrl: "https://api.github.com", token },
  ],
  [
    "an Enterprise Server, which gets no token that is not its own",
    "https://git.example.org",
    { GITHUB_TOKEN: token },
    { apiUrl: "https://git.example.org/api/v3", token: undefined },
  ],
  [
    "the server that the environment is for",
    "https://git.example.org",
    {
      GITHUB_TOKEN: token,
      GITHUB_SERVER_URL: "https://git.example.org",
      GITHUB_API_URL: "https://api.example.org",
    },
    { apiUrl: "https://api.example.org", token },
  ],
  [
    "GitHub from an environment that is for another server",
    "https://github.com",
    {
      GITHUB_TOKEN: token,
      GITHUB_SERVER_URL: "https://git.example.org",
      GITHUB_API_URL: "https://api.example.org",
    },
    { apiUrl: "https://api.github.com", token: undefined },
  ],
])("%s", (_, origin, environment, reader) => {
  expect(resolveReader(origin, environment)).toMatchObject(reader);
});
