import DefaultTheme from "vitepress/theme";
import { syncTabs } from "../../clawdrouter/callsheet-tabs.js";

export default { extends: DefaultTheme, setup: syncTabs };
