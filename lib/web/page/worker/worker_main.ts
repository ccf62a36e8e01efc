/** stub until the game is there */
self.onmessage = () => {};
export {};
