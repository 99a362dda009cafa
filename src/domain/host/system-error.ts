import { isNativeError } from "node:util/types";

/** What a code of the system means for the path that it is about, as half a sentence with the path as its subject. */
const meanings: Record<string, string> = {
  ENOENT: "does not exist",
  ENOTDIR: "is below something that is no directory",
  EISDIR: "is a directory",
  EACCES: "may not be opened by this user",
  EPERM: "may not be opened by this user",
  EROFS: "is on a file system that is read-only",
  ENOSPC: "is on a file system without room",
  EDQUOT: "is beyond this user's quota",
  EMFILE: "is one file more than this process may open",
  ENFILE: "is one file more than this machine may open",
  ELOOP: "is a link that leads in a circle",
  ENAMETOOLONG: "is too long a path",
  EEXIST: "is there already",
  ENOTEMPTY: "is a directory that is not empty",
  EBUSY: "is in use",
  EADDRINUSE: "is in use by another program",
  EADDRNOTAVAIL: "is no address of this machine",
  ECONNREFUSED: "refuses the connection",
  ENOTFOUND: "is a name that no address is known for",
  ENOEXEC: "is no program for this machine",
};

/** The parts of an error of the system that Node tells. */
type SystemError = {
  code: string;
  syscall?: unknown;
  path?: unknown;
  address?: unknown;
  port?: unknown;
  hostname?: unknown;
};

/**
 * What an error of the system means, in one sentence without its end; undefined for any other error. `named` is how whoever
 * asked calls the thing that it is about.
 */
export function describeSystemError(error: unknown, named?: string): string | undefined {
  // A name with several addresses fails once for each of them.
  if (isNativeError(error) && "errors" in error && Array.isArray(error.errors))
    return describeSystemError(error.errors[0], named);
  if (!isSystemError(error)) return undefined;
  const meaning = meaningOf(error);
  const subject = named ?? errorSubject(error);
  return meaning === undefined || subject === undefined ? undefined : `${subject} ${meaning}`;
}

/** What a write that found no room says of itself; the system names no path where a file was open already. */
const roomless = new Set(["ENOSPC", "EDQUOT"]);

/** An error has at most so many causes that are looked at. */
const deepest = 8;

/**
 * A sentence for an error, or one of its causes, that is a disk without room; undefined for any other. Whatever was being done
 * then, it goes on once there is room.
 */
export function describeFullDisk(error: unknown): string | undefined {
  let cause = error;
  for (let depth = 0; depth < deepest && isNativeError(cause); depth++) {
    if (isSystemError(cause) && roomless.has(cause.code))
      return `The worker's disk has no room left: ${describeSystemError(cause) ?? cause.message}.`;
    cause = cause.cause;
  }
  return undefined;
}

function isSystemError(error: unknown): error is SystemError & Error {
  return isNativeError(error) && "code" in error && typeof error.code === "string";
}

function meaningOf({ code, syscall }: SystemError): string | undefined {
  if (String(syscall).startsWith("spawn") && code === "ENOENT") return "is not installed";
  if (syscall === "mkdir" && code === "EEXIST") return "is there already and is no directory";
  return meanings[code];
}

function errorSubject({ syscall, path, address, port, hostname }: SystemError): string | undefined {
  // The last part of the path is then a name that was to be made up.
  if (typeof path === "string" && syscall === "mkdtemp") return path.slice(0, path.lastIndexOf("/")) || "/";
  if (typeof path === "string") return path;
  if (typeof address !== "string") return typeof hostname === "string" ? hostname : undefined;
  return typeof port === "number" ? `${address}:${port}` : address;
}
