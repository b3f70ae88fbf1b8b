import { mount } from "svelte";
import App from "./app/App.svelte";
import { chooseHost } from "./host";
import { language, speak } from "./shared/texts";
import { theme } from "./shared/theme.svelte";
import "./shared/theme.css";
import "./shared/controls.css";

const target = document.getElementById("app");
if (!target) throw new Error("index.html has the element that the window is mounted in");

theme.start();
void chooseHost().then(async (host) => {
  theme.sizeWith((factor) => void host.set_zoom(factor));
  await speak(await host.languages());
  await host.speak(language);
  mount(App, { target, props: { host } });
});
