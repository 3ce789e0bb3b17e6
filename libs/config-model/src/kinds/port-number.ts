import { ruled, uint32, type Rule } from '../schema/builders.js';

const inRange: Rule = { rule: 'self >= 1 && self <= 65535', message: 'a port is between 1 and 65535' };

/** A port that the CRD holds to 1 to 65535; elsewhere ports are plain numbers and only our checks look at them. */
export const portNumber = ruled(uint32, [inRange]);
