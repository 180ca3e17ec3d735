import type { PromptRow } from '../backend';

/** What a prompt is told apart by, as long as its cause lasts. */
export const promptKey = (prompt: PromptRow): string => `${prompt.kind} ${prompt.about.id}`;

/** The act that answers a prompt of a kind; of the others one opens what they are about. */
export const answers: Record<string, string> = {
  no_lead: 'lead',
  two_leads: 'leadStep',
  lead_left: 'lead',
  thread_no_owner: 'owner',
  thread_silent: 'nudge',
  thread_overdue: 'nudge',
  why_owed: 'why',
  decision_due: 'force',
  action_overdue: 'close',
  assumption_untested: 'test',
  fallen: 'worklist',
  recheck: 'recheck',
  test_result: 'verify',
  claim_aged: 'evidenceOn',
  evidence_unlinked: 'inbox',
  no_scribe: 'scribe',
  no_comms: 'comms',
  sharing_broken: 'sharing',
};

/** The command that answers a prompt. */
export const answerOf = (prompt: PromptRow): string => answers[prompt.kind] ?? 'openThread';
