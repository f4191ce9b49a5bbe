import {
  indicatorPointer,
  narrativePointer,
  placesOf,
  type FigureRef,
  type FormDefinition,
  type Reason,
} from '@mach/domain';

/** Key of a narrative among the fields of a form; figures go by their reference. */
export function narrativeRef(code: string): string {
  return `narrative:${code}`;
}

/** DOM id of a field, so that a fault can lead to it. */
export function fieldId(ref: FigureRef): string {
  return `o-${ref.replace(/[^\w-]/g, '-')}`;
}

/**
 * The field that a pointer of a fault leads to; a pointer to a whole ratio leads to its first side. Null: no such
 * field.
 */
export function refAt(pointer: string, definition: FormDefinition): string | null {
  const narrative = definition.narratives.find(({ code }) => narrativePointer(code) === pointer);
  if (narrative) return narrativeRef(narrative.code);
  for (const indicator of definition.indicators) {
    const places = placesOf(indicator);
    const whole = indicatorPointer(indicator.code) === pointer ? places[0] : undefined;
    const place = places.find((each) => each.pointer === pointer) ?? whole;
    if (place) return place.ref;
  }
  return null;
}

interface FaultSources {
  /** Found here. */
  readonly found: readonly Reason[];
  /** Told by the server about fields that have not changed since. */
  readonly server: readonly Reason[];
  /** Whether sending was tried: then every fault is told. */
  readonly all: boolean;
  readonly visited: ReadonlySet<string>;
  readonly definition: FormDefinition;
}

/**
 * The faults to tell beside the fields. While a person is filling in, only fields that were left are judged,
 * and what is still
 * missing is not held against them; a contradiction is told as soon as it stands, a mark of classification while it
 * is typed.
 */
export function faultsToShow({
  found,
  server,
  all,
  visited,
  definition,
}: FaultSources): ReadonlyMap<string, readonly string[]> {
  const shown = new Map<string, string[]>();
  const tell = (ref: string, message: string): void => {
    const messages = shown.get(ref) ?? [];
    if (!messages.includes(message)) shown.set(ref, [...messages, message]);
  };
  for (const { pointer, code, message } of found) {
    const ref = refAt(pointer, definition);
    if (ref === null) continue;
    const atOnce = code.endsWith('.classified');
    if (all || atOnce || (visited.has(ref) && !code.endsWith('.missing'))) tell(ref, message);
  }
  for (const { pointer, message } of server) {
    const ref = refAt(pointer, definition);
    if (ref !== null && !shown.has(ref)) tell(ref, message);
  }
  return shown;
}
