import type { Repository } from "../../domain/task/task.ts";

/** By which GraphQL names repositories, by their numbers: learnt from what is asked anyway. They never change. */
export type NodeIds = Map<Repository["id"], string>;
