import { Chance } from './chance.mjs';
import { contradict, makeReport, payloadOf } from './report.mjs';

/** @typedef {import('./stage.mjs').Obligation} Obligation */
/** @typedef {import('./report.mjs').Definition} Definition */

/**
 * One report to send; `values` is null for a contradictory one. The last three are noted while playing.
 * @typedef {object} Sending
 * @property {Obligation} obligation
 * @property {number} scene
 * @property {number} wave
 * @property {string} key
 * @property {boolean} twice
 * @property {import('./report.mjs').Payload} payload
 * @property {import('./report.mjs').Values | null} values
 * @property {string} [receiptNumber]
 * @property {string} [receivedAt] ISO 8601
 * @property {string} [state]
 */

/** The month end: when (the demonstration's clock), and what happens then. */
export const SCENES = [
  { at: '2026-11-14T09:00:00+07:00', title: 'Saturday 14/11, cutoff: most units report' },
  { at: '2026-11-16T08:05:00+07:00', title: 'Monday 16/11, 08:05: "due soon" goes out, some more report' },
  {
    at: '2026-11-18T09:00:00+07:00',
    title: 'Wednesday 18/11, 09:00: cells that are late are written to, and report',
  },
  {
    at: '2026-11-19T18:00:00+07:00',
    title: "Thursday 19/11, 18:00: the committees' own deadline has passed as well",
  },
];

/** Shares of the units by when they report; the rest never does and stays overdue. */
const AT_CUTOFF = 0.86;
const DAY_BEFORE = 0.91;
const LATE = 0.965;
const ONLY_CONTRADICTORY = 0.975;

/** Of those who report in the first scene: these do more than that. */
const CONTRADICTORY_FIRST = 0.03;
const CORRECTS_LATER = 0.055;
const SENDS_TWICE = 0.08;

/** The scene in which a late unit reports: the first after its own deadline. @param {string} deadline */
function lateScene(deadline) {
  const after = SCENES.findIndex(({ at }) => Date.parse(at) > Date.parse(deadline));
  return after < 0 ? SCENES.length - 1 : after;
}

/** @param {Obligation} obligation @param {Chance} chance */
function partOf(obligation, chance) {
  const lot = chance.next();
  const had = obligation.punctuality !== null;
  if (lot < AT_CUTOFF) {
    const extra = chance.next();
    if (extra < CONTRADICTORY_FIRST) return { scene: 0, way: 'contradictory, then right' };
    if (extra < CORRECTS_LATER) return { scene: 0, way: 'right, then corrected' };
    return { scene: 0, way: extra < SENDS_TWICE ? 'twice with one key' : 'right' };
  }
  if (lot < DAY_BEFORE) return { scene: 1, way: 'right' };
  if (lot < LATE) return { scene: lateScene(obligation.deadline), way: 'right' };
  // What an earlier report said would stand; the sum has to know it, so such a unit reports anew.
  if (had) return { scene: 1, way: 'right' };
  return lot < ONLY_CONTRADICTORY ? { scene: 2, way: 'contradictory' } : null;
}

/**
 * Gives each unit its part: which reports it sends, in which scene and wave (a correction comes in the second
 * wave, after the first was received).
 * @param {Obligation[]} obligations
 * @param {Definition} definition
 * @param {{ seed: string, run: string }} words the same figures for the same seed, other keys for each run
 */
export function castParts(obligations, definition, { seed, run }) {
  /** @type {Sending[]} */
  const sendings = [];
  for (const obligation of obligations) {
    const chance = new Chance(seed, obligation.unit.code);
    const part = partOf(obligation, chance);
    if (part === null) continue;
    /** @param {number} wave @param {Sending['values']} values @param {Sending['payload']} payload */
    const add = (wave, values, payload, twice = false) => {
      const key = `demo-${run}-${obligation.unit.code}-${part.scene}-${wave}`;
      sendings.push({ obligation, scene: part.scene, wave, key, twice, payload, values });
    };
    /** @param {number} wave */
    const right = (wave, twice = false) => {
      const report = makeReport(definition, chance);
      add(wave, report.values, payloadOf(definition, report, chance), twice);
    };
    /** @param {number} wave */
    const wrong = (wave) =>
      add(
        wave,
        null,
        contradict(definition, payloadOf(definition, makeReport(definition, chance), chance), chance),
      );
    if (part.way === 'contradictory') wrong(0);
    else if (part.way === 'contradictory, then right') {
      wrong(0);
      right(1);
    } else if (part.way === 'right, then corrected') {
      right(0);
      right(1);
    } else right(0, part.way === 'twice with one key');
  }
  return sendings;
}
