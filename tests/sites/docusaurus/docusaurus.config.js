module.exports = {
  title: "Shop",
  url: "https://docs.shop.example",
  baseUrl: "/",
  // The pages link to others of the documentation that they were written for.
  onBrokenLinks: "warn",
  presets: [["classic", { docs: { routeBasePath: "/", sidebarPath: undefined }, blog: false }]],
  themeConfig: {
    prism: { additionalLanguages: ["bash", "batch", "csharp", "java", "json", "php", "powershell", "ruby"] },
  },
};
