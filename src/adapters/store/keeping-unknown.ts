import { z } from "zod";

/** What the definition of a schema holds of other schemas; `catchall` says what an object does with further keys. */
type Definition = {
  shape?: Record<string, z.ZodType>;
  catchall?: z.ZodType;
  element?: z.ZodType;
  innerType?: z.ZodType;
  options?: z.ZodType[];
};

/**
 * The same schema, in which every object keeps the keys that it does not name. The ledger is read, changed and written
 * back by processes of several versions at once during an upgrade: what a newer one wrote must survive an older one.
 */
export function keepingUnknown<T extends z.ZodType>(schema: T): T {
  const { shape, element, innerType, options } = schema.def as Definition;
  const inner: Definition = {
    ...(shape && { shape: mapped(shape), catchall: z.unknown() }),
    ...(element && { element: keepingUnknown(element) }),
    ...(innerType && { innerType: keepingUnknown(innerType) }),
    ...(options && { options: options.map(keepingUnknown) }),
  };
  return Object.keys(inner).length === 0 ? schema : schema.clone({ ...schema.def, ...inner });
}

function mapped(shape: Record<string, z.ZodType>): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, keepingUnknown(value)]));
}
