import type * as GoComposer from '../../wailsjs/go/app/Composer';
import type * as GoGrounds from '../../wailsjs/go/app/Grounds';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';
import type { Head } from './things';

const Composer = bound<typeof GoComposer>('Composer');
const Grounds = bound<typeof GoGrounds>('Grounds');

export type BlastView = app.BlastView;
export type FallRow = app.FallRow;
export type GateView = app.GateView;
export type GraphNode = app.GraphNode;
export type GraphView = app.GraphView;
export type ReviewRow = app.ReviewRow;
export type ReviewView = app.ReviewView;
export type TreeRow = app.TreeRow;
export type TreeView = app.TreeView;
export type WorklistView = app.WorklistView;
export type WorkRow = app.WorkRow;

export const grounds = {
  groundHead: (incident: string, asOf = 0): Promise<Head> => Grounds.Head(incident, asOf),
  blast: (incident: string, claim: string, asOf = 0): Promise<BlastView> =>
    Grounds.Blast(incident, claim, asOf),
  /** What a claim that fell leaves to be done; that of the one that fell last, where claim is ''. */
  worklist: (incident: string, claim: string, asOf = 0): Promise<WorklistView> =>
    Grounds.Worklist(incident, claim, asOf),
  tree: (incident: string, thing: string, way: 'under' | 'over', from: number, asOf = 0): Promise<TreeView> =>
    Grounds.Tree(incident, thing, way, from, asOf),
  graph: (incident: string, thing: string, asOf = 0): Promise<GraphView> =>
    Grounds.Graph(incident, thing, asOf),
  review: (incident: string, asOf = 0): Promise<ReviewView> => Grounds.Review(incident, asOf),
  /** What is to be seen before a line is recorded that was refused with the code "gate". */
  gate: (incident: string, about: string, text: string): Promise<GateView> =>
    Composer.Gate(incident, about, text),
};
