/** A product of the store, as clients see it. */
export interface Item {
  readonly id: number;
  readonly color: string;
  readonly department: string;
  readonly name: string;
  readonly price: string;
  readonly imageUrl?: string;
}

const firstItems: readonly Item[] = [
  { id: 1, color: 'amber', department: 'Eyewear', name: 'Elinor Glasses', price: '282.00' },
  { id: 2, color: 'indigo', department: 'Clothing', name: 'Harbour Shirt', price: '127.00' },
  { id: 3, color: 'teal', department: 'Footwear', name: 'Trail Shoes', price: '232.00' },
  { id: 4, color: 'crimson', department: 'Watches', name: 'Meridian Watch', price: '318.00' },
];

const imageUrl = 'http://images.example/640/480';

/** The items of one running catalog; new ones are kept until it ends. */
export class ItemList {
  readonly #items: Item[];

  /** With `withImages`, as version 2 of the service is set, every item bears an `imageUrl`. */
  constructor(withImages: boolean) {
    this.#items = firstItems.map((item) => (withImages ? { ...item, imageUrl } : item));
  }

  all(): readonly Item[] {
    return this.#items;
  }

  find(id: number): Item | undefined {
    return this.#items.find((item) => item.id === id);
  }

  add(item: Omit<Item, 'id'>): Item {
    const added = { ...item, id: Math.max(0, ...this.#items.map(({ id }) => id)) + 1 };
    this.#items.push(added);
    return added;
  }
}
