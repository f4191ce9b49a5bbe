import { forEachAtOnce } from './crowd.mjs';
import { Progress } from './progress.mjs';

/** @typedef {import('./api.mjs').Api} Api */
/** @typedef {import('./report.mjs').Definition} Definition */
/** @typedef {{ code: string, name: string }} Unit */

/** @typedef {Unit & { token: string, obligations: Obligation[] }} Committee */

/**
 * What is owed, as the API lists it.
 * @typedef {{ id: string, unit: Unit, state: string, punctuality: string | null, deadline: string, version: number | null }} Owed
 */

/**
 * The same, with the committee that reports for it and the receipt of what was reported before.
 * @typedef {Owed & { committee: Committee, latestReceipt: string | null }} Obligation
 */

/** @typedef {{ requirement: string, period: string }} Asked */

const PASSWORD = 'mach-demo-2026';
/** A password costs a server much work on purpose: few at once. */
const SIGN_INS_AT_ONCE = 4;

/** @param {Api} api @param {string} username */
async function signIn(api, username) {
  const { body } = await api.call('POST', '/session', { body: { username, password: PASSWORD } });
  return /** @type {{ token: string }} */ (body).token;
}

/**
 * Receipt number of the report that stands from an earlier play; what is sent now is based on it.
 * @param {Api} api @param {Owed} owed @param {string} token
 */
async function latestReceipt(api, { id, version }, token) {
  if (version === null) return null;
  const { latest } = /** @type {{ latest: { status: { receiptNumber: string } } }} */ (
    await api.get(`/obligations/${id}`, token)
  );
  return latest.status.receiptNumber;
}

/**
 * Everything that has to be known before the play, read over the public API: the committees (each signed in),
 * what their units owe, the form.
 * @returns `{ administrator, committees, obligations, form }`; an obligation carries the
 * committee that reports for it and the receipt of what was reported before
 * @param {Api} api @param {Asked} asked
 */
export async function setStage(api, { requirement, period }) {
  const administrator = await signIn(api, 'quantri');
  const { unit: city } = /** @type {{ unit: Unit }} */ (await api.get('/watch', administrator));
  const view = /** @type {{ children: { unit: Unit }[] }} */ (
    await api.get(`/rollups/${requirement}/${period}/${city.code}`, administrator)
  );
  /** @type {Committee[]} */
  const committees = view.children.map(({ unit: { code, name } }) => ({
    code,
    name,
    token: '',
    obligations: [],
  }));

  const progress = new Progress('Committees signed in, their obligations read', committees.length);
  await forEachAtOnce(committees, SIGN_INS_AT_ONCE, async (committee) => {
    committee.token = await signIn(api, committee.code);
    const path = `/obligations?requirement=${requirement}&period=${period}&unit=${committee.code}&limit=1000`;
    const owed = /** @type {Owed[]} */ (await api.getAll(path, committee.token));
    committee.obligations = await Promise.all(
      owed
        .filter(({ state }) => state !== 'exempt')
        .map(async (obligation) => ({
          ...obligation,
          committee,
          latestReceipt: await latestReceipt(api, obligation, committee.token),
        })),
    );
    progress.advance(committee.name);
  });
  const obligations = committees.flatMap((committee) => committee.obligations);
  progress.end(`${obligations.length} obligations`);

  const [first] = obligations;
  if (first === undefined) throw new Error(`Nobody owes ${requirement} for ${period}.`);
  const { formVersion, formTitle, definition } =
    /** @type {{ formVersion: number, formTitle: string, definition: Definition }} */ (
      await api.get(`/obligations/${first.id}`, administrator)
    );
  return {
    administrator,
    city,
    committees,
    obligations,
    form: { version: formVersion, title: formTitle, definition },
  };
}
