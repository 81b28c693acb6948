import assert from 'node:assert/strict';
import { structureIn } from '../../../src/models/offline/structure-in-idea.ts';

describe('the structure that an idea asks for', () => {
  for (const [structure, ideas] of Object.entries({
    list: [
      'Five mistakes people make when they buy their first telescope',
      'Top 10 places to see before you are thirty',
      'The seven deadly habits of highly tired people',
      '3 easy tricks for better sleep',
      'Mistakes everybody makes: 5 of them',
      'Sieben Fehler beim Kauf eines Gebrauchtwagens',
      'Cinco razones para aprender a nadar',
      'Dix conseils pour mieux dormir',
      'Năm sai lầm khi mua nhà',
      'Seven birds of the British coast',
      'Five bridges that changed Europe',
      'Three knives every cook needs',
      'Zehn Gemälde, die man kennen sollte',
      'Fünf Brücken, die Europa verändert haben',
      'Cinco puentes que cambiaron Europa',
      'Sept tableaux à voir à Paris',
      'Năm cây cầu làm thay đổi châu Âu',
    ],
    explainer: [
      'How to sharpen a kitchen knife',
      'How a steam engine works',
      'Why the sky is blue',
      'Explain black holes to a child',
      'Wie ein Kühlschrank funktioniert',
      'Por qué duermen los gatos',
      'Comment naissent les étoiles',
      'Tại sao trời xanh',
    ],
    'three-act': [
      'A lighthouse keeper finds the lamp dark on the night of a storm',
      'Two sisters find a door behind the kitchen wall',
      'Seven samurai defend a village',
      'Three thieves learn ten things about trust',
      'How Anna lost her hat',
      'A man makes five mistakes in one night',
      'Drei Brüder suchen einen Schatz',
      'Three sisters of the coast find a boat',
      'Two bridges that changed a life',
      'Five friends get lost in the woods',
      'Deux amis traversent la mer',
      'The wise woman of the harbour',
      '',
    ],
  })) {
    for (const idea of ideas) {
      it(`“${idea}” is ${structure}`, () => {
        assert.equal(structureIn(idea), structure);
      });
    }
  }
});
