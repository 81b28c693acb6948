/** The colours of VS Code's own themes, as far as the page uses them. */
export const themes = {
  dark: {
    '--vscode-button-background': '#0078d4',
    '--vscode-button-border': 'rgba(255, 255, 255, 0.1)',
    '--vscode-button-foreground': '#ffffff',
    '--vscode-button-hoverBackground': '#026ec1',
    '--vscode-button-secondaryBackground': 'rgba(0, 0, 0, 0)',
    '--vscode-button-secondaryBorder': 'rgba(204, 204, 204, 0.15)',
    '--vscode-button-secondaryForeground': '#cccccc',
    '--vscode-button-secondaryHoverBackground': '#2b2b2b',
    '--vscode-charts-green': '#89d185',
    '--vscode-charts-yellow': '#cca700',
    '--vscode-cornerRadius-small': '4px',
    '--vscode-descriptionForeground': '#9d9d9d',
    '--vscode-editor-background': '#1f1f1f',
    '--vscode-editor-foreground': '#cccccc',
    '--vscode-errorForeground': '#f85149',
    '--vscode-focusBorder': '#0078d4',
    '--vscode-progressBar-background': '#0078d4',
    '--vscode-scrollbarSlider-background': 'rgba(121, 121, 121, 0.4)',
  },
  light: {
    '--vscode-button-background': '#005fb8',
    '--vscode-button-border': 'rgba(0, 0, 0, 0.1)',
    '--vscode-button-foreground': '#ffffff',
    '--vscode-button-hoverBackground': '#0258a8',
    '--vscode-button-secondaryBackground': '#e5e5e5',
    '--vscode-button-secondaryBorder': 'rgba(59, 59, 59, 0.15)',
    '--vscode-button-secondaryForeground': '#3b3b3b',
    '--vscode-button-secondaryHoverBackground': '#cccccc',
    '--vscode-charts-green': '#388a34',
    '--vscode-charts-yellow': '#bf8803',
    '--vscode-cornerRadius-small': '4px',
    '--vscode-descriptionForeground': '#3b3b3b',
    '--vscode-editor-background': '#ffffff',
    '--vscode-editor-foreground': '#3b3b3b',
    '--vscode-errorForeground': '#f85149',
    '--vscode-focusBorder': '#005fb8',
    '--vscode-progressBar-background': '#005fb8',
    '--vscode-scrollbarSlider-background': 'rgba(100, 100, 100, 0.4)',
  },
  'hc-dark': {
    '--vscode-button-background': '#000000',
    '--vscode-button-border': '#6fc3df',
    '--vscode-button-foreground': '#ffffff',
    '--vscode-button-hoverBackground': '#000000',
    '--vscode-button-secondaryBorder': '#6fc3df',
    '--vscode-button-secondaryForeground': '#ffffff',
    '--vscode-charts-green': '#89d185',
    '--vscode-charts-yellow': '#ffd370',
    '--vscode-contrastActiveBorder': '#f38518',
    '--vscode-contrastBorder': '#6fc3df',
    '--vscode-cornerRadius-small': '4px',
    '--vscode-descriptionForeground': 'rgba(255, 255, 255, 0.7)',
    '--vscode-editor-background': '#000000',
    '--vscode-editor-foreground': '#ffffff',
    '--vscode-errorForeground': '#f48771',
    '--vscode-focusBorder': '#f38518',
    '--vscode-progressBar-background': '#6fc3df',
    '--vscode-scrollbarSlider-background': 'rgba(111, 195, 223, 0.6)',
  },
  'hc-light': {
    '--vscode-button-background': '#0f4a85',
    '--vscode-button-border': '#0f4a85',
    '--vscode-button-foreground': '#ffffff',
    '--vscode-button-hoverBackground': '#0f4a85',
    '--vscode-button-secondaryBackground': '#ffffff',
    '--vscode-button-secondaryBorder': '#0f4a85',
    '--vscode-button-secondaryForeground': '#292929',
    '--vscode-charts-green': '#374e06',
    '--vscode-charts-yellow': '#895503',
    '--vscode-contrastActiveBorder': '#006bbd',
    '--vscode-contrastBorder': '#0f4a85',
    '--vscode-cornerRadius-small': '4px',
    '--vscode-descriptionForeground': 'rgba(41, 41, 41, 0.7)',
    '--vscode-editor-background': '#ffffff',
    '--vscode-editor-foreground': '#292929',
    '--vscode-errorForeground': '#b5200d',
    '--vscode-focusBorder': '#006bbd',
    '--vscode-progressBar-background': '#0f4a85',
    '--vscode-scrollbarSlider-background': 'rgba(15, 74, 133, 0.4)',
  },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

export type ThemeName = keyof typeof themes;

/** What VS Code puts on the webview's body beside them. */
export const bodyClasses: Readonly<Record<ThemeName, string>> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  'hc-dark': 'vscode-high-contrast',
  'hc-light': 'vscode-high-contrast vscode-high-contrast-light',
};

/** The part of VS Code's default style sheet for webviews that the page stands on. */
export const webviewDefaults = `
@layer vscode-default {
  html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
  body {
    background-color: var(--vscode-editor-background);
    color: var(--vscode-editor-foreground);
    font: 13px 'DejaVu Sans', 'Open Sans', system-ui, sans-serif;
    margin: 0;
    padding: 0 20px;
  }
}`;
