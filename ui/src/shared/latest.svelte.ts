// The answer to the latest question. An answer that arrives after another question was asked is dropped,
// and what is shown stays until the new answer is there, so that nothing flickers.

export class Latest<K, T> {
  value = $state.raw<T>();
  /** The question that the value answers. */
  key = $state.raw<K>();
  error = $state.raw<unknown>();
  private asked = 0;

  async ask(key: K, answer: () => Promise<T>): Promise<void> {
    const turn = ++this.asked;
    try {
      const value = await answer();
      if (turn !== this.asked) return;
      this.value = value;
      this.key = key;
      this.error = undefined;
    } catch (thrown) {
      if (turn === this.asked) this.error = thrown;
    }
  }
}
