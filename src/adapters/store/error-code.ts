/** The code of an error of the system, such as `ENOENT`. */
export function errorCode(thrown: unknown): unknown {
  return typeof thrown === "object" && thrown !== null && "code" in thrown ? thrown.code : undefined;
}
