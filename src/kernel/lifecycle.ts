import { DomainError } from './errors.js';

/** One edge of a lifecycle: what is done, where it leads, and the event it announces (if any). */
export interface Edge<State extends string> {
  readonly to: State;
  readonly event?: string;
}

/** Every state of a noun, each with the actions possible in it. Written `as const satisfies Lifecycle<…>`. */
export type Lifecycle<State extends string, Action extends string> = { readonly [S in State]: { readonly [A in Action]?: Edge<State> } };

type Table = Readonly<Record<string, Readonly<Record<string, Edge<string> | undefined>>>>;
type StateOf<T> = keyof T & string;
type ActionOf<T> = { [S in keyof T]: keyof T[S] & string }[keyof T];

/** The edge that `action` takes from `state`; refuses (`conflict`) what the table does not allow. */
export function edgeOf<T extends Table>(noun: string, table: T, state: StateOf<T>, action: ActionOf<T>): Edge<StateOf<T>> {
  const edge = edgeIn(table, state, action);
  if (!edge)
    throw new DomainError('conflict', `${noun}-is-${state}`, `This cannot be done now: the ${noun} is ${state.replaceAll('-', ' ')}.`, [], { state, action });
  return edge as Edge<StateOf<T>>;
}

/** The states from which `action` is possible: for the guard of an UPDATE … WHERE state = ANY(…). */
export function statesAllowing<T extends Table>(table: T, action: ActionOf<T>): StateOf<T>[] {
  return (Object.keys(table) as StateOf<T>[]).filter((state) => edgeIn(table, state, action) !== undefined);
}

/** Only what the table itself says: never what every object inherits (`toString`). */
function edgeIn(table: Table, state: string, action: string): Edge<string> | undefined {
  const actions = Object.hasOwn(table, state) ? table[state]! : {};
  return Object.hasOwn(actions, action) ? actions[action] : undefined;
}
