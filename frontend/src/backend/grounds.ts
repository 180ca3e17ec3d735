import * as Composer from '../../wailsjs/go/app/Composer';
import * as Grounds from '../../wailsjs/go/app/Grounds';
import type { app } from '../../wailsjs/go/models';
import { call } from './call';
import type { Head } from './things';

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
  groundHead: (incident: string, asOf = 0): Promise<Head> => call(Grounds.Head(incident, asOf)),
  blast: (incident: string, claim: string, asOf = 0): Promise<BlastView> =>
    call(Grounds.Blast(incident, claim, asOf)),
  /** What a claim that fell leaves to be done; that of the one that fell last, where claim is ''. */
  worklist: (incident: string, claim: string, asOf = 0): Promise<WorklistView> =>
    call(Grounds.Worklist(incident, claim, asOf)),
  tree: (incident: string, thing: string, way: 'under' | 'over', from: number, asOf = 0): Promise<TreeView> =>
    call(Grounds.Tree(incident, thing, way, from, asOf)),
  graph: (incident: string, thing: string, asOf = 0): Promise<GraphView> =>
    call(Grounds.Graph(incident, thing, asOf)),
  review: (incident: string, asOf = 0): Promise<ReviewView> => call(Grounds.Review(incident, asOf)),
  /** What is to be seen before a line is recorded that was refused with the code "gate". */
  gate: (incident: string, about: string, text: string): Promise<GateView> =>
    call(Composer.Gate(incident, about, text)),
};
