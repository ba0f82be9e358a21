// Bring an element to the middle of the window; done once the page is loaded and the element stays where it is.
const [element, done] = arguments;
let before = "";
const look = () => {
  element.scrollIntoView({ block: "center", behavior: "instant" });
  const { x, y, width, height } = element.getBoundingClientRect();
  const now = [x, y, width, height, document.readyState].join();
  if ((now === before && document.readyState === "complete") || !element.isConnected) return done();
  before = now;
  requestAnimationFrame(look);
};
look();
