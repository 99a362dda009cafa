/** A family of comparisons: what frameworks call them, and how much they say from 1 (there is something) to 5 (this). */
type Family = { name: string; strength: number; names: string };

/** Names in lower case without underscores; the first family that has a name wins. */
const families: Family[] = [
  {
    name: "equal",
    strength: 5,
    names:
      "tobe toequal tostrictequal equal equals strictequal deepequal deepstrictequal same strictsame is eql eq eqv deepequals " +
      "assertequal assertequals assertis assertlistequal assertdictequal asserttupleequal assertsetequal assertcountequal " +
      "assertmultilineequal assertsame asserteq tobeinthedocument assertarrayequal assertframeequal assertseriesequal",
  },
  {
    name: "equal",
    strength: 5,
    names:
      "tobenull tobeundefined tobenan isnull isundefined istrue isfalse true false null undefined nan assertisnone",
  },
  {
    name: "snapshot",
    strength: 5,
    names: "tomatchinlinesnapshot tomatchsnapshot tomatchfilesnapshot snapshot",
  },
  { name: "type", strength: 5, names: "toequaltypeof tomatchtypeof expecttype toextend" },
  {
    name: "typelike",
    strength: 4,
    names: "expectassignable expectnotassignable expectnottype expecterror tobeassignableto",
  },
  {
    name: "throws",
    strength: 4,
    names:
      "tothrow tothrowerror tothrowerrormatchinginlinesnapshot throws throw throwsexception rejects raises assertraises " +
      "assertraisesregex throwsasync rejectedwith",
  },
  {
    name: "calledwith",
    strength: 4,
    names:
      "tohavebeencalledwith tohavebeenlastcalledwith tohavebeennthcalledwith tohavebeencalledexactlyoncewith calledwith " +
      "calledwithexactly assertcalledwith assertcalledoncewith assertanycall asserthascalls",
  },
  {
    name: "calledtimes",
    strength: 4,
    names:
      "tohavebeencalledtimes tohavebeencalledonce calledonce callcount assertcalledonce assertnotcalled notcalled",
  },
  {
    name: "like",
    strength: 4,
    names: "tomatchobject partialdeepstrictequal match matches tomatch like assertregex assertregexp",
  },
  { name: "length", strength: 4, names: "tohavelength lengthof length" },
  {
    name: "text",
    strength: 4,
    names: "tohavetextcontent tohavetext tohavevalue tohaveattribute tohaveclass tohaveproperty property",
  },
  {
    name: "near",
    strength: 4,
    names: "tobecloseto closeto approximately assertalmostequal assertallclose asserttallclose inedelta",
  },
  {
    name: "contains",
    strength: 3,
    names: "tocontain tocontainequal include includes contain contains assertin tocontaintext",
  },
  {
    name: "compares",
    strength: 3,
    names:
      "tobegreaterthan tobegreaterthanorequal tobelessthan tobelessthanorequal above below atleast atmost gt gte lt lte " +
      "assertgreater assertgreaterequal assertless assertlessequal",
  },
  {
    name: "kind",
    strength: 3,
    names: "tobeinstanceof instanceof instance isinstance tobetypeof a an type assertisinstance",
  },
  { name: "either", strength: 3, names: "either" },
  { name: "called", strength: 2, names: "tohavebeencalled called assertcalled tohavereturned" },
  { name: "runs", strength: 1, names: "doesnotthrow notthrow doesnotreject resolves" },
  { name: "guard", strength: 2, names: "error iferror" },
  {
    name: "there",
    strength: 2,
    names: "ok tobetruthy tobefalsy notok truthy falsy assert asserttrue assertfalse isok tobevisible",
  },
  { name: "defined", strength: 1, names: "tobedefined exist exists assertisnotnone isdefined notnull" },
  {
    name: "differs",
    strength: 2,
    names:
      "not isnot notequal notstrictequal notdeepequal notdeepstrictequal notsame doesnotmatch notmatch assertnotequal assertnotin " +
      "assertisnot assertne notstrictsame",
  },
];

const byName = new Map(
  families.flatMap(({ name, strength, names }) =>
    names.split(" ").map((each) => [each, { name, strength }] as const),
  ),
);

/** Methods of a test's context or of a library of assertions that assert nothing. */
const nothing = new Set(
  "plan end pass comment teardown after before beforeeach aftereach test skip todo only settimeout timeout mock diagnostic on once fail".split(
    " ",
  ),
);

/** The family of a matcher; undefined if the name is none that we know. */
export function matcherOf(name: string): { name: string; strength: number } | undefined {
  const lower = name.replaceAll("_", "").toLowerCase();
  return nothing.has(lower) ? undefined : byName.get(lower);
}

/** Whether a call of this name alone, of no object, asserts: the well-known ones and helpers that say so. */
export function assertsByName(name: string): boolean {
  return (
    /^(expect|assert|check|verify|ensure)[A-Z_]\w*$/.test(name) ||
    /^(assert|equal|equals|same|notSame|deepEqual|strictEqual|deepStrictEqual|notEqual|throws|rejects|match|notOk|isNot|ok)$/.test(
      name,
    )
  );
}
