/**
 * A program of its own, inside the sandbox: Node.js loads it before anything else (`--require`) and it imports nothing of
 * ours. It makes `Date` later by a number of milliseconds, here and in each context that a test runner makes. What has a
 * date of its own, such as `new Date(2020, 1)`, and the clock that measures time-outs stay as they are.
 */
const vm: typeof import("node:vm") = require("node:vm");

const laterMs = Number(process.env.DRAFTHORSE_LATER_MS);

/** Run as text in each context, for each has a `Date` of its own. */
const install = `(laterMs) => {
  const Real = Date;
  const realNow = Real.now;
  const now = () => realNow() + laterMs;
  Object.defineProperty(Real, "now", { value: now, writable: true, configurable: true });
  const Later = new Proxy(Real, {
    construct: (target, args, type) => Reflect.construct(target, args.length === 0 ? [now()] : args, type),
    apply: () => new Real(now()).toString(),
  });
  Object.defineProperty(Real.prototype, "constructor", { value: Later, writable: true, configurable: true });
  Object.defineProperty(globalThis, "Date", { value: Later, writable: true, configurable: true });
}`;

if (laterMs > 0) {
  vm.runInThisContext(install)(laterMs);
  const { createContext } = vm;
  Object.assign(vm, {
    createContext: (...given: Parameters<typeof createContext>) => {
      const made = createContext(...given);
      vm.runInContext(install, made)(laterMs);
      return made;
    },
  });
}
