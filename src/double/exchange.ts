/** A request to the REST API and its answer, as somebody who watches the wire sees them. */
export type Exchange = {
  method: string;
  url: URL;
  body: unknown;
  status: number;
  answer: unknown;
};
