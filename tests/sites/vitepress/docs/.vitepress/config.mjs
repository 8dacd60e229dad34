export default {
  title: "Shop",
  // The pages link to others of the documentation that they were written for.
  ignoreDeadLinks: [/^\/docs\//],
};
