/** Questions of one transaction that travel together: waits for all of them, and fails as the first of the list that failed. Those after it fail
 *  only because it did, and may do so sooner than it has said why. */
export async function inOrder(questions: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(questions)).find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}
