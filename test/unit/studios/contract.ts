import { stopsWhereItCan } from './contract-cancel.ts';
import { keepsTheKeyAtHome } from './contract-key.ts';
import { livesFromOrderToBytes } from './contract-life.ts';
import { ordersOnce } from './contract-order.ts';
import { asksWithPatience } from './contract-poll.ts';
import { goesWhereItMay } from './contract-steered.ts';
import { Stage, type Wire } from './contract-stage.ts';

export {
  contextOf,
  onTheWeb,
  request,
  secret,
  type Moment,
  type Phase,
  type Wire,
} from './contract-stage.ts';

/** Everything that the rooms above rely on, for any studio that is a service on the web. */
export function behavesLikeAStudio(name: string, wire: Wire): void {
  describe(`the studio "${name}" as a studio`, () => {
    const stage = new Stage(wire);
    livesFromOrderToBytes(stage);
    ordersOnce(stage);
    asksWithPatience(stage);
    keepsTheKeyAtHome(stage);
    goesWhereItMay(stage);
    stopsWhereItCan(stage);
  });
}
