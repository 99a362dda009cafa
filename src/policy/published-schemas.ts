import { z } from "zod";
import { EvidencePredicate } from "../domain/attestation/statement.ts";
import { Evidence } from "../domain/evidence/evidence.ts";
import { Questions } from "../domain/evidence/questions.ts";
import { DoctorReport } from "../domain/host/doctor-report.ts";
import { OperatorFile } from "../domain/rules/operator-file.ts";
import { RepositoryFile } from "../domain/rules/repository-file.ts";

/** Where the package's schemas can be fetched by an editor once it is published. */
const place = "https://unpkg.com/drafthorse/schemas";

/** The comment by which editors find the schema of a file. */
export function schemaComment(schema: keyof typeof shapes): string {
  return `# yaml-language-server: $schema=${place}/${schema}`;
}

const shapes = {
  "attestation-1.schema.json": {
    shape: EvidencePredicate,
    title: "Drafthorse: the predicate of a signed statement",
  },
  "doctor-1.schema.json": { shape: DoctorReport, title: "Drafthorse: what `doctor --json` prints" },
  "drafthorse.schema.json": { shape: RepositoryFile, title: "Drafthorse: .github/drafthorse.yml" },
  "evidence.schema.json": { shape: Evidence, title: "Drafthorse: evidence.json" },
  "questions.schema.json": { shape: Questions, title: "Drafthorse: questions.json" },
  "operator.schema.json": { shape: OperatorFile, title: "Drafthorse: the operator's file" },
};

/** File name → the JSON Schema of what stands there. */
export function publishedSchemas(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(shapes).map(([file, { shape, title }]) => {
      const { $schema, ...schema } = z.toJSONSchema(shape, { io: "input", target: "draft-7" });
      return [file, { $schema, $id: `${place}/${file}`, title, ...schema }];
    }),
  );
}
