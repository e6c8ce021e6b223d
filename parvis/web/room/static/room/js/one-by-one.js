// Tasks done one after the other: two presses that follow at once each see what the one before changed.

// Gives a function that does a task in its turn, and gives what the task gives. One that fails does not hold back the next.
export function oneByOne() {
  let turn = Promise.resolve();
  return task => {
    const done = turn.then(task);
    turn = done.catch(() => undefined);
    return done;
  };
}
